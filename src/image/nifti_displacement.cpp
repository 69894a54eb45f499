#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <vector>

#include "base/error.h"
#include "base/parallel_for.h"
#include "base/staged_output.h"
#include "image/nifti.h"
#include "image/nifti_header.h"

namespace netpet::image {
namespace {

constexpr std::size_t rows_a_chunk = 32;
constexpr int planes_at_once = 8;
constexpr std::size_t components = 3;

/// A file whose parts are written in any order.
class PartedFile {
 public:
  explicit PartedFile(const std::filesystem::path& file)
      : file_(file), stream_(std::fopen(file.c_str(), "wb"), &std::fclose) {
    if (!stream_) base::fail_output(file_, errno);
  }
  void write_at(std::size_t place, const void* data, std::size_t bytes) {
    if (fseeko(stream_.get(), static_cast<off_t>(place), SEEK_SET) != 0 ||
        std::fwrite(data, 1, bytes, stream_.get()) != bytes)
      base::fail_output(file_, errno);
  }
  void finish() {
    if (std::fclose(stream_.release()) != 0) base::fail_output(file_, errno);
  }

 private:
  std::filesystem::path file_;
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
};

}  // namespace

void write_nifti_displacement(const space::Geometry& grid, const space::Transform& transform,
                              const std::filesystem::path& file, VectorIntent intent, const base::Run& run) {
  base::check(file.extension() != ".gz", "a displacement that is made while it is written is not compressed");
  auto staged = base::StagedOutput::file(file, base::Occupied::replace);
  PartedFile out(staged.path());
  const detail::NiftiHeader header = detail::displacement_header(grid, intent);
  out.write_at(0, &header, sizeof header);
  const auto width = static_cast<std::size_t>(grid.size[0]), height = static_cast<std::size_t>(grid.size[1]);
  const std::size_t plane = width * height, bytes_a_component = grid.voxels() * sizeof(float);
  const space::Vec3 step = grid.step(0);
  std::array<std::vector<float>, components> slab;
  for (auto& values : slab) values.resize(plane * planes_at_once);
  for (int first = 0; first < grid.size[2]; first += planes_at_once) {
    const auto planes = static_cast<std::size_t>(std::min(planes_at_once, grid.size[2] - first));
    base::parallel_for(run, planes * height, rows_a_chunk, [&](std::size_t begin, std::size_t end) {
      std::vector<space::Vec3> places(width);
      for (std::size_t row = begin; row < end; ++row) {
        const space::PointLps start = grid.to_lps(
            space::IndexIjk{0, static_cast<int>(row % height), first + static_cast<int>(row / height)});
        transform.along(start, step, {}, places);
        for (std::size_t i = 0; i < width; ++i) {
          const space::PointLps p = start + step * static_cast<double>(i);
          slab[0][row * width + i] = static_cast<float>(places[i].x - p.x);
          slab[1][row * width + i] = static_cast<float>(places[i].y - p.y);
          slab[2][row * width + i] = static_cast<float>(places[i].z - p.z);
        }
      }
    });
    for (std::size_t component = 0; component < components; ++component)
      out.write_at(static_cast<std::size_t>(header.vox_offset) + component * bytes_a_component +
                       static_cast<std::size_t>(first) * plane * sizeof(float),
                   slab[component].data(), planes * plane * sizeof(float));
  }
  out.finish();
  staged.commit();
}

}  // namespace netpet::image
