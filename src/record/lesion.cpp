#include "record/lesion.h"

namespace netpet::record {

std::string_view name_of(LesionStatus status) {
  switch (status) {
    case LesionStatus::unreviewed:
      return "unreviewed";
    case LesionStatus::pathologic:
      return "pathologic";
    case LesionStatus::physiologic:
      return "physiologic";
    case LesionStatus::excluded:
      break;
  }
  return "excluded";
}

std::string_view name_of(SizeSource source) {
  switch (source) {
    case SizeSource::ct:
      return "ct";
    case SizeSource::reader:
      return "reader";
    case SizeSource::pet:
      break;
  }
  return "pet";
}

std::optional<SizeSource> size_source_of(std::string_view name) {
  for (const SizeSource source : {SizeSource::ct, SizeSource::reader, SizeSource::pet})
    if (name == name_of(source)) return source;
  return std::nullopt;
}

}  // namespace netpet::record
