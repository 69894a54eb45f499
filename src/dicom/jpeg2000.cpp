#include "dicom/jpeg2000.h"

#include <openjpeg.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace netpet::dicom {
namespace {

struct Cursor {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
};

OPJ_SIZE_T read_bytes(void* into, OPJ_SIZE_T count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const std::size_t got = std::min<std::size_t>(count, cursor.bytes.size() - cursor.at);
  if (got == 0) return static_cast<OPJ_SIZE_T>(-1);
  std::memcpy(into, cursor.bytes.data() + cursor.at, got);
  cursor.at += got;
  return got;
}

OPJ_OFF_T skip_bytes(OPJ_OFF_T count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (count < 0) return -1;
  const std::size_t moved = std::min(static_cast<std::size_t>(count), cursor.bytes.size() - cursor.at);
  cursor.at += moved;
  return static_cast<OPJ_OFF_T>(moved);
}

OPJ_BOOL seek_to(OPJ_OFF_T to, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (to < 0 || static_cast<std::size_t>(to) > cursor.bytes.size()) return OPJ_FALSE;
  cursor.at = static_cast<std::size_t>(to);
  return OPJ_TRUE;
}

base::Error malformed() {
  return base::Error::input("malformed_pixels", "the JPEG 2000 pixels are broken or do not fit the header");
}

}  // namespace

std::vector<std::int32_t> decode_jpeg2000(std::span<const std::uint8_t> stream_bytes, int columns, int rows) {
  constexpr std::uint8_t code_stream_start[] = {0xFF, 0x4F, 0xFF, 0x51};
  if (stream_bytes.size() < sizeof code_stream_start) throw malformed();
  const bool bare =
      std::equal(std::begin(code_stream_start), std::end(code_stream_start), stream_bytes.begin());

  Cursor cursor{stream_bytes};
  const std::unique_ptr<opj_codec_t, decltype(&opj_destroy_codec)> codec(
      opj_create_decompress(bare ? OPJ_CODEC_J2K : OPJ_CODEC_JP2), &opj_destroy_codec);
  const std::unique_ptr<opj_stream_t, decltype(&opj_stream_destroy)> stream(
      opj_stream_default_create(OPJ_TRUE), &opj_stream_destroy);
  base::check(codec && stream, "OpenJPEG does not start");
  opj_stream_set_read_function(stream.get(), read_bytes);
  opj_stream_set_skip_function(stream.get(), skip_bytes);
  opj_stream_set_seek_function(stream.get(), seek_to);
  opj_stream_set_user_data(stream.get(), &cursor, nullptr);
  opj_stream_set_user_data_length(stream.get(), stream_bytes.size());
  opj_dparameters_t parameters;
  opj_set_default_decoder_parameters(&parameters);
  if (!opj_setup_decoder(codec.get(), &parameters)) throw malformed();
  // A stream that ends early would give pixels that were never measured.
  opj_decoder_set_strict_mode(codec.get(), OPJ_TRUE);

  opj_image_t* header = nullptr;
  const bool has_header = opj_read_header(stream.get(), codec.get(), &header);
  const std::unique_ptr<opj_image_t, decltype(&opj_image_destroy)> image(header, &opj_image_destroy);
  const auto fits = [&] {
    return image && image->numcomps == 1 && image->comps[0].w == static_cast<OPJ_UINT32>(columns) &&
           image->comps[0].h == static_cast<OPJ_UINT32>(rows) && image->comps[0].prec <= 16;
  };
  if (!has_header || !fits()) throw malformed();
  if (!opj_decode(codec.get(), stream.get(), image.get()) || !fits() || image->comps[0].data == nullptr)
    throw malformed();
  const OPJ_INT32* data = image->comps[0].data;
  return {data, data + static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows)};
}

}  // namespace netpet::dicom
