#include "dicom/mixed_headers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace netpet::dicom {
namespace {

using record::PetHeader;

[[noreturn]] void refuse_difference(const PetHeader& one, const char* what, const char* tag) {
  throw base::Error::input(
      "mixed_headers",
      fmt::format("the files of the series differ in {}: two series in one, or a header that "
                  "was edited in part",
                  what))
      .in_file(one.file)
      .at_tag(tag);
}

bool corrected_for(const PetHeader& header, const char* name) {
  return std::find(header.corrected_image.begin(), header.corrected_image.end(), name) !=
         header.corrected_image.end();
}

}  // namespace

void refuse_mixed_headers(const PetHeader& first, const PetHeader& one) {
  const auto same = [&](auto attribute, const char* what, const char* tag) {
    if (one.*attribute != first.*attribute) refuse_difference(one, what, tag);
  };
  same(&PetHeader::units, "units", "(0054,1001)");
  same(&PetHeader::suv_type, "SUV type", "(0054,1006)");
  same(&PetHeader::counts_source, "counts source", "(0054,1002)");
  same(&PetHeader::decay_correction, "decay correction", "(0054,1102)");
  same(&PetHeader::decay_corrected_to, "time of decay correction", "(0018,9701)");
  for (const char* correction : {"ATTN", "DECY"})
    if (corrected_for(one, correction) != corrected_for(first, correction))
      refuse_difference(one, "corrections", "(0028,0051)");
  same(&PetHeader::weight, "the patient's weight", "(0010,1030)");
  same(&PetHeader::height, "the patient's height", "(0010,1020)");
  same(&PetHeader::total_dose, "administered activity", "(0018,1074)");
  same(&PetHeader::half_life_s, "half-life", "(0018,1075)");
  same(&PetHeader::administered_datetime, "time of injection", "(0018,1078)");
  same(&PetHeader::administered_time, "time of injection", "(0018,1072)");
  same(&PetHeader::series_date, "series date", "(0008,0021)");
  same(&PetHeader::series_time, "series time", "(0008,0031)");
  same(&PetHeader::philips_suv_factor, "Philips' SUV factor", "(7053,1000)");
  same(&PetHeader::philips_activity_factor, "Philips' activity factor", "(7053,1009)");
}

}  // namespace netpet::dicom
