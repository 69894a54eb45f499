#include "report/measurement_report.h"

#include <algorithm>
#include <utility>

#include "base/version.h"
#include "report/sr_evaluations.h"
#include "report/sr_items.h"

namespace netpet::report {
namespace {

using namespace sr_items;
using dicom::sr::ObjectReference;
using record::Role;

constexpr int series_number = 9030;

Quantity suv(record::Code how) {
  return {dcm("126401", "SUVbw"), unit_suv(), {derivation(std::move(how))}};
}

Quantity maximum() {
  return suv(sct("56851009", "Maximum"));
}

Quantity peak() {
  return suv(dcm("126031", "Peak Value Within ROI"));
}

Quantity mean() {
  return suv(sct("373098007", "Mean"));
}

Quantity volume() {
  return {sct("118565006", "Volume"),
          unit_ml(),
          {code(Relation::has_concept_mod, sct("370129005", "Measurement Method"),
                dcm("126030", "Sum of segmented voxel method for volume"))}};
}

/// Total lesion glycolysis is a word for FDG alone.
Quantity total_uptake(Role role) {
  if (role == Role::fdg) return {dcm("126033", "Total Lesion Glycolysis"), unit_gram()};
  return {own("total_uptake", "Volume times mean SUVbw of a receptor tracer"), unit_gram()};
}

Quantity ratio_to(const record::Code& background) {
  return {dcm("126039", "Lesion to Background SUV Ratio"),
          unit_ratio(),
          {derivation(dcm("126031", "Peak Value Within ROI")),
           code(Relation::has_concept_mod, dcm("126040", "Background for Lesion to Background SUV Ratio"),
                background)}};
}

Item reference_to(record::Code name, const dicom::WrittenObject& object, int segment,
                  ObjectReference::Kind kind) {
  return {Relation::contains, std::move(name),
          ObjectReference{object.sop_class_uid, object.sop_instance_uid, segment, kind}};
}

/// A measurement group of one region: TID 1411 where a segment shows it, else TID 1501.
Item group_of(const std::string& identifier, const std::string& tracking_uid, const record::Code& finding,
              const std::optional<record::Code>& site, const ScanObjects& scan,
              const std::optional<WrittenSegments>& segments) {
  const int segment = segments ? segments->number_of(identifier) : 0;
  Item group = container(Relation::contains, dcm("125007", "Measurement Group"), segment ? "1411" : "1501");
  group.add(text(Relation::has_obs_context, dcm("112039", "Tracking Identifier"), identifier));
  group.add(uid(Relation::has_obs_context, dcm("112040", "Tracking Unique Identifier"), tracking_uid));
  group.add(code(Relation::contains, dcm("121071", "Finding"), finding));
  if (segment) {
    group.add(reference_to(dcm("121191", "Referenced Segment"), segments->object, segment,
                           ObjectReference::Kind::image));
    group.add(
        uid(Relation::contains, dcm("121232", "Source series for segmentation"), scan.series->series_uid));
  }
  group.add(reference_to(dcm("126100", "Real World Value Map used for measurement"), scan.mapping, 0,
                         ObjectReference::Kind::composite));
  if (site) group.add(code(Relation::has_concept_mod, sct("363698007", "Finding Site"), *site));
  return group;
}

void add_uptake(Item& group, const record::Uptake& uptake, Role role, const CodedTerms& terms) {
  add_number(group, maximum(), uptake.suvmax);
  add_number(group, peak(), uptake.suvpeak);
  add_number(group, mean(), uptake.suvmean);
  add_number(group, volume(), uptake.volume_ml);
  add_number(group, total_uptake(role), uptake.total_uptake);
  add_number(group, ratio_to(*terms.site("liver")), uptake.to_liver);
  add_number(group, ratio_to(*terms.site("spleen")), uptake.to_spleen);
  add_number(group, ratio_to(*terms.site("blood_pool")), uptake.to_blood_pool);
}

Item lesion_group(const record::Lesion& lesion, Role role, const ScanObjects& scan, const CodedTerms& terms) {
  const bool physiologic = lesion.status == record::LesionStatus::physiologic;
  Item group = group_of(lesion.id, lesion.tracking_uid, terms.finding(physiologic ? "physiologic" : "lesion"),
                        terms.site(lesion.site), scan, scan.lesions);
  add_uptake(group, *lesion.on(role), role, terms);
  add_number(group, {sct("103339001", "Long axis"), unit_mm()}, lesion.size_mm);
  sr_items::add_lesion_evaluations(group, lesion, role);
  return group;
}

Item reference_group(const std::string& name, const record::Reference& reference, const ScanObjects& scan,
                     const CodedTerms& terms) {
  const std::string tracking_uid = dicom::uid_of_seed(scan.series->series_uid + "/reference/" + name);
  Item group =
      group_of(name, tracking_uid, terms.finding("reference"), terms.site(name), scan, scan.references);
  add_number(group, mean(), reference.mean);
  add_number(group, suv(sct("386136009", "Standard Deviation")), reference.sd);
  if (reference.max) add_number(group, maximum(), *reference.max);
  if (reference.volume_ml) add_number(group, volume(), *reference.volume_ml);
  return group;
}

Item burden_group(const record::Burden& burden, const dicom::SourceSeries& source, const CodedTerms& terms) {
  Item group = container(Relation::contains, dcm("125007", "Measurement Group"), "1501");
  group.add(text(Relation::has_obs_context, dcm("112039", "Tracking Identifier"), "tumour burden"));
  group.add(uid(Relation::has_obs_context, dcm("112040", "Tracking Unique Identifier"),
                dicom::uid_of_seed(source.series_uid + "/burden")));
  group.add(code(Relation::contains, dcm("121071", "Finding"), terms.finding("lesion")));
  const auto add = [&](const char* key, const char* meaning, record::Code unit,
                       const base::Computed<double>& value) {
    add_number(group, {own(key, meaning), std::move(unit)}, value);
  };
  add("sstr_volume_ml", "Tumour volume on the receptor tracer", unit_ml(), burden.sstr_volume_ml);
  add("sstr_total_uptake", "Total uptake of the receptor tracer", unit_gram(), burden.sstr_total_uptake);
  add("fdg_volume_ml", "Tumour volume on FDG", unit_ml(), burden.fdg_volume_ml);
  add("fdg_total_uptake", "Total uptake of FDG", unit_gram(), burden.fdg_total_uptake);
  add("sstr_only_ml", "Volume with receptor uptake alone", unit_ml(), burden.sstr_only_ml);
  add("both_ml", "Volume with uptake of both tracers", unit_ml(), burden.both_ml);
  add("fdg_only_ml", "Volume with FDG uptake alone", unit_ml(), burden.fdg_only_ml);
  return group;
}

Item image_library(const std::vector<const ScanObjects*>& scans) {
  Item library = container(Relation::contains, dcm("111028", "Image Library"), "1600");
  for (const ScanObjects* scan : scans) {
    Item group = container(Relation::contains, dcm("126200", "Image Library Group"));
    for (const dicom::SourceImage& image : scan->series->images)
      group.add({Relation::contains, {}, ObjectReference{image.sop_class_uid, image.sop_instance_uid}});
    library.add(std::move(group));
  }
  return library;
}

void add_context(Item& root, const std::string& language) {
  root.add(code(Relation::has_concept_mod, dcm("121049", "Language of Content Item and Descendants"),
                {language, "RFC5646", language == "en" ? "English" : language}));
  root.add(code(Relation::has_obs_context, dcm("121005", "Observer Type"), dcm("121007", "Device")));
  root.add(uid(Relation::has_obs_context, dcm("121012", "Device Observer UID"),
               dicom::uid_of_seed("netpet " + std::string(base::version()))));
  root.add(text(Relation::has_obs_context, dcm("121013", "Device Observer Name"), "netpet"));
  root.add(code(Relation::has_concept_mod, dcm("121058", "Procedure reported"),
                {"44136-0", "LN", "PET unspecified body region"}));
}

/// Who signed the reading. A signature without a time cannot verify a report.
std::optional<dicom::Verification> verification_of(const record::Reading& reading) {
  constexpr std::size_t kToTheSecond = 19;  // what follows is a zone or a fraction
  if (!reading.review || !reading.review->is_signed || !reading.review->time) return std::nullopt;
  const auto time = base::parse_iso(reading.review->time->substr(0, kToTheSecond));
  if (!time) return std::nullopt;
  return dicom::Verification{dicom::person_name_of(reading.review->reader), "not stated", *time};
}

}  // namespace

int WrittenSegments::number_of(const std::string& label) const {
  const auto found = std::find(labels.begin(), labels.end(), label);
  return found == labels.end() ? 0 : static_cast<int>(found - labels.begin()) + 1;
}

dicom::StructuredReport measurement_report(const record::Reading& reading, const ScanObjects* sstr,
                                           const ScanObjects* fdg, const CodedTerms& terms,
                                           const Texts& texts) {
  std::vector<const ScanObjects*> scans;
  dicom::StructuredReport report;
  report.series_description = "netpet measurements";
  report.series_number = series_number;
  report.verified = verification_of(reading);
  Item measurements = container(Relation::contains, dcm("126010", "Imaging Measurements"));
  for (const Role role : {Role::sstr, Role::fdg}) {
    const ScanObjects* scan = role == Role::sstr ? sstr : fdg;
    if (!scan) continue;
    scans.push_back(scan);
    for (const record::Lesion& lesion : reading.lesions)
      if (lesion.on(role)) measurements.add(lesion_group(lesion, role, *scan, terms));
    for (const auto& [name, reference] : reading.references(role))
      measurements.add(reference_group(name, reference, *scan, terms));
    report.evidence_series.push_back(scan->series);
    report.evidence.push_back(scan->mapping);
    for (const auto* segments : {&scan->lesions, &scan->references})
      if (*segments) report.evidence.push_back((*segments)->object);
  }
  const dicom::SourceSeries& source = *scans.front()->series;
  measurements.add(burden_group(reading.burden, source, terms));

  report.content = container(Relation::contains, dcm("126000", "Imaging Measurement Report"), "1500");
  add_context(report.content, texts.language());
  report.content.add(image_library(scans));
  report.content.add(std::move(measurements));
  report.content.add(sr_items::patient_evaluations(reading, texts));
  return report;
}

}  // namespace netpet::report
