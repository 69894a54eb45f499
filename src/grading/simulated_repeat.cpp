#include "grading/simulated_repeat.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/random.h"

namespace netpet::grading {
namespace {

using base::Random;
using record::GradingLesion;
using record::GradingUptake;
using record::Role;

/// The known measurement and its repeat each have the error of one.
constexpr double kOfTwoMeasurements = std::numbers::sqrt2;
/// 90th percentile of the length of a vector of three standard normal deviates.
constexpr double kLengthAt90Percent = 2.5003;

/// FNV-1a: the same number for the same name everywhere.
constexpr std::uint64_t key_of(std::string_view name) {
  std::uint64_t key = 14695981039346656037ULL;
  for (const char c : name) key = (key ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return key;
}

/// The finaliser of SplitMix64, so that neighbouring draws have nothing in common.
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// The deviates of one thing in one repeat.
class Deviates {
 public:
  Deviates(const MeasurementErrors& errors, std::uint64_t key, std::size_t number)
      : random_(mixed(errors.seed + key + 0x9e3779b97f4a7c15ULL * (number + 1)), key),
        times_(kOfTwoMeasurements * errors.widening) {}
  double of(double sd) { return times_ * sd * random_.normal(); }
  double uniform() { return random_.uniform(); }
  double normal() { return random_.normal(); }

 private:
  Random random_;
  double times_;
};

void move(const std::optional<double>& measured, double by, std::optional<double>& drawn) {
  if (measured) drawn = *measured * std::exp(by);
}

void draw_uptake(const MeasurementErrors& errors, const GradingUptake& measured, double scan,
                 double lesion_sd, Deviates& deviates, GradingUptake& drawn) {
  const double shared = scan + deviates.of(lesion_sd);
  move(measured.suvpeak, shared + deviates.of(errors.suvpeak_noise), drawn.suvpeak);
  move(measured.suvmax, shared + deviates.of(errors.suvmax_noise), drawn.suvmax);
}

}  // namespace

SimulatedRepeat::SimulatedRepeat(const MeasurementErrors& errors, const record::GradingCase& measured,
                                 const PositivityRules& rules)
    : errors_(errors), measured_(measured), drawn_(measured), positivity_(rules, drawn_) {
  collect_references(Role::sstr, drawn_.sstr_references);
  collect_references(Role::fdg, drawn_.fdg_references);
  collect_lesions();
}

void SimulatedRepeat::collect_references(Role role, record::References& drawn) {
  const record::References& measured =
      role == Role::sstr ? measured_.sstr_references : measured_.fdg_references;
  const std::string scan = role == Role::sstr ? "sstr " : "fdg ";
  for (auto& [name, reference] : drawn) {
    const record::Reference& known = measured.at(name);
    if (!(known.mean > 0)) continue;
    const double samples =
        known.volume_ml.value_or(errors_.reference_volume_ml_when_unknown) / errors_.resolution_cell_ml;
    const double of_mean = known.sd / known.mean / std::sqrt(std::max(samples, 1.0));
    // With nothing else in doubt there is nothing to be sampled either: a table of zeros means no error.
    const double organ = errors_.references(role).of(name);
    references(role).push_back(
        {key_of(scan + name), &known, &reference, organ > 0 ? std::hypot(organ, of_mean) : 0});
  }
}

void SimulatedRepeat::collect_lesions() {
  for (std::size_t i = 0; i < measured_.lesions.size(); ++i) {
    const GradingLesion& lesion = measured_.lesions[i];
    if (lesion.excluded) continue;
    MovedLesion moved{key_of(lesion.id), &lesion, &drawn_.lesions[i], std::nullopt};
    const LesionCall call = positivity_.call(drawn_.lesions[i], Background::host_organ);
    if (lesion.registration_error_mm && call.sstr.complete() && call.fdg.complete() &&
        call.sstr.positive != call.fdg.positive)
      moved.unseen_on = call.sstr.positive ? Role::fdg : Role::sstr;
    lesions_.push_back(moved);
  }
  std::sort(lesions_.begin(), lesions_.end(),
            [](const MovedLesion& a, const MovedLesion& b) { return a.measured->id < b.measured->id; });
}

void SimulatedRepeat::draw(std::size_t number) {
  constexpr std::uint64_t kSstrScan = key_of("sstr scan"), kFdgScan = key_of("fdg scan");
  const double sstr_scan = Deviates(errors_, kSstrScan, number).of(errors_.sstr.scan);
  const double fdg_scan = Deviates(errors_, kFdgScan, number).of(errors_.fdg.scan);
  draw_references(Role::sstr, number, sstr_scan);
  draw_references(Role::fdg, number, fdg_scan);
  for (const MovedLesion& lesion : lesions_) draw_lesion(lesion, number, sstr_scan, fdg_scan);
}

void SimulatedRepeat::draw_references(Role role, std::size_t number, double scan) {
  for (const MovedReference& reference : references(role)) {
    Deviates deviates(errors_, reference.key, number);
    const double shared = scan + deviates.of(reference.organ);
    reference.drawn->mean = reference.measured->mean * std::exp(shared);
    reference.drawn->sd = reference.measured->sd * std::exp(shared + deviates.of(errors_.reference_sd));
    move(reference.measured->max, shared + deviates.of(errors_.suvmax_noise), reference.drawn->max);
  }
}

void SimulatedRepeat::draw_lesion(const MovedLesion& lesion, std::size_t number, double sstr_scan,
                                  double fdg_scan) {
  Deviates deviates(errors_, lesion.key, number);
  draw_uptake(errors_, lesion.measured->sstr, sstr_scan, errors_.sstr.lesion, deviates, lesion.drawn->sstr);
  draw_uptake(errors_, lesion.measured->fdg, fdg_scan, errors_.fdg.lesion, deviates, lesion.drawn->fdg);
  if (lesion.measured->size_mm)
    lesion.drawn->size_mm =
        std::max(0.0, *lesion.measured->size_mm + deviates.of(size_sd_mm(*lesion.measured)));
  move(lesion.measured->volume_ml, deviates.of(errors_.volume), lesion.drawn->volume_ml);
  if (lesion.unseen_on) misplace(lesion, number);
}

double SimulatedRepeat::size_sd_mm(const GradingLesion& lesion) const {
  const bool on_pet = lesion.size_source == record::SizeSource::pet;
  return std::max((on_pet ? errors_.pet_size_share : errors_.ct_size_share) * *lesion.size_mm,
                  on_pet ? errors_.pet_size_least_mm : errors_.ct_size_least_mm);
}

/// Where the true place lies further off than the reading could reach, the lesion was missed on that tracer:
/// its uptake there is unknown, and may be that of any other lesion of the patient.
void SimulatedRepeat::misplace(const MovedLesion& lesion, std::size_t number) {
  constexpr std::uint64_t kPlace = key_of("place");
  Deviates deviates(errors_, lesion.key ^ kPlace, number);
  const double sd_mm = *lesion.measured->registration_error_mm / kLengthAt90Percent;
  const double x = deviates.normal(), y = deviates.normal(), z = deviates.normal();
  const double off_mm = sd_mm * std::sqrt(x * x + y * y + z * z);
  const double reach_mm = lesion.measured->size_mm.value_or(0) / 2 + errors_.sphere_radius_mm;
  if (!(off_mm > reach_mm) || lesions_.size() < 2) return;
  // `lesions_` is sorted by id, so the choice does not depend on the order of the case.
  const auto others = static_cast<double>(lesions_.size() - 1);
  auto chosen = static_cast<std::size_t>(others * deviates.uniform());
  if (&lesions_[chosen] >= &lesion) ++chosen;
  const GradingLesion& other = *lesions_[chosen].measured;
  if (*lesion.unseen_on == Role::sstr)
    lesion.drawn->sstr = other.sstr;
  else
    lesion.drawn->fdg = other.fdg;
}

}  // namespace netpet::grading
