#include "dicom/read_rwvm.h"

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/toolkit.h"
#include "dicom/value_mapping.h"

namespace netpet::dicom {
namespace {

record::MappedImages::Reference reference_of(const Attributes& item) {
  record::MappedImages::Reference reference{item.text(tags::referenced_sop_instance_uid), {}};
  for (const double frame : item.numbers(tags::referenced_frame_number))
    reference.frames.push_back(static_cast<int>(std::clamp(frame, 0.0, 1e9)));
  return reference;
}

record::MappedImages group_of(const Attributes& item) {
  record::MappedImages group;
  auto references = item.items(tags::referenced_image);
  if (references.empty()) references = item.items(tags::referenced_instance);
  for (const Attributes& one : references) group.images.push_back(reference_of(one));
  group.mappings = mappings_of(item);
  return group;
}

record::RealWorldValueMappings read_object(const std::filesystem::path& file) {
  const FileLayout layout = examine(file);
  const DataSet data_set(file, layout, HeaderPart::whole);
  const Attributes& from = data_set.attributes();
  record::RealWorldValueMappings result{file.string(), from.text(tags::sop_instance_uid), {}};
  for (const Attributes& item : from.items(tags::referenced_image_mapping)) {
    record::MappedImages group = group_of(item);
    if (!group.images.empty() && !group.mappings.empty()) result.groups.push_back(std::move(group));
  }
  if (result.groups.empty())
    throw base::Error::input("rwvm_malformed", "the real world value mapping maps no image")
        .in_file(file.string())
        .at_tag(to_string(tags::referenced_image_mapping));
  return result;
}

}  // namespace

std::vector<record::RealWorldValueMappings> read_rwvm(const record::Series& series) {
  prepare_toolkit();
  std::vector<record::RealWorldValueMappings> result;
  for (const std::filesystem::path& file : series.files) result.push_back(read_object(file));
  return result;
}

}  // namespace netpet::dicom
