#include "pipeline/deidentification.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "base/error.h"
#include "base/table.h"
#include "dicom/date_time.h"
#include "dicom/slice_file.h"
#include "dicom/tags.h"

namespace netpet::pipeline {
namespace {

constexpr const char* nobody = "de-identified";

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw base::Error::input("file_missing", "the file cannot be read").in_file(file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Of a file, or of the UIDs of all PET images: hundreds of numbers that their makers drew.
std::string secret_of(const SelectedScans& scans, const std::optional<std::filesystem::path>& key) {
  if (key) {
    constexpr std::size_t least_bytes = 16;
    std::string secret = bytes_of(*key);
    if (secret.size() < least_bytes)
      throw base::Error::input("deidentification_key_short",
                               fmt::format("a key must have at least {} bytes", least_bytes))
          .in_file(key->string());
    return secret;
  }
  std::set<std::string> uids;
  for (const auto* scan : {&scans.sstr, &scans.fdg})
    if (*scan)
      for (const auto& file : (*scan)->pet.files)
        if (const auto header = (*scan)->headers.find(file))
          for (const dicom::Instance& image : header->images) uids.insert(image.sop_instance_uid);
  std::string secret;
  for (const std::string& uid : uids) secret += uid + "|";
  return secret;
}

const record::Patient& patient_of(const SelectedScans& scans) {
  return (scans.sstr ? scans.sstr : scans.fdg)->patient;
}

/// Words in the pixels would stand in every picture of them.
void refuse_burned_in(const SelectedScan& scan, const record::Series& series) {
  for (const auto& file : series.files)
    if (const auto header = scan.headers.find(file))
      for (const dicom::Instance& image : header->images)
        if (image.burned_in_annotation)
          throw base::Error::input("burned_in_annotation",
                                   "the header says that words are burned into the pixels, and they can tell "
                                   "whose scan it is: de-identify these images first, or read without "
                                   "--deidentified")
              .in_file(file.string())
              .at_tag(to_string(dicom::tags::burned_in_annotation));
}

/// A code of a known scheme says which tracer it is and nothing more.
bool is_of_known_scheme(const std::string& scheme) {
  static const std::set<std::string, std::less<>> known{"SCT", "SRT", "SNM3", "99SDM", "DCM", "UMLS"};
  return known.contains(scheme);
}

}  // namespace

Deidentification::Kept::Kept(const base::Resources& resources) {
  base::Table::read(resources, "data/deidentification.json", [this](base::Table& table) {
    table.text("source");
    shift = {table.whole("earliest_shift_days"), table.whole("latest_shift_days")};
    if (shift.least_days < 1 || shift.greatest_days <= shift.least_days)
      table.refuse("dates must move, and not all by the same number of days");
    for (const char* kind : {"scanner", "reconstruction", "contrast", "corrections", "primaries", "therapies",
                             "germlines", "markers", "units", "sites", "scales", "values"})
      by_kind.emplace(kind, table.texts(kind));
  });
}

Deidentification::Deidentification(const SelectedScans& scans,
                                   const std::optional<std::filesystem::path>& key,
                                   const base::Resources& resources)
    : Deidentification(scans, key, Kept(resources)) {}

Deidentification::Deidentification(const SelectedScans& scans,
                                   const std::optional<std::filesystem::path>& key, Kept kept)
    : pseudonyms_(secret_of(scans, key), patient_of(scans).id, kept.shift),
      sentences_(pseudonyms_),
      scanner_(kept.by_kind.at("scanner")),
      reconstruction_(kept.by_kind.at("reconstruction")),
      contrast_(kept.by_kind.at("contrast")),
      corrections_(kept.by_kind.at("corrections")),
      primaries_(kept.by_kind.at("primaries")),
      therapies_(kept.by_kind.at("therapies")),
      germlines_(kept.by_kind.at("germlines")),
      markers_(kept.by_kind.at("markers")),
      units_(kept.by_kind.at("units")),
      sites_(kept.by_kind.at("sites")),
      scales_(kept.by_kind.at("scales")),
      values_(kept.by_kind.at("values")) {
  for (const auto* scan : {&scans.sstr, &scans.fdg})
    if (*scan) learn(**scan);
}

void Deidentification::learn(const SelectedScan& scan) {
  sentences_.add(scan.patient.id);
  sentences_.add_name(scan.patient.name);
  sentences_.add(scan.patient.birth_date);
  if (scan.tracer.compound.empty()) sentences_.add(scan.tracer.name);
  std::vector<const record::Series*> all{&scan.pet};
  if (scan.ct) all.push_back(&*scan.ct);
  for (const record::Series* series : all) refuse_burned_in(scan, *series);
  for (const record::Series& mapping : scan.mappings) all.push_back(&mapping);
  for (const record::Series* series : all) {
    sentences_.add(series->description);
    sentences_.add(series->patient_id);
    for (const auto& file : series->files) {
      sentences_.add(file.string());
      sentences_.add(file.filename().string());
      sentences_.add(file.parent_path().string());
    }
  }
}

void Deidentification::clean(std::vector<record::Warning>& warnings) const {
  for (record::Warning& warning : warnings) {
    // Names of files that could not be read are known to nobody else.
    if (warning.code == "unreadable_file") warning.message.resize(warning.message.find(';'));
    warning.message = sentences_.of(warning.message);
  }
}

void Deidentification::clean(record::Series& series) const {
  series.uid = pseudonyms_.uid(series.uid);
  series.study_uid = pseudonyms_.uid(series.study_uid);
  series.frame_of_reference_uid = pseudonyms_.uid(series.frame_of_reference_uid);
  series.patient_id = pseudonyms_.patient_id();
  series.description.clear();
  series.scanner = scanner_.of(series.scanner);
  pseudonyms_.move(series.acquired);
  if (series.ct) {
    const bool had_agent = !series.ct->contrast_agent.empty();
    series.ct->contrast_agent = contrast_.of(series.ct->contrast_agent);
    if (had_agent && series.ct->contrast_agent.empty()) series.ct->contrast_agent = "contrast agent";
    series.ct->contrast_route = contrast_.of(series.ct->contrast_route);
    series.ct->convolution_kernel.clear();
  }
  clean(series.problems);
}

void Deidentification::clean(SelectedScan& scan) const {
  scan.patient = {pseudonyms_.patient_id(), "", scan.patient.sex, ""};
  clean(scan.pet);
  if (scan.ct) clean(*scan.ct);
  if (scan.tracer.compound.empty()) {
    scan.tracer.name = "compound not named";
    scan.tracer.code.clear();
    scan.tracer.scheme.clear();
  } else if (!is_of_known_scheme(scan.tracer.scheme)) {
    scan.tracer.code.clear();
    scan.tracer.scheme.clear();
  }
  clean(scan.warnings);
}

void Deidentification::clean(record::PetHeader& header, const std::string& radionuclide) const {
  header.file = "the PET";
  header.study_uid = pseudonyms_.uid(header.study_uid);
  header.series_uid = pseudonyms_.uid(header.series_uid);
  header.frame_of_reference_uid = pseudonyms_.uid(header.frame_of_reference_uid);
  header.patient = {pseudonyms_.patient_id(), "", header.patient.sex, ""};
  header.manufacturer = scanner_.of(header.manufacturer);
  header.model = scanner_.of(header.model);
  for (std::string* words :
       {&header.series_description, &header.randoms_correction_method, &header.attenuation_correction_method,
        &header.scatter_correction_method, &header.reconstruction_method, &header.convolution_kernel})
    *words = reconstruction_.of(*words);
  std::erase_if(header.corrected_image,
                [&](const std::string& one) { return corrections_.exact(one).empty(); });
  // The nuclide stays known where the header named it, for its half-life is checked against it.
  const bool named =
      header.radionuclide_code || header.radiopharmaceutical_code || !header.radiopharmaceutical.empty();
  header.radiopharmaceutical = named ? radionuclide : "";
  header.radiopharmaceutical_code.reset();
  header.radionuclide_code.reset();
  header.timezone_offset.clear();
  pseudonyms_.move(header.decay_corrected_to);
  pseudonyms_.move(header.administered_datetime);
  pseudonyms_.move(header.study_date);
  pseudonyms_.move(header.series_date);
  pseudonyms_.move(header.ge_scan_datetime);
  pseudonyms_.move(header.ge_administered);
  pseudonyms_.move(header.siemens_reference_time);
  for (std::size_t k = 0; k < header.slices.size(); ++k) {
    pseudonyms_.move(header.slices[k].acquired);
    header.slices[k].file = fmt::format("slice {}", k + 1);
  }
  clean(header.problems);
}

void Deidentification::clean(dicom::SourceSeries& series) const {
  using dicom::Tag;
  namespace tags = dicom::tags;
  static const std::set<Tag> kept{tags::study_date, tags::study_time, tags::patient_sex, tags::patient_size,
                                  tags::patient_weight};
  const std::map<Tag, std::string> replaced{
      {tags::patient_name, pseudonyms_.patient_id()},
      {tags::patient_id, pseudonyms_.patient_id()},
      {tags::study_instance_uid, pseudonyms_.uid(series.study_uid)},
  };
  std::erase_if(series.patient_and_study, [](const auto& one) {
    return one.first == tags::study_description || one.first == tags::timezone_offset ||
           one.first == Tag{0x0010, 0x0021} || one.first.group == 0x0012;
  });
  for (auto& [tag, text] : series.patient_and_study) {
    if (const auto other = replaced.find(tag); other != replaced.end())
      text = other->second;
    else if (!kept.contains(tag))
      text.clear();
    if (tag == tags::study_date && !text.empty())
      if (const auto day = dicom::parse_date(text))
        text = dicom::date_string(base::Instant::of(pseudonyms_.moved(*day), {}));
  }
  series.identity = dicom::SourceSeries::Identity::removed;
  series.study_uid = pseudonyms_.uid(series.study_uid);
  series.series_uid = pseudonyms_.uid(series.series_uid);
  series.geometry.frame_of_reference_uid = pseudonyms_.uid(series.geometry.frame_of_reference_uid);
  pseudonyms_.move(series.acquired);
  for (dicom::SourceImage& image : series.images)
    image.sop_instance_uid = pseudonyms_.uid(image.sop_instance_uid);
}

void Deidentification::clean(record::Clinical& clinical) const {
  clinical.primary = primaries_.exact(clinical.primary);
  clinical.germline = germlines_.exact(clinical.germline);
  for (record::Pathology& one : clinical.pathology) {
    pseudonyms_.move(one.date);
    one.site = sites_.exact(one.site);
    const bool is_lesion = one.lesion && one.lesion->size() <= 4 && one.lesion->starts_with('L') &&
                           std::all_of(one.lesion->begin() + 1, one.lesion->end(),
                                       [](unsigned char c) { return std::isdigit(c) != 0; });
    if (!is_lesion) one.lesion.reset();
    // "WHO 2019" is what rules know; of other words the year.
    std::string year;
    for (const char c : one.edition)
      if (std::isdigit(static_cast<unsigned char>(c)) != 0) year += c;
    one.edition = year.size() == 4 ? "WHO " + year : "";
  }
  for (record::Therapy& one : clinical.therapies) {
    if (therapies_.exact(one.kind).empty()) one.kind = "other";
    pseudonyms_.move(one.start);
    pseudonyms_.move(one.end);
    pseudonyms_.move(one.last_dose);
  }
  for (record::Marker& one : clinical.markers) {
    if (markers_.exact(one.name).empty()) one.name = "other";
    one.unit = units_.exact(one.unit);
    pseudonyms_.move(one.date);
  }
}

void Deidentification::clean(record::Review& review) const {
  review.reader = nobody;
  review.opinion.name = nobody;
  if (review.time) {
    const auto at = base::parse_iso(*review.time);
    review.time = at ? std::optional(base::iso(pseudonyms_.moved(*at))) : std::nullopt;
  }
  review.impression.reset();
  for (record::LesionReview& one : review.lesions) {
    one.reason.reset();
    if (one.site && sites_.exact(*one.site).empty()) one.site = "other";
  }
  const auto is_grade = [&](const std::string& value) {
    const bool has_digit =
        std::any_of(value.begin(), value.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    return (has_digit && value.size() <= 4) || !values_.exact(value).empty();
  };
  std::erase_if(review.opinion.overrides, [&](const record::Override& one) {
    return scales_.exact(one.scale).empty() || !is_grade(one.value);
  });
  for (record::Override& one : review.opinion.overrides) one.reason = "the reader's reason was removed";
}

void Deidentification::clean(std::vector<record::Lesion>& lesions) const {
  for (record::Lesion& lesion : lesions) lesion.tracking_uid = pseudonyms_.uid(lesion.tracking_uid);
}

}  // namespace netpet::pipeline
