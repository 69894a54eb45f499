#include "pipeline/pseudonyms.h"

#include <algorithm>
#include <cctype>
#include <cstdint>

#include "base/resources.h"
#include "dicom/write_study.h"

namespace netpet::pipeline {
namespace {

/// Nested, so that the hash of one text says nothing of the hash of a longer one [RFC 2104].
std::string keyed_hash(std::string_view secret, std::string_view text) {
  const std::string key(secret);
  return base::sha256(key + "/outer/" + base::sha256(key + "/inner/" + std::string(text)));
}

}  // namespace

Pseudonyms::Pseudonyms(std::string_view secret, std::string_view patient, ShiftRange range)
    : uid_seed_(keyed_hash(secret, "uid")) {
  const std::string hash = keyed_hash(secret, "patient|" + std::string(patient));
  patient_id_ = "NP-" + hash.substr(0, 10);
  std::transform(patient_id_.begin(), patient_id_.end(), patient_id_.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  const auto days = static_cast<std::uint64_t>(range.greatest_days - range.least_days + 1);
  shift_days_ = range.least_days + static_cast<int>(std::stoull(hash.substr(16, 12), nullptr, 16) % days);
}

std::string Pseudonyms::uid(const std::string& original) const {
  return original.empty() ? original : dicom::uid_of_seed(uid_seed_ + "|" + original);
}

base::Instant Pseudonyms::moved(base::Instant instant) const {
  constexpr std::int64_t microseconds_a_day = 86'400'000'000;
  return {instant.microseconds - shift_days_ * microseconds_a_day};
}

}  // namespace netpet::pipeline
