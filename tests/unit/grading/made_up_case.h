#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "grading/grade.h"

/// Lesion tables made up for tests. SUVs are illustrative.
namespace netpet::grading::testing {

inline const Grader& grader() {
  static const Grader one{base::Resources()};
  return one;
}

inline record::Reference reference(double mean, double sd, std::optional<double> max = std::nullopt) {
  record::Reference one;
  one.mean = mean;
  one.sd = sd;
  one.max = max;
  return one;
}

/// SSTR: blood pool 1.5, liver 6 with limit 7.6, spleen 20. FDG: blood pool 1.6 with limit 2.0, liver 2.2
/// with limit 2.8 and maximum 3.0.
inline record::GradingCase usual_case(std::vector<record::GradingLesion> lesions) {
  record::GradingCase one;
  one.sstr_references = {
      {"blood_pool", reference(1.5, 0.2)}, {"liver", reference(6, 0.8, 8.4)}, {"spleen", reference(20, 3)}};
  one.fdg_references = {{"blood_pool", reference(1.6, 0.2)}, {"liver", reference(2.2, 0.3, 3.0)}};
  one.interval_days = 10;
  one.lesions = std::move(lesions);
  return one;
}

inline record::GradingLesion lesion(std::string id, double sstr, double fdg, double size_mm = 30,
                                    std::string site = "node") {
  record::GradingLesion one;
  one.id = std::move(id);
  one.site = std::move(site);
  one.size_mm = size_mm;
  one.sstr = {sstr, sstr};
  one.fdg = {fdg, fdg};
  return one;
}

inline record::GradingCase random_case(base::Random& random) {
  static constexpr std::array kSites{"liver", "node", "bone", "pancreas", "spleen"};
  std::vector<record::GradingLesion> lesions;
  const int count = 1 + static_cast<int>(random.uniform(0, 8));
  for (int i = 0; i < count; ++i) {
    record::GradingLesion one =
        lesion("L" + std::to_string(i + 1), random.uniform(0.5, 30), random.uniform(0.5, 12),
               random.uniform(4, 30), kSites[random.bits() % kSites.size()]);
    if (random.uniform() < 0.2) one.volume_ml = random.uniform(0.1, 3);
    if (random.uniform() < 0.1) one.excluded = "physiologic";
    lesions.push_back(one);
  }
  return usual_case(lesions);
}

inline std::string value(const record::GradingResult& result, const std::string& scale = "netpet") {
  return result.grade(scale)->value.value_or("not computable");
}

inline std::string graded(const record::GradingCase& one, const std::string& scale = "netpet") {
  return value(grader().grade(one), scale);
}

template <class T>
const T& field(const record::GradingResult& result, const std::string& scale, const std::string& name) {
  const record::GradeField* found = result.grade(scale)->field(name);
  base::check(found, "the scale has no such field");
  return std::get<T>(*found);
}

inline base::Date day(int year, int month, int date) {
  return *base::make_date(year, month, date);
}

}  // namespace netpet::grading::testing
