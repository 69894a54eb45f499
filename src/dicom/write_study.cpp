#include "dicom/write_study.h"

#include <algorithm>
#include <array>

#include "base/resources.h"

namespace netpet::dicom {

std::string_view name_of(Vendor vendor) {
  switch (vendor) {
    case Vendor::siemens:
      return "siemens";
    case Vendor::ge:
      return "ge";
    default:
      return "philips";
  }
}

std::string uid_of_seed(std::string_view seed) {
  const std::string hash = base::sha256(seed);
  std::array<unsigned, 16> bytes{};
  for (std::size_t n = 0; n < bytes.size(); ++n) {
    bytes[n] = static_cast<unsigned>(std::stoul(hash.substr(2 * n, 2), nullptr, 16));
  }
  bytes[6] = (bytes[6] & 0x0FU) | 0x80U;  // UUID version 8: made from a hash of our own choice (RFC 9562)
  bytes[8] = (bytes[8] & 0x3FU) | 0x80U;  // variant
  std::string digits;
  while (std::any_of(bytes.begin(), bytes.end(), [](unsigned byte) { return byte != 0; })) {
    unsigned remainder = 0;
    for (unsigned& byte : bytes) {
      const unsigned value = remainder * 256 + byte;
      byte = value / 10;
      remainder = value % 10;
    }
    digits.push_back(static_cast<char>('0' + remainder));
  }
  std::reverse(digits.begin(), digits.end());
  return "2.25." + digits;
}

std::string study_uid(const StudyToWrite& study) {
  return uid_of_seed(study.uid_seed + "/study");
}

std::string frame_of_reference_uid(const StudyToWrite& study) {
  return uid_of_seed(study.uid_seed + "/frame of reference");
}

}  // namespace netpet::dicom
