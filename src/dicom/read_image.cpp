#include "dicom/read_image.h"

#include <fmt/format.h>

#include <atomic>
#include <memory>

#include "base/error.h"
#include "base/parallel_for.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

// Enough for a buffer to be worth its page faults, few enough for the threads to end together.
constexpr std::size_t files_a_chunk = 8;

}  // namespace

std::vector<Instance> read_instances(const record::Series& series, const base::Run& run,
                                     const Headers& known) {
  prepare_toolkit();
  std::vector<std::shared_ptr<const FileHeader>> by_file(series.files.size());
  base::parallel_for(run, by_file.size(), files_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      by_file[n] = known.find(series.files[n]);
      if (!by_file[n]) by_file[n] = std::make_shared<const FileHeader>(read_header(series.files[n]));
    }
  });
  std::vector<Instance> instances;
  for (const auto& header : by_file)
    instances.insert(instances.end(), header->images.begin(), header->images.end());
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
