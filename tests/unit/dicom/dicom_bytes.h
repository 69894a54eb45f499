#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace netpet::test {

/// Little-endian DICOM bytes, written by hand so that they can be wrong.
class DicomBytes {
 public:
  explicit DicomBytes(std::string_view transfer_syntax = "1.2.840.10008.1.2.1") {
    bytes_.assign(128, '\0');
    bytes_ += "DICM";
    std::string uid(transfer_syntax);
    if (uid.size() % 2 != 0) uid += '\0';
    short_element(2, 0x10, "UI", uid);
  }

  DicomBytes& u16(std::uint32_t value) {
    bytes_ += static_cast<char>(value & 0xFF);
    bytes_ += static_cast<char>(value >> 8 & 0xFF);
    return *this;
  }
  DicomBytes& u32(std::uint32_t value) { return u16(value & 0xFFFF).u16(value >> 16); }
  DicomBytes& raw(std::string_view text) {
    bytes_ += text;
    return *this;
  }
  DicomBytes& short_element(std::uint32_t group, std::uint32_t element, std::string_view vr,
                            std::string_view value) {
    return u16(group).u16(element).raw(vr).u16(static_cast<std::uint32_t>(value.size())).raw(value);
  }
  /// The head of an element with a 32-bit length; the value follows.
  DicomBytes& long_head(std::uint32_t group, std::uint32_t element, std::string_view vr,
                        std::uint32_t length) {
    return u16(group).u16(element).raw(vr).u16(0).u32(length);
  }
  /// An element head in implicit VR, or an item or delimiter.
  DicomBytes& head(std::uint32_t group, std::uint32_t element, std::uint32_t length) {
    return u16(group).u16(element).u32(length);
  }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

inline constexpr std::uint32_t undefined_length = 0xFFFFFFFF;

}  // namespace netpet::test
