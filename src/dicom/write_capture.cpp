#include "dicom/write_capture.h"

namespace netpet::dicom {
namespace {

constexpr std::string_view secondary_capture = "1.2.840.10008.5.1.4.1.1.7";

void put_pixels(SliceFile& object, const image::Picture& picture) {
  const bool colour = picture.channels == 3;
  object.put_us({0x0028, 0x0002}, static_cast<std::uint16_t>(picture.channels));
  object.put({0x0028, 0x0004}, colour ? "RGB" : "MONOCHROME2");
  if (colour) object.put_us({0x0028, 0x0006}, 0);
  object.put_us({0x0028, 0x0010}, static_cast<std::uint16_t>(picture.height));
  object.put_us({0x0028, 0x0011}, static_cast<std::uint16_t>(picture.width));
  object.put_us({0x0028, 0x0100}, 8);
  object.put_us({0x0028, 0x0101}, 8);
  object.put_us({0x0028, 0x0102}, 7);
  object.put_us({0x0028, 0x0103}, 0);
  object.put_bytes({0x7FE0, 0x0010}, picture.samples);
}

}  // namespace

WrittenObject write_capture(const PictureToCapture& capture, const SourceSeries& source,
                            const std::filesystem::path& file) {
  const DerivedKind kind{secondary_capture, "OT", capture.series_description, capture.series_number};
  SliceFile object;
  put_head(object, source, kind);
  object.put({0x0008, 0x0008}, "DERIVED\\SECONDARY");
  object.put({0x0008, 0x0064}, "WSD");
  object.put_empty({0x0020, 0x0060});
  object.put_empty({0x0020, 0x0020});  // a picture with words around it has no one orientation
  object.put(tags::burned_in_annotation, burned_in_annotation(source));
  put_source_images(object, {0x0008, 0x2112}, source);
  put_pixels(object, capture.picture);
  return save_derived(object, source, kind, file);
}

}  // namespace netpet::dicom
