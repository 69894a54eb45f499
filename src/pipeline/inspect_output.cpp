#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "pipeline/inspect.h"
#include "report/escape.h"

namespace netpet::pipeline {
namespace {

using record::Json;
using report::one_line;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}
Json or_null(const std::optional<double>& value) {
  return value ? record::number(*value) : Json(nullptr);
}

struct Counts {
  std::size_t studies = 0, series = 0, pet = 0, with_suv = 0;
};

Counts counts_of(const Inspection& inspection) {
  Counts counts;
  for (const InspectedPatient& patient : inspection.patients)
    for (const InspectedStudy& study : patient.studies) {
      ++counts.studies;
      counts.series += study.series.size();
      for (const InspectedSeries& series : study.series) {
        if (!series.pet) continue;
        ++counts.pet;
        if (!series.pet->refusal) ++counts.with_suv;
      }
    }
  return counts;
}

void add_pet(Json& document, const InspectedPet& pet) {
  document["tracer"] = record::json_of(pet.tracer);
  document["radionuclide"] = or_null(pet.radionuclide);
  document["dose_bq"] = or_null(pet.dose_bq);
  document["uptake_min"] = or_null(pet.uptake_min);
  document["reconstruction"] = or_null(pet.reconstruction);
  Json suv{{"possible", !pet.refusal}, {"rule", nullptr}};
  if (pet.refusal) {
    suv["refused_by"] = pet.refusal->code;
  } else {
    suv["rule"] = pet.provenance.rule;
    suv["factor"] =
        Json::array({record::number(pet.provenance.factor[0]), record::number(pet.provenance.factor[1])});
  }
  document["suv"] = std::move(suv);
}

Json json_of_series(const InspectedSeries& inspected) {
  const record::Series& series = inspected.series;
  Json document{{"uid", series.uid},
                {"role", record::name_of(series.role)},
                {"files", series.files.size()},
                {"description", series.description},
                {"modality", series.modality},
                {"scanner", series.scanner},
                {"tracer", nullptr},
                {"suv", nullptr}};
  if (inspected.pet) add_pet(document, *inspected.pet);
  document["problems"] = record::json_of(series.problems);
  return document;
}

std::string plural(std::size_t count, const std::string& one, const std::string& many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string role_text(record::SeriesRole role) {
  switch (role) {
    case record::SeriesRole::pet_ac:
      return "PET";
    case record::SeriesRole::pet_nac:
      return "PET, no AC";
    case record::SeriesRole::ct:
      return "CT";
    case record::SeriesRole::localizer:
      return "scout";
    case record::SeriesRole::rwvm:
      return "value map";
    case record::SeriesRole::seg:
      return "segmentation";
    case record::SeriesRole::rtstruct:
      return "contours";
    case record::SeriesRole::sr:
      return "report";
    case record::SeriesRole::other:
      break;
  }
  return "other";
}

/// "18F-FDG · 389 MBq · 45 min after injection · OSEM".
std::string scan_line(const InspectedPet& pet) {
  std::vector<std::string> parts{pet.tracer.name.empty() ? "tracer not named" : pet.tracer.name};
  if (pet.dose_bq) parts.push_back(fmt::format("{:.4g} MBq", *pet.dose_bq * 1e-6));
  if (pet.uptake_min)
    parts.push_back(*pet.uptake_min < 600 ? fmt::format("{:.0f} min after injection", *pet.uptake_min)
                                          : fmt::format("{:.1f} h after injection", *pet.uptake_min / 60));
  parts.push_back(pet.reconstruction.empty() ? "reconstruction not named" : pet.reconstruction);
  return one_line(fmt::format("{}", fmt::join(parts, " · ")));
}

std::string suv_line(const InspectedPet& pet) {
  if (pet.refusal) return one_line("no SUV: " + pet.refusal->message) + " [" + pet.refusal->code + "]";
  const auto& factor = pet.provenance.factor;
  return fmt::format("SUV: {}; factor {:.5g}{}", pet.provenance.rule, factor[0],
                     factor[1] > factor[0] ? fmt::format(" to {:.5g}", factor[1]) : "");
}

std::string text_of_series(const InspectedSeries& inspected) {
  const record::Series& series = inspected.series;
  const char* mark = !inspected.pet ? "      " : inspected.pet->refusal ? "no SUV" : "SUV   ";
  std::string text =
      fmt::format("    {}  {:<12} {:>5}  {}\n", mark, role_text(series.role), series.files.size(),
                  series.description.empty() ? "(not described)" : one_line(series.description));
  constexpr const char* indent = "            ";
  if (inspected.pet) {
    text += fmt::format("{}{}\n", indent, scan_line(*inspected.pet));
    text += fmt::format("{}{}\n", indent, suv_line(*inspected.pet));
  }
  for (const record::Warning& problem : series.problems)
    if (!inspected.pet || !inspected.pet->refusal || problem.code != inspected.pet->refusal->code)
      text += fmt::format("{}! {} [{}]\n", indent, one_line(problem.message), problem.code);
  return text;
}

std::string text_of_patient(const InspectedPatient& inspected) {
  const record::Patient& patient = inspected.patient;
  std::string text = fmt::format("\nPatient {}", patient.id.empty() ? "without an id" : one_line(patient.id));
  for (const std::string& part : {patient.name, patient.sex, patient.birth_date})
    if (!part.empty()) text += " · " + one_line(part);
  text += "\n";
  for (const InspectedStudy& study : inspected.studies) {
    text += fmt::format("  Study {}{}\n", study.date ? base::iso(*study.date) : "without a date",
                        study.description.empty() ? "" : " · " + one_line(study.description));
    for (const InspectedSeries& series : study.series) text += text_of_series(series);
  }
  return text;
}

}  // namespace

Json json_of(const Inspection& inspection) {
  Json patients = Json::array();
  for (const InspectedPatient& patient : inspection.patients) {
    Json studies = Json::array();
    for (const InspectedStudy& study : patient.studies) {
      Json series = Json::array();
      for (const InspectedSeries& one : study.series) series.push_back(json_of_series(one));
      studies.push_back({{"uid", study.uid},
                         {"date", study.date ? Json(base::iso(*study.date)) : Json(nullptr)},
                         {"description", study.description},
                         {"series", std::move(series)}});
    }
    patients.push_back({{"id", or_null(patient.patient.id)},
                        {"name", patient.patient.name},
                        {"studies", std::move(studies)}});
  }
  Json unreadable = Json::array();
  for (const record::UnreadableFile& bad : inspection.unreadable)
    unreadable.push_back({{"file", bad.file.string()}, {"code", bad.code}, {"message", bad.message}});
  const Counts counts = counts_of(inspection);
  return {{"counts",
           {{"patients", inspection.patients.size()},
            {"studies", counts.studies},
            {"series", counts.series},
            {"pet", counts.pet},
            {"pet_with_suv", counts.with_suv}}},
          {"patients", std::move(patients)},
          {"unreadable", std::move(unreadable)},
          {"other_files", inspection.other_files}};
}

std::string text_of(const Inspection& inspection) {
  const Counts counts = counts_of(inspection);
  std::string text = fmt::format("{}, {}, {}; {} PET, SUV possible for {}\n",
                                 plural(inspection.patients.size(), "patient", "patients"),
                                 plural(counts.studies, "study", "studies"),
                                 plural(counts.series, "series", "series"), counts.pet, counts.with_suv);
  for (const InspectedPatient& patient : inspection.patients) text += text_of_patient(patient);
  if (!inspection.unreadable.empty()) {
    text += fmt::format("\n{} unreadable\n", plural(inspection.unreadable.size(), "file", "files"));
    for (const record::UnreadableFile& bad : inspection.unreadable)
      text += fmt::format("    {} [{}] {}\n", one_line(bad.file.string()), bad.code, one_line(bad.message));
  }
  if (inspection.other_files > 0)
    text += fmt::format("\n{} not DICOM\n", plural(inspection.other_files, "file is", "files are"));
  return text;
}

}  // namespace netpet::pipeline
