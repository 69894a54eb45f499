#include "report/fhir.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "base/version.h"
#include "record/json.h"
#include "report/coded_terms.h"
#include "report/shown.h"

namespace netpet::report {
namespace {

using record::Json;
using record::Role;

constexpr const char* own_system = "urn:netpet:99NETPET";

/// A UUID of version 8: 122 bits of a hash of what the resource stands for (RFC 9562).
std::string uuid_of(const std::string& seed) {
  std::string hex = base::sha256(seed).substr(0, 32);
  hex[12] = '8';
  constexpr std::string_view variants = "89ab";
  hex[16] = variants[static_cast<std::size_t>(hex[16]) % variants.size()];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

std::string system_of(const std::string& scheme) {
  if (scheme == "SCT") return "http://snomed.info/sct";
  if (scheme == "DCM") return "http://dicom.nema.org/resources/ontology/DCM";
  if (scheme == "LN") return "http://loinc.org";
  return own_system;
}

Json concept_of(const record::Code& code) {
  return {
      {"coding",
       Json::array({{{"system", system_of(code.scheme)}, {"code", code.value}, {"display", code.meaning}}})}};
}

Json own_concept(const std::string& code, const std::string& display) {
  return concept_of({code, "99NETPET", display});
}

/// One number of a lesion on a tracer.
struct Value {
  const char* name;  ///< as in reading.json
  const char* display;
  const char* unit;
  const base::Computed<double>* value;
};

std::vector<Value> values_of(const record::Uptake& uptake) {
  return {{"suvmax", "SUVmax, body weight", "g/mL", &uptake.suvmax},
          {"suvpeak", "SUVpeak, body weight", "g/mL", &uptake.suvpeak},
          {"suvmean", "SUVmean, body weight", "g/mL", &uptake.suvmean},
          {"volume_ml", "Volume of the outline", "mL", &uptake.volume_ml},
          {"total_uptake", "Volume times SUVmean", "g", &uptake.total_uptake},
          {"to_liver", "SUVpeak over mean of liver", "1", &uptake.to_liver},
          {"to_spleen", "SUVpeak over mean of spleen", "1", &uptake.to_spleen},
          {"to_blood_pool", "SUVpeak over mean of blood pool", "1", &uptake.to_blood_pool}};
}

class Bundle {
 public:
  Bundle(const record::Reading& reading, const base::Resources& resources)
      : reading_(reading), terms_(resources) {
    for (const Role role : {Role::sstr, Role::fdg})
      if (const auto& scan = reading.scan(role)) seed_ += scan->series_uid + "/";
  }

  Json document() {
    add_patient();
    add_device();
    for (const Role role : {Role::sstr, Role::fdg})
      if (reading_.scan(role)) add_study(role);
    for (const record::Lesion& lesion : reading_.lesions) add_lesion(lesion);
    for (const record::Grade& grade : reading_.grades) add_grade(grade);
    add_report();
    return {{"resourceType", "Bundle"}, {"type", "collection"}, {"entry", std::move(entries_)}};
  }

 private:
  Json reference(const std::string& what) const {
    return {{"reference", "urn:uuid:" + uuid_of(seed_ + what)}};
  }

  void add(const std::string& what, const char* type, const Json& fields) {
    const std::string id = uuid_of(seed_ + what);
    Json resource{{"resourceType", type}, {"id", id}};
    resource.update(fields);
    entries_.push_back({{"fullUrl", "urn:uuid:" + id}, {"resource", std::move(resource)}});
  }

  void add_patient() {
    const record::Patient& patient = reading_.patient;
    const std::string& sex = patient.sex;
    Json fields;
    if (!patient.id.empty()) fields["identifier"] = Json::array({{{"value", patient.id}}});
    if (!patient.name.empty()) fields["name"] = Json::array({{{"text", person_name(patient.name)}}});
    fields["gender"] = sex == "F" ? "female" : sex == "M" ? "male" : sex == "O" ? "other" : "unknown";
    if (!patient.birth_date.empty()) fields["birthDate"] = patient.birth_date;
    add("patient", "Patient", fields);
  }

  void add_device() {
    add("device", "Device",
        {{"deviceName", Json::array({{{"name", "netpet"}, {"type", "model-name"}}})},
         {"version",
          Json::array({{{"value", base::version()}}, {{"value", "rules " + reading_.software.rules}}})}});
  }

  void add_study(Role role) {
    const record::TracerScan& scan = *reading_.scan(role);
    Json series{{"uid", scan.series_uid}, {"modality", {{"system", system_of("DCM")}, {"code", "PT"}}}};
    if (!scan.tracer.name.empty()) series["description"] = scan.tracer.name;
    Json fields{
        {"identifier", Json::array({{{"system", "urn:dicom:uid"}, {"value", "urn:oid:" + scan.study_uid}}})},
        {"status", "available"},
        {"subject", reference("patient")}};
    if (scan.acquired) fields["started"] = base::iso(scan.acquired->date());
    fields["series"] = Json::array({std::move(series)});
    add(std::string(name_of(role)), "ImagingStudy", fields);
  }

  /// What all observations share; they are preliminary until a reader signs.
  Json observation(Json code) const {
    return {{"status", "preliminary"},
            {"category", Json::array({concept_with(
                             "http://terminology.hl7.org/CodeSystem/observation-category", "imaging")})},
            {"code", std::move(code)},
            {"subject", reference("patient")},
            {"device", reference("device")}};
  }

  static Json concept_with(const char* system, const char* code) {
    return {{"coding", Json::array({{{"system", system}, {"code", code}}})}};
  }

  static Json absent(const std::string& reason) {
    Json absent = concept_with("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown");
    absent["text"] = reason;
    return absent;
  }

  void add_observation(const std::string& what, const Json& fields) {
    add(what, "Observation", fields);
    results_.push_back(reference(what));
  }

  void add_lesion(const record::Lesion& lesion) {
    for (const Role role : {Role::sstr, Role::fdg}) {
      if (!lesion.on(role)) continue;
      for (const Value& value : values_of(*lesion.on(role)))
        if (!value.value->does_not_apply()) add_value(lesion, role, value);
    }
  }

  void add_value(const record::Lesion& lesion, Role role, const Value& value) {
    const std::string tracer(name_of(role));
    const std::string code = tracer + "_" + value.name;
    Json fields = observation(
        own_concept(code, fmt::format("{}, {}", value.display, reading_.scan(role)->tracer.name)));
    fields["identifier"] =
        Json::array({{{"system", "urn:dicom:uid"}, {"value", "urn:oid:" + lesion.tracking_uid}}});
    if (const auto& acquired = reading_.scan(role)->acquired)
      fields["effectiveDateTime"] = base::iso(acquired->date());
    if (value.value->has_value())
      fields["valueQuantity"] = {{"value", record::number(value.value->value())},
                                 {"unit", value.unit},
                                 {"system", "http://unitsofmeasure.org"},
                                 {"code", value.unit}};
    else
      fields["dataAbsentReason"] = absent(value.value->reason());
    Json site;
    if (const auto known = terms_.site(lesion.site)) site = concept_of(*known);
    site["text"] =
        fmt::format("{} {} ({})", lesion.id, lesion.location.empty() ? lesion.site : lesion.location,
                    name_of(lesion.status));
    fields["bodySite"] = std::move(site);
    fields["derivedFrom"] = Json::array({reference(tracer)});
    add_observation(lesion.id + "/" + code, fields);
  }

  void add_grade(const record::Grade& grade) {
    if (grade.value.does_not_apply()) return;
    Json fields = observation(own_concept(grade.scale, grade.title.empty() ? grade.scale : grade.title));
    if (grade.value.has_value())
      fields["valueString"] = grade.value.value();
    else
      fields["dataAbsentReason"] = absent(grade.value.reason());
    std::vector<std::string> notes;
    if (grade.suitability.has_value()) notes.push_back("suitability: " + grade.suitability.value());
    notes.push_back("applicability: " + grade.applicability);
    if (!grade.source.empty()) notes.push_back("source: " + grade.source);
    fields["note"] = Json::array();
    for (const std::string& note : notes) fields["note"].push_back({{"text", note}});
    add_observation("grade/" + grade.scale, fields);
  }

  void add_report() {
    Json fields{
        {"status", "preliminary"},
        {"category", Json::array({concept_with("http://terminology.hl7.org/CodeSystem/v2-0074", "NMS")})},
        {"code", concept_of({"44136-0", "LN", "PET unspecified body region"})},
        {"subject", reference("patient")}};
    const auto& scan = reading_.sstr ? reading_.sstr : reading_.fdg;
    if (scan && scan->acquired) fields["effectiveDateTime"] = base::iso(scan->acquired->date());
    fields["result"] = results_;
    fields["imagingStudy"] = Json::array();
    for (const Role role : {Role::sstr, Role::fdg})
      if (reading_.scan(role)) fields["imagingStudy"].push_back(reference(std::string(name_of(role))));
    fields["conclusion"] =
        fmt::format("{} (for research use only; {})", reading_.headline,
                    reading_.review && reading_.review->is_signed ? "signed by a reader" : "not signed");
    add("report", "DiagnosticReport", fields);
  }

  const record::Reading& reading_;
  CodedTerms terms_;
  std::string seed_ = "fhir/";
  Json entries_ = Json::array(), results_ = Json::array();
};

}  // namespace

std::string fhir_bundle(const record::Reading& reading, const base::Resources& resources) {
  return record::text_of(Bundle(reading, resources).document());
}

}  // namespace netpet::report
