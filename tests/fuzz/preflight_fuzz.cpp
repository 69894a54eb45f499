#include <cstdint>
#include <span>

#include "base/error.h"
#include "dicom/preflight.h"

/// The walker ends on any bytes: with a layout whose parts lie inside the bytes, or with a refusal of the
/// input.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace netpet;
  try {
    dicom::MemoryBytes bytes(std::span(data, size));
    const dicom::FileLayout layout = dicom::examine(bytes);
    if (layout.packing == dicom::Packing::deflated) return 0;
    base::check(layout.leading.end() <= size && layout.header.end() <= size,
                "the header ends outside the file");
    if (layout.pixels)
      for (const dicom::ByteRange& fragment : layout.pixels->fragments)
        base::check(fragment.end() <= size, "a fragment ends outside the file");
  } catch (const base::Error& error) {
    if (error.kind() != base::ErrorKind::input) __builtin_trap();
  }
  return 0;
}
