#include "dicom/read_pet.h"

#include <algorithm>
#include <optional>

#include "base/error.h"
#include "base/parallel_for.h"
#include "dicom/pet_header.h"
#include "dicom/read_image.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

constexpr std::size_t files_a_chunk = 4;

/// Everything about a PET series but its pixels.
struct PetStack {
  std::vector<Instance> instances;
  SliceStack stack;
  record::PetHeader header;
};

void add_once(std::vector<record::Warning>& problems, const record::Warning& problem) {
  if (std::find(problems.begin(), problems.end(), problem) == problems.end()) problems.push_back(problem);
}

struct FileHeader {
  Instance instance;
  record::PetHeader header;  ///< with the one slice of this file
};

FileHeader read_file_header(const std::filesystem::path& file) {
  const FileLayout layout = examine(file);
  const DataSet data_set(file, layout, HeaderPart::whole);
  FileHeader result;
  result.instance = instance_of(file, layout, data_set);
  result.header = pet_header_of(result.instance, data_set.attributes());
  result.header.slices.push_back(pet_slice_of(result.instance, data_set.attributes()));
  for (const record::Warning& problem : data_set.problems()) add_once(result.header.problems, problem);
  if (result.instance.lossy)
    add_once(result.header.problems,
             {"lossy_compression",
              "pixels were compressed with loss: values are not exactly those of the scanner"});
  return result;
}

PetStack read_stack(const record::Series& series, const base::Run& run) {
  prepare_toolkit();
  PetStack result;
  const std::size_t count = series.files.size();
  result.instances.resize(count);
  std::vector<record::PetHeader> headers(count);
  base::parallel_for(run, count, files_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) {
      FileHeader read = read_file_header(series.files[n]);
      result.instances[n] = std::move(read.instance);
      headers[n] = std::move(read.header);
    }
  });
  result.stack = stack_slices(result.instances);
  // The lowest slice speaks for the series: one that does not depend on file names.
  result.header = headers[result.stack.order.front()];
  result.header.slices.clear();
  for (const std::size_t which : result.stack.order) {
    result.header.slices.push_back(headers[which].slices.front());
    for (const record::Warning& problem : headers[which].problems) add_once(result.header.problems, problem);
  }
  return result;
}

}  // namespace

PetSeries read_pet(const record::Series& series, const base::Run& run) {
  PetStack read = read_stack(series, run);
  image::PetVolume volume(read.stack.geometry);
  const auto to_physical = [&](std::size_t k, std::span<const std::int32_t> stored) {
    const Instance& instance = read.instances[read.stack.order[k]];
    const auto slope = static_cast<float>(instance.rescale->slope);
    const auto intercept = static_cast<float>(instance.rescale->intercept);
    if (slope == 0 &&
        std::any_of(stored.begin(), stored.end(), [](std::int32_t value) { return value != 0; }))
      throw base::Error::input("rescale_invalid", "the rescale slope is 0 although the slice holds counts")
          .in_file(instance.file.string())
          .at_tag(to_string(tags::rescale_slope));
    float* out = volume.voxels().data() + k * stored.size();
    for (std::size_t n = 0; n < stored.size(); ++n)
      out[n] = static_cast<float>(stored[n]) * slope + intercept;
  };
  decode_slices(read.instances, read.stack, to_physical, run);
  return {std::move(volume), std::move(read.header)};
}

record::PetHeader read_pet_header(const record::Series& series) {
  return read_pet_header(series, base::Run());
}

record::PetHeader read_pet_header(const record::Series& series, const base::Run& run) {
  return read_stack(series, run).header;
}

record::PetHeader peek_pet_header(const record::Series& series) {
  prepare_toolkit();
  base::check(!series.files.empty(), "a series without files");
  return read_file_header(series.files.front()).header;
}

}  // namespace netpet::dicom
