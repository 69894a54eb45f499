#include "suv/tracer_recognition.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "suv/radionuclides.h"
#include "suv/tracer_table.h"

namespace netpet::suv {
namespace {

using record::Code;
using record::PetHeader;
using record::Tracer;
using record::TracerClass;

/// What the header says about the compound, wherever it says so.
struct Evidence {
  std::vector<const Compound*> compounds;
  std::string coded_nuclide;  ///< which the code of the compound implies
};

void add(Evidence& evidence, const Compound* compound) {
  if (compound &&
      std::find(evidence.compounds.begin(), evidence.compounds.end(), compound) == evidence.compounds.end())
    evidence.compounds.push_back(compound);
}

Evidence evidence_of(const PetHeader& header, const TracerTable& table) {
  Evidence evidence;
  if (const auto& code = header.radiopharmaceutical_code) {
    const auto match = table.of_code(*code);
    add(evidence, match.compound);
    evidence.coded_nuclide = match.nuclide;
    for (const Compound* one : table.in_text(code->meaning)) add(evidence, one);
  }
  for (const Compound* one : table.in_text(header.radiopharmaceutical)) add(evidence, one);
  return evidence;
}

/// Neither code nor text tell anything but, at most, the nuclide.
bool names_no_compound(const PetHeader& header, const TracerTable& table, const Radionuclides& nuclides) {
  const auto says_nothing = [&](const std::string& text) {
    return table.names_nothing(text) || nuclides.is_name(text);
  };
  return says_nothing(header.radiopharmaceutical) &&
         (!header.radiopharmaceutical_code || says_nothing(header.radiopharmaceutical_code->meaning));
}

std::string label_of(const Radionuclide* nuclide) {
  return nuclide ? nuclide->mass() + nuclide->symbol() : "";
}

Tracer named_by_header(const PetHeader& header, const Radionuclide* nuclide) {
  Tracer tracer;
  tracer.name = header.radiopharmaceutical;
  if (const auto& code = header.radiopharmaceutical_code) {
    tracer.code = code->value;
    tracer.scheme = code->scheme;
    if (tracer.name.empty()) tracer.name = code->meaning;
  }
  if (nuclide && tracer.name.empty()) tracer.name = label_of(nuclide) + " (compound not named)";
  return tracer;
}

void name_by_table(Tracer& tracer, const Compound& compound, const Radionuclide* nuclide) {
  tracer.compound = compound.name;
  tracer.tracer_class = compound.tracer_class;
  tracer.name = nuclide ? label_of(nuclide) + "-" + compound.name : compound.name;
  for (const Compound::Coded& known : compound.codes) {
    if (nuclide && known.nuclide == nuclide->name) {
      tracer.code = known.code.value;
      tracer.scheme = known.code.scheme;
      break;
    }
  }
}

/// The class of all compounds, where they agree.
TracerClass common_class(const std::vector<const Compound*>& compounds) {
  const TracerClass first = compounds.front()->tracer_class;
  const bool agree = std::all_of(compounds.begin(), compounds.end(),
                                 [&](const Compound* one) { return one->tracer_class == first; });
  return agree ? first : TracerClass::unknown;
}

/// Why what is named cannot be believed; empty where it can.
std::string contradiction(const Evidence& evidence, const Radionuclide* nuclide) {
  if (evidence.compounds.size() > 1) {
    std::vector<std::string> names;
    for (const Compound* one : evidence.compounds) names.push_back(one->name);
    return fmt::format("the header names several tracers: {}", fmt::join(names, " and "));
  }
  if (evidence.compounds.empty() || !nuclide) return "";
  const Compound& compound = *evidence.compounds.front();
  if (!evidence.coded_nuclide.empty() && evidence.coded_nuclide != nuclide->name)
    return fmt::format("the header's code stands for {} with {}, its nuclide is {}", compound.name,
                       evidence.coded_nuclide, nuclide->name);
  if (!compound.carries(nuclide->name))
    return fmt::format("the header names {} with {}, a tracer that does not exist", compound.name,
                       nuclide->name);
  return "";
}

/// What the series description names, if it is one compound that exists with the nuclide.
const Compound* described(const PetHeader& header, const TracerTable& table, const Radionuclide* nuclide) {
  if (!nuclide) return nullptr;
  const auto found = table.in_text(header.series_description);
  return found.size() == 1 && found.front()->carries(nuclide->name) ? found.front() : nullptr;
}

TracerClass class_with(const Radionuclide& nuclide, TracerClass named, const TracerTable& table) {
  if (!nuclide.therapeutic) return named;
  if (named == TracerClass::sstr) return TracerClass::therapy;
  return named == TracerClass::unknown && table.exists(TracerClass::sstr, nuclide.name) ? TracerClass::therapy
                                                                                        : named;
}

}  // namespace

RecognisedTracer recognise_tracer(const PetHeader& header, const base::Resources& resources) {
  const Radionuclides nuclides(resources);
  const TracerTable table(resources);
  const Radionuclide* nuclide = radionuclide_in(header, nuclides);
  const Evidence evidence = evidence_of(header, table);

  RecognisedTracer result{named_by_header(header, nuclide), {}};
  Tracer& tracer = result.tracer;
  const std::string doubt = contradiction(evidence, nuclide);
  if (!doubt.empty()) {
    tracer.tracer_class =
        evidence.compounds.size() > 1 ? common_class(evidence.compounds) : TracerClass::unknown;
    result.warnings.push_back({"tracer_contradictory", doubt + "; no compound was taken from it"});
    return result;
  }
  if (!evidence.compounds.empty()) {
    if (!nuclide) nuclide = nuclides.named(evidence.coded_nuclide);
    name_by_table(tracer, *evidence.compounds.front(), nuclide);
  } else if (names_no_compound(header, table, nuclides)) {
    if (const Compound* compound = described(header, table, nuclide)) {
      name_by_table(tracer, *compound, nuclide);
      result.warnings.push_back(
          {"tracer_from_description",
           fmt::format("the header names no radiopharmaceutical; {} was taken from the series description "
                       "\"{}\" and the nuclide {}",
                       tracer.name, header.series_description, nuclide->name)});
    }
  }
  if (nuclide) tracer.tracer_class = class_with(*nuclide, tracer.tracer_class, table);
  return result;
}

std::string radionuclide_of(const PetHeader& header, const base::Resources& resources) {
  const Radionuclides table(resources);
  const Radionuclide* nuclide = radionuclide_in(header, table);
  return nuclide ? nuclide->name : std::string();
}

bool nuclide_fits(std::string_view nuclide, record::Role role, const base::Resources& resources) {
  if (nuclide.empty()) return true;
  return TracerTable(resources).exists(role == record::Role::sstr ? TracerClass::sstr : TracerClass::fdg,
                                       nuclide);
}

}  // namespace netpet::suv
