#include "measure/level_matrix_features.h"

#include <cmath>
#include <map>

#include "base/error.h"

namespace netpet::measure::level_matrix {

namespace {

using Entry = LevelMatrix::Entry;

double total(const LevelMatrix& m) {
  double sum = 0;
  for (const Entry& one : m.entries) sum += one.count;
  base::check(sum > 0, "a matrix of nothing has no features");
  return sum;
}

/// Σ f(i, j) p(i, j).
template <class Function>
double expected(const LevelMatrix& m, const Function& f) {
  double sum = 0;
  for (const Entry& one : m.entries)
    sum += one.count * f(static_cast<double>(one.level), static_cast<double>(one.other));
  return sum / total(m);
}

double level(const Entry& one) {
  return static_cast<double>(one.level);
}
double other(const Entry& one) {
  return static_cast<double>(one.other);
}

/// Sum of the squared marginal counts.
double squared_marginal(const LevelMatrix& m, double (*key)(const Entry&)) {
  std::map<double, double> marginal;
  for (const Entry& one : m.entries) marginal[key(one)] += one.count;
  double sum = 0;
  for (const auto& [value, count] : marginal) sum += count * count;
  return sum;
}

double variance(const LevelMatrix& m, double (*key)(const Entry&)) {
  double mean = 0, sum = 0;
  for (const Entry& one : m.entries) mean += key(one) * one.count;
  mean /= total(m);
  for (const Entry& one : m.entries) sum += (key(one) - mean) * (key(one) - mean) * one.count;
  return sum / total(m);
}

}  // namespace

double small_emphasis(const LevelMatrix& m) {
  return expected(m, [](double, double j) { return 1 / (j * j); });
}
double large_emphasis(const LevelMatrix& m) {
  return expected(m, [](double, double j) { return j * j; });
}
double low_level_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double) { return 1 / (i * i); });
}
double high_level_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double) { return i * i; });
}
double small_low_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double j) { return 1 / (i * i * j * j); });
}
double small_high_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double j) { return i * i / (j * j); });
}
double large_low_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double j) { return j * j / (i * i); });
}
double large_high_emphasis(const LevelMatrix& m) {
  return expected(m, [](double i, double j) { return i * i * j * j; });
}
double level_non_uniformity(const LevelMatrix& m) {
  return squared_marginal(m, level) / total(m);
}
double normalised_level_non_uniformity(const LevelMatrix& m) {
  return squared_marginal(m, level) / total(m) / total(m);
}
double other_non_uniformity(const LevelMatrix& m) {
  return squared_marginal(m, other) / total(m);
}
double normalised_other_non_uniformity(const LevelMatrix& m) {
  return squared_marginal(m, other) / total(m) / total(m);
}
double percentage(const LevelMatrix& m) {
  return total(m) / m.voxels;
}
double level_variance(const LevelMatrix& m) {
  return variance(m, level);
}
double other_variance(const LevelMatrix& m) {
  return variance(m, other);
}
double entropy(const LevelMatrix& m) {
  const double all = total(m);
  double bits = 0;
  for (const Entry& one : m.entries) bits -= one.count / all * std::log2(one.count / all);
  return bits;
}
double energy(const LevelMatrix& m) {
  const double all = total(m);
  double sum = 0;
  for (const Entry& one : m.entries) sum += one.count / all * (one.count / all);
  return sum;
}

}  // namespace netpet::measure::level_matrix
