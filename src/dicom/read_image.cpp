#include "dicom/read_image.h"

#include <fmt/format.h>

#include <atomic>
#include <iterator>

#include "base/error.h"
#include "base/parallel_for.h"
#include "dicom/frames.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

// Enough for a buffer to be worth its page faults, few enough for the threads to end together.
constexpr std::size_t files_a_chunk = 8;

}  // namespace

std::vector<Instance> read_instances(const record::Series& series, const base::Run& run) {
  prepare_toolkit();
  std::vector<std::vector<Instance>> by_file(series.files.size());
  base::parallel_for(run, by_file.size(), files_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) by_file[n] = read_images(series.files[n]);
  });
  std::vector<Instance> instances;
  for (std::vector<Instance>& images : by_file)
    std::move(images.begin(), images.end(), std::back_inserter(instances));
  return instances;
}

void decode_slices(const std::vector<Instance>& instances, const SliceStack& stack, const SliceSink& sink,
                   const base::Run& run) {
  std::atomic<std::size_t> done{0};
  base::parallel_for(run, stack.order.size(), files_a_chunk, [&](std::size_t begin, std::size_t end) {
    PixelBuffer buffer;
    for (std::size_t k = begin; k < end; ++k) sink(k, read_stored_pixels(instances[stack.order[k]], buffer));
    run.fraction(static_cast<double>(done += end - begin) / static_cast<double>(stack.order.size()));
  });
}

}  // namespace netpet::dicom
