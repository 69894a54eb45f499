#include "record/study.h"

namespace netpet::record {

std::string_view name_of(SeriesRole role) {
  switch (role) {
    case SeriesRole::pet_ac:
      return "pet_ac";
    case SeriesRole::pet_nac:
      return "pet_nac";
    case SeriesRole::ct:
      return "ct";
    case SeriesRole::localizer:
      return "localizer";
    case SeriesRole::rwvm:
      return "rwvm";
    case SeriesRole::seg:
      return "seg";
    case SeriesRole::rtstruct:
      return "rtstruct";
    case SeriesRole::sr:
      return "sr";
    case SeriesRole::other:
      break;
  }
  return "other";
}

}  // namespace netpet::record
