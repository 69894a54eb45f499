#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "pipeline/inspect.h"

namespace netpet::pipeline {
namespace {

using record::Json;

Json or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
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
                {"suv", nullptr},
                {"problems", record::json_of(series.problems)}};
  if (inspected.tracer) document["tracer"] = record::json_of(*inspected.tracer);
  if (inspected.suv)
    document["suv"] = Json{{"possible", inspected.suv->possible}, {"rule", or_null(inspected.suv->rule)}};
  return document;
}

std::string line_of(const InspectedSeries& inspected) {
  const record::Series& series = inspected.series;
  std::string line =
      fmt::format("    {:<9} {:>5} file{} {}", record::name_of(series.role), series.files.size(),
                  series.files.size() == 1 ? " " : "s", series.description);
  if (inspected.tracer)
    line +=
        fmt::format(" · tracer {}", inspected.tracer->name.empty() ? "not named" : inspected.tracer->name);
  if (inspected.suv)
    line += inspected.suv->possible ? fmt::format(" · SUV by {}", inspected.suv->rule) : " · no SUV";
  line += "\n";
  for (const record::Warning& problem : series.problems)
    line += fmt::format("        ! {}: {}\n", problem.code, problem.message);
  return line;
}

}  // namespace

record::Json json_of(const Inspection& inspection) {
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
  return {{"patients", std::move(patients)},
          {"unreadable", std::move(unreadable)},
          {"other_files", inspection.other_files}};
}

std::string text_of(const Inspection& inspection) {
  std::string text;
  for (const InspectedPatient& patient : inspection.patients) {
    text += fmt::format("Patient {} {}\n", patient.patient.id.empty() ? "without an id" : patient.patient.id,
                        patient.patient.name);
    for (const InspectedStudy& study : patient.studies) {
      text += fmt::format("  Study {} {} {}\n", study.date ? base::iso(*study.date) : "without a date",
                          study.description, study.uid);
      for (const InspectedSeries& series : study.series) text += line_of(series);
    }
  }
  for (const record::UnreadableFile& bad : inspection.unreadable)
    text += fmt::format("Unreadable: {} [{}] {}\n", bad.file.string(), bad.code, bad.message);
  if (inspection.other_files > 0) text += fmt::format("{} files are not DICOM.\n", inspection.other_files);
  return text;
}

}  // namespace netpet::pipeline
