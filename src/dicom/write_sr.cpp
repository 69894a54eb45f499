#include "dicom/write_sr.h"

#include <map>
#include <set>
#include <tuple>

namespace netpet::dicom {
namespace {

constexpr std::string_view comprehensive_3d_sr = "1.2.840.10008.5.1.4.1.1.88.34";
constexpr Tag value_type{0x0040, 0xA040}, referenced_sop{0x0008, 0x1199};

std::string_view name_of(sr::Relation relation) {
  switch (relation) {
    case sr::Relation::contains:
      return "CONTAINS";
    case sr::Relation::has_obs_context:
      return "HAS OBS CONTEXT";
    case sr::Relation::has_concept_mod:
      return "HAS CONCEPT MOD";
    default:
      return "HAS PROPERTIES";
  }
}

/// Writes the value of one item, each kind in its own attributes.
class ValueWriter {
 public:
  explicit ValueWriter(ItemWriter& item) : item_(&item) {}

  void operator()(const sr::Container& container) const {
    item_->put(value_type, "CONTAINER");
    item_->put({0x0040, 0xA050}, "SEPARATE");
    if (container.template_id.empty()) return;
    ItemWriter content_template = item_->add_item({0x0040, 0xA504});
    content_template.put({0x0008, 0x0105}, "DCMR");
    content_template.put({0x0040, 0xDB00}, container.template_id);
  }
  void operator()(const sr::Text& text) const {
    item_->put(value_type, "TEXT");
    item_->put({0x0040, 0xA160}, text.text);
  }
  void operator()(const record::Code& code) const {
    item_->put(value_type, "CODE");
    item_->put_code(tags::concept_code, code);
  }
  void operator()(const sr::Number& number) const {
    item_->put(value_type, "NUM");
    ItemWriter measured = item_->add_item({0x0040, 0xA300});
    measured.put({0x0040, 0xA30A}, number.decimal);
    measured.put_code(tags::measurement_units, number.unit);
  }
  void operator()(const sr::NoNumber&) const {
    item_->put(value_type, "NUM");
    item_->put_empty_sequence({0x0040, 0xA300});
    item_->put_code({0x0040, 0xA301}, {"114008", "DCM", "Calculation failure"});
  }
  void operator()(const sr::UidReference& reference) const {
    item_->put(value_type, "UIDREF");
    item_->put({0x0040, 0xA124}, reference.uid);
  }
  void operator()(const sr::ObjectReference& object) const {
    item_->put(value_type, object.kind == sr::ObjectReference::Kind::image ? "IMAGE" : "COMPOSITE");
    ItemWriter reference = item_->add_item(referenced_sop);
    reference.put({0x0008, 0x1150}, object.sop_class_uid);
    reference.put(tags::referenced_sop_instance_uid, object.sop_instance_uid);
    if (object.segment != 0) reference.put_us({0x0062, 0x000B}, static_cast<std::uint16_t>(object.segment));
  }

 private:
  ItemWriter* item_;
};

/// The name and value of an item and all that it holds; the tree is our own and few levels deep.
void put_content(ItemWriter& into, const sr::Item& item) {  // NOLINT(misc-no-recursion)
  std::visit(ValueWriter(into), item.value);
  if (!item.name.value.empty()) into.put_code(tags::concept_name_code, item.name);
  for (const sr::Item& child : item.children) {
    ItemWriter content = into.add_item({0x0040, 0xA730});
    content.put({0x0040, 0xA010}, name_of(child.relation));
    put_content(content, child);
  }
}

/// Studies, their series, and their objects.
using Evidence = std::map<std::string, std::map<std::string, std::set<std::pair<std::string, std::string>>>>;

Evidence evidence_of(const StructuredReport& report) {
  Evidence evidence;
  for (const WrittenObject& object : report.evidence)
    evidence[object.study_uid][object.series_uid].emplace(object.sop_class_uid, object.sop_instance_uid);
  for (const SourceSeries* series : report.evidence_series)
    for (const SourceImage& image : series->images)
      evidence[series->study_uid][series->series_uid].emplace(image.sop_class_uid, image.sop_instance_uid);
  return evidence;
}

/// What lies in the report's own study is evidence of it; what lies in others is pertinent.
void put_evidence(ItemWriter& object, const Evidence& evidence, const std::string& own_study) {
  for (const auto& [study_uid, all_series] : evidence) {
    ItemWriter study = object.add_item(study_uid == own_study ? Tag{0x0040, 0xA375} : Tag{0x0040, 0xA385});
    study.put(tags::study_instance_uid, study_uid);
    for (const auto& [series_uid, objects] : all_series) {
      ItemWriter series = study.add_item({0x0008, 0x1115});
      series.put(tags::series_instance_uid, series_uid);
      for (const auto& [sop_class, instance] : objects) {
        ItemWriter item = series.add_item(referenced_sop);
        item.put({0x0008, 0x1150}, sop_class);
        item.put(tags::referenced_sop_instance_uid, instance);
      }
    }
  }
}

void put_verification(ItemWriter& object, const std::optional<Verification>& verified) {
  object.put({0x0040, 0xA493}, verified ? "VERIFIED" : "UNVERIFIED");
  object.put({0x0040, 0xA496}, verified ? "FINAL" : "PRELIMINARY");
  if (!verified) return;
  ItemWriter item = object.add_item({0x0040, 0xA073});
  item.put({0x0040, 0xA027}, verified->organization);
  item.put({0x0040, 0xA030}, date_time_string(verified->time));
  item.put({0x0040, 0xA075}, verified->observer);
  item.put_empty_sequence({0x0040, 0xA088});  // no code of the person is known: type 2
}

}  // namespace

std::string person_name_of(const std::string& name) {
  constexpr std::size_t kLongest = 64;
  std::string value;
  std::size_t characters = 0;
  for (const char c : name) {
    const bool begins_character = (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (begins_character && ++characters > kLongest) break;
    const bool separates = c == '^' || c == '=' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
    value += separates ? ' ' : c;
  }
  return value;
}

WrittenObject write_sr(const StructuredReport& report, const SourceSeries& source,
                       const std::filesystem::path& file) {
  const DerivedKind kind{comprehensive_3d_sr, "SR", report.series_description, report.series_number};
  SliceFile object;
  put_head(object, source, kind);
  put_private_scheme(object);
  object.put_empty_sequence({0x0008, 0x1111});  // no performed procedure step: type 2
  object.put_empty_sequence({0x0040, 0xA372});  // performed procedure: type 2
  object.put({0x0040, 0xA491}, "COMPLETE");
  put_verification(object, report.verified);
  put_evidence(object, evidence_of(report), source.study_uid);
  put_content(object, report.content);
  return save_derived(object, source, kind, file);
}

}  // namespace netpet::dicom
