#include "report/phenotype_picture.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "report/canvas.h"
#include "report/palette.h"
#include "report/shown.h"

namespace netpet::report {
namespace {

using record::Role;

constexpr int kBins = 48;
constexpr double kBinPx = 14;
constexpr double kLeft = 96, kTop = 64, kBottom = 96, kRight = 40;
constexpr double kSide = kBins * kBinPx;
constexpr double kSstrWindow = 15, kFdgWindow = 7;  // of the projections: equal grey is equal uptake
constexpr TextStyle kTick{20, Weight::normal, kMuted, Align::left};

bool counts(const record::Reading& reading, std::uint16_t label) {
  return label != 0 && label <= reading.lesions.size() && reading.lesions[label - 1U].counts();
}

/// 1, 2 or 5 times a power of ten: about five of them make up `range`.
double tick_step(double range) {
  const double rough = range / 5, power = std::pow(10, std::floor(std::log10(rough)));
  for (const double step : {1.0, 2.0, 5.0})
    if (step * power >= rough) return step * power;
  return 10 * power;
}

/// An axis from 0 to a whole number of ticks that holds nearly all tissue; what lies beyond goes to the last
/// bin.
struct Axis {
  double step = 1, end = 1;

  Axis(const std::vector<TwoUptakes>& uptakes, double TwoUptakes::*part, double least) {
    std::vector<double> values;
    values.reserve(uptakes.size());
    for (const TwoUptakes& one : uptakes) values.push_back(one.*part);
    std::sort(values.begin(), values.end());
    constexpr double nearly_all = 0.999;
    const auto last = static_cast<std::size_t>(nearly_all * static_cast<double>(values.size() - 1));
    const double most = std::max(values[last], least);
    step = tick_step(most);
    end = step * std::ceil(most / step);
  }
  int bin(double value) const { return std::clamp(static_cast<int>(value / end * kBins), 0, kBins - 1); }
};

/// Mean and 2 SD, the SD held between 5 and 15 % of the mean.
std::optional<double> liver_limit(const record::Reading& reading, Role role) {
  const auto& references = reading.references(role);
  const auto liver = references.find("liver");
  if (liver == references.end()) return std::nullopt;
  const record::Reference& one = liver->second;
  return one.mean + 2 * std::clamp(one.sd, 0.05 * one.mean, 0.15 * one.mean);
}

Colour shade(double share) {
  const double t = std::sqrt(share);
  const auto mix = [&](double light, double dark) {
    return static_cast<std::uint8_t>(std::lround(light + t * (dark - light)));
  };
  return {mix(222, 12), mix(233, 52), mix(240, 84)};
}

}  // namespace

std::vector<TwoUptakes> uptakes_of_lesions(const ReportInput& input) {
  std::vector<TwoUptakes> uptakes;
  if (!input.reading.registration || !input.sstr_suv || !input.fdg_suv || !input.fdg_on_sstr_suv ||
      !input.lesions_sstr || !input.lesions_fdg)
    return uptakes;
  const image::LabelMap& on_sstr = *input.lesions_sstr;
  const image::LabelMap& on_fdg = *input.lesions_fdg;
  const space::Geometry& sstr = on_sstr.geometry();
  for (std::size_t n = 0; n < on_sstr.voxels().size(); ++n)
    if (counts(input.reading, on_sstr[n]))
      uptakes.push_back(
          {double((*input.sstr_suv)[n]), double((*input.fdg_on_sstr_suv)[n]), sstr.voxel_volume_ml()});
  const space::Transform fdg_to_sstr = input.reading.registration->fixed_to_moving.inverted();
  for (std::size_t n = 0; n < on_fdg.voxels().size(); ++n) {
    if (!counts(input.reading, on_fdg[n])) continue;
    const space::IndexIjk there =
        sstr.nearest(fdg_to_sstr(on_fdg.geometry().to_lps(on_fdg.geometry().index(n))));
    if (!sstr.contains(there) || counts(input.reading, on_sstr(there))) continue;
    uptakes.push_back(
        {double((*input.sstr_suv)(there)), double((*input.fdg_suv)[n]), on_fdg.geometry().voxel_volume_ml()});
  }
  return uptakes;
}

image::Picture draw_phenotypes(const std::vector<TwoUptakes>& uptakes, const record::Reading& reading,
                               const Texts& texts) {
  if (uptakes.empty()) return {};
  const auto sstr_limit = liver_limit(reading, Role::sstr), fdg_limit = liver_limit(reading, Role::fdg);
  const Axis x(uptakes, &TwoUptakes::sstr, 1.5 * sstr_limit.value_or(1));
  const Axis y(uptakes, &TwoUptakes::fdg, 1.5 * fdg_limit.value_or(1));
  std::vector<double> tissue(static_cast<std::size_t>(kBins) * kBins, 0);
  for (const TwoUptakes& one : uptakes)
    tissue[static_cast<std::size_t>(y.bin(one.fdg) * kBins + x.bin(one.sstr))] += one.millilitres;
  const double most = *std::max_element(tissue.begin(), tissue.end());

  Canvas canvas(static_cast<int>(kLeft + kSide + kRight), static_cast<int>(kTop + kSide + kBottom), kWhite);
  const double base = kTop + kSide;
  const auto at_x = [&](double suv) { return kLeft + suv / x.end * kSide; };
  const auto at_y = [&](double suv) { return base - suv / y.end * kSide; };
  for (int j = 0; j < kBins; ++j)
    for (int i = 0; i < kBins; ++i)
      if (const double here = tissue[static_cast<std::size_t>(j * kBins + i)]; here > 0)
        canvas.fill({kLeft + i * kBinPx, base - (j + 1) * kBinPx, kBinPx, kBinPx}, shade(here / most));
  canvas.stroke({kLeft, kTop, kSide, kSide}, kHairline, 2);
  for (int n = 0; n * x.step <= x.end * (1 + 1e-9); ++n)
    canvas.text(short_number(n * x.step), at_x(n * x.step), base + 10,
                {kTick.size_px, kTick.weight, kTick.colour, Align::centre});
  for (int n = 0; n * y.step <= y.end * (1 + 1e-9); ++n)
    canvas.text(short_number(n * y.step), kLeft - 12, at_y(n * y.step) - 13,
                {kTick.size_px, kTick.weight, kTick.colour, Align::right});

  // FDG / 7 = SSTR / 15, as far as the frame reaches.
  const double equal_end = std::min(x.end, y.end / kFdgWindow * kSstrWindow);
  canvas.line(at_x(0), at_y(0), at_x(equal_end), at_y(equal_end / kSstrWindow * kFdgWindow), kMuted, 2);
  if (sstr_limit && *sstr_limit < x.end)
    canvas.line(at_x(*sstr_limit), kTop, at_x(*sstr_limit), base, colour_of(LesionClass::sstr_only), 3);
  if (fdg_limit && *fdg_limit < y.end)
    canvas.line(kLeft, at_y(*fdg_limit), kLeft + kSide, at_y(*fdg_limit), colour_of(LesionClass::fdg_only),
                3);
  canvas.text(texts["picture.phenotypes_fdg"], 12, 18, {22, Weight::bold, colour_of(LesionClass::fdg_only)});
  canvas.text(texts["picture.phenotypes_sstr"], kLeft + kSide, base + 50,
              {22, Weight::bold, colour_of(LesionClass::sstr_only), Align::right});
  return canvas.taken();
}

}  // namespace netpet::report
