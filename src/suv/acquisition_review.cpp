#include "suv/acquisition_review.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/table.h"
#include "base/text.h"
#include "suv/radionuclides.h"
#include "suv/reference_time.h"
#include "suv/suv_rules.h"
#include "suv/tracer_table.h"

namespace netpet::suv {
namespace {

using record::PetHeader;
using record::TracerClass;
using record::Warning;

struct Phase {
  std::string name;
  double from_s = 0, to_s = 0;
};
/// data/acquisition.json. Texts are squeezed.
struct AcquisitionTable {
  std::vector<std::string> no_scatter;
  std::vector<std::string> with_resolution_model, without_resolution_model;
  std::vector<std::string> no_agent;
  std::vector<Phase> phases;
  double most_weight_change = 0;
};

std::vector<std::string> squeezed(const std::vector<std::string>& texts) {
  std::vector<std::string> result(texts.size());
  std::transform(texts.begin(), texts.end(), result.begin(), base::squeezed);
  return result;
}

AcquisitionTable read_table(const base::Resources& resources) {
  AcquisitionTable result;
  base::Table::read(resources, "data/acquisition.json", [&](base::Table& table) {
    table.part("scatter", [&](base::Table& part) {
      result.no_scatter = squeezed(part.texts("not_done"));
      part.text("source");
    });
    table.each("reconstruction", [&](base::Table& row) {
      auto& names =
          row.flag("models_resolution") ? result.with_resolution_model : result.without_resolution_model;
      names.push_back(base::squeezed(row.text("name")));
      row.text("source");
    });
    table.part("most_weight_change", [&](base::Table& part) {
      result.most_weight_change = part.number("value");
      part.text("source");
    });
    table.part("contrast", [&](base::Table& part) {
      result.no_agent = squeezed(part.texts("no_agent"));
      part.each("phases", [&](base::Table& row) {
        result.phases.push_back({row.text("name"), row.number("from_s"), row.number("to_s")});
      });
      part.text("source");
    });
  });
  return result;
}

bool is_one_of(const std::vector<std::string>& names, const std::string& text) {
  return std::find(names.begin(), names.end(), base::squeezed(text)) != names.end();
}

bool holds_one_of(const std::vector<std::string>& names, const std::string& text) {
  const std::string tight = base::squeezed(text);
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return tight.find(name) != std::string::npos; });
}

std::optional<Warning> uptake_warning(double minutes, const PetHeader& header, const record::Tracer& tracer,
                                      const base::Resources& resources) {
  if (minutes < read_suv_rules(resources).short_uptake_minutes) return std::nullopt;  // SUV has warned
  const Radionuclide* nuclide = nullptr;
  const Radionuclides nuclides(resources);
  nuclide = radionuclide_in(header, nuclides);
  if (!nuclide) return std::nullopt;
  const auto window = TracerTable(resources).window_of(tracer.compound, nuclide->name);
  // Clocks of dose calibrator and scanner differ by more than half a minute.
  constexpr double clock_tolerance_min = 0.5;
  if (!window ||
      (minutes >= window->from_min - clock_tolerance_min && minutes <= window->to_min + clock_tolerance_min))
    return std::nullopt;
  return Warning{
      "uptake_time_outside",
      fmt::format("the scan began {:.0f} min after injection; {} is described for {:.0f} to {:.0f} "
                  "min: {}",
                  minutes, tracer.name, window->from_min, window->to_min,
                  minutes < window->from_min
                      ? "lesions can be fainter and blood brighter than published values"
                      : "lesions can be brighter and blood fainter than published values")};
}

bool scatter_corrected(const PetHeader& header, const AcquisitionTable& table) {
  const auto& done = header.corrected_image;
  if (done.empty()) return true;  // nothing is said: SUV itself asks for the corrections
  const bool listed = std::find(done.begin(), done.end(), "SCAT") != done.end();
  const std::string& method = header.scatter_correction_method;
  return method.empty() ? listed : !is_one_of(table.no_scatter, method);
}

std::optional<Warning> reconstruction_warning(const PetHeader& header, const AcquisitionTable& table) {
  const std::string& method = header.reconstruction_method;
  const std::string& text = method.empty() ? header.series_description : method;
  if (holds_one_of(table.with_resolution_model, text))
    return Warning{"resolution_modelling",
                   fmt::format("reconstructed with resolution modelling ({}): SUVmax and SUVpeak of lesions "
                               "below about 2 cm are higher than without",
                               text)};
  if (!method.empty() && holds_one_of(table.without_resolution_model, method)) return std::nullopt;
  return Warning{"reconstruction_unknown",
                 method.empty()
                     ? "the header does not say how the image was reconstructed: values of small "
                       "lesions may not be comparable with another scan"
                     : fmt::format("whether the reconstruction \"{}\" models the resolution is not "
                                   "known: values of small lesions may not be comparable with "
                                   "another scan",
                                   method)};
}

std::string phase_of(const record::Series& ct, const AcquisitionTable& table) {
  if (!ct.acquired || !ct.ct->contrast_started) return "";
  const double delay_s =
      (*ct.acquired - base::Instant::of(ct.acquired->date(), *ct.ct->contrast_started)).value;
  for (const Phase& phase : table.phases)
    if (delay_s >= phase.from_s && delay_s < phase.to_s)
      return fmt::format(", {} phase ({:.0f} s after the start of injection)", phase.name, delay_s);
  return "";
}

}  // namespace

Acquisition review_acquisition(const PetHeader& header, const record::Tracer& tracer,
                               const std::optional<base::Instant>& administered,
                               const base::Resources& resources) {
  const AcquisitionTable table = read_table(resources);
  const bool therapy = tracer.tracer_class == TracerClass::therapy;
  Acquisition result;
  result.reconstruction = header.reconstruction_method;
  const auto add = [&](const std::optional<Warning>& warning) {
    if (warning) result.warnings.push_back(*warning);
  };
  const auto acquired = earliest_acquisition(header);
  if (administered && acquired && *administered < *acquired) {
    constexpr double seconds_per_minute = 60;
    result.uptake_min = (*acquired - *administered).value / seconds_per_minute;
    if (!therapy) add(uptake_warning(*result.uptake_min, header, tracer, resources));
  }
  if (!scatter_corrected(header, table))
    result.warnings.push_back({"no_scatter_correction",
                               "the image is not corrected for scatter: SUV is too high, most of all beside "
                               "hot organs and in large patients"});
  if (!therapy) add(reconstruction_warning(header, table));
  return result;
}

std::optional<Warning> contrast_of(const record::Series& ct, const base::Resources& resources) {
  if (!ct.ct) return std::nullopt;
  const AcquisitionTable table = read_table(resources);
  const record::CtFacts& facts = *ct.ct;
  if (facts.contrast_agent.empty() || is_one_of(table.no_agent, facts.contrast_agent)) return std::nullopt;
  return Warning{
      "ct_contrast",
      fmt::format("the CT was made with contrast agent ({}{}{}): where it corrected the PET for attenuation, "
                  "SUV of the liver can be up to 10 % high, of single lesions likewise",
                  facts.contrast_agent, facts.contrast_route.empty() ? "" : ", " + facts.contrast_route,
                  phase_of(ct, table))};
}

double most_weight_change(const base::Resources& resources) {
  return read_table(resources).most_weight_change;
}

}  // namespace netpet::suv
