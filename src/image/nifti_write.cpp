#include <zlib.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/staged_output.h"
#include "image/nifti.h"
#include "image/nifti_header.h"

namespace netpet::image {
namespace {

// PET noise does not compress: higher levels cost several times the time for about 2 % of the size.
constexpr const char* compressed_mode = "wb1";
constexpr const char* runs_alone_mode = "wb1R";  // Z_RLE: only runs of one byte are looked for
constexpr const char* plain_mode = "wbT";

const char* mode_for(const std::filesystem::path& file, Values values) {
  if (file.extension() != ".gz") return plain_mode;
  return values == Values::interpolated ? runs_alone_mode : compressed_mode;
}

/// A file, compressed where its name says so, that appears only when all of it was written.
class NewFile {
 public:
  NewFile(const std::filesystem::path& file, Values values)
      : file_(file), staged_(base::StagedOutput::file(file, base::Occupied::replace)) {
    stream_ = gzopen(staged_.path().c_str(), mode_for(file, values));
    if (!stream_) base::fail_output(file_, errno);
    gzbuffer(stream_, 1U << 17);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (stream_) gzclose(stream_);
  }

  void write(const void* data, std::size_t bytes) {
    constexpr std::size_t most = std::size_t{1} << 30;  // zlib counts in unsigned int
    for (const char* from = static_cast<const char*>(data); bytes > 0;) {
      const auto count = static_cast<unsigned>(std::min(bytes, most));
      if (gzwrite(stream_, from, count) != static_cast<int>(count)) base::fail_output(file_, errno);
      from += count;
      bytes -= count;
    }
  }

  void finish() {
    const int closed = gzclose(std::exchange(stream_, nullptr));
    if (closed != Z_OK) base::fail_output(file_, errno);
    staged_.commit();
  }

 private:
  std::filesystem::path file_;
  base::StagedOutput staged_;
  gzFile stream_ = nullptr;
};

void begin(NewFile& out, const detail::NiftiHeader& header) {
  const char no_extension[4] = {};
  out.write(&header, sizeof header);
  out.write(no_extension, sizeof no_extension);
}

template <class T>
void write_image(const Volume<T>& volume, detail::NiftiType type, const std::filesystem::path& file,
                 Values values = Values::stored) {
  NewFile out(file, values);
  begin(out, detail::header_for(volume.geometry(), type, sizeof(T)));
  out.write(volume.voxels().data(), volume.voxels().size() * sizeof(T));
  out.finish();
}

}  // namespace

void write_nifti(const PetVolume& volume, const std::filesystem::path& file, Values values) {
  write_image(volume, detail::nifti_float32, file, values);
}

void write_nifti(const CtVolume& volume, const std::filesystem::path& file) {
  write_image(volume, detail::nifti_int16, file);
}

void write_nifti(const LabelMap& volume, const std::filesystem::path& file) {
  write_image(volume, detail::nifti_uint16, file);
}

void write_nifti_displacement(const space::Geometry& grid, const DisplacementLps& displacement,
                              const std::filesystem::path& file) {
  NewFile out(file, Values::interpolated);
  begin(out, detail::displacement_header(grid, VectorIntent::displacement));
  for (const std::vector<float>* component : {&displacement.x, &displacement.y, &displacement.z}) {
    base::check(component->size() == grid.voxels(), "a displacement does not fill its grid");
    out.write(component->data(), component->size() * sizeof(float));
  }
  out.finish();
}

}  // namespace netpet::image
