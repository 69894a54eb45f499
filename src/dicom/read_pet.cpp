#include "dicom/read_pet.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <memory>
#include <span>
#include <type_traits>

#include "base/error.h"
#include "base/parallel_for.h"
#include "dicom/mixed_headers.h"
#include "dicom/padding.h"
#include "dicom/read_image.h"
#include "dicom/toolkit.h"
#include "image/zero_volume.h"

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

std::shared_ptr<const FileHeader> pet_header_of(const std::filesystem::path& file, const Headers& known) {
  auto header = known.find(file);
  return header && header->pet ? header : std::make_shared<const FileHeader>(read_whole_header(file));
}

PetStack read_stack(const record::Series& series, const base::Run& run, const Headers& known) {
  prepare_toolkit();
  std::vector<std::shared_ptr<const FileHeader>> files(series.files.size());
  base::parallel_for(run, files.size(), files_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) files[n] = pet_header_of(series.files[n], known);
  });
  PetStack result;
  struct Place {
    const record::PetHeader* file;
    std::size_t image;
  };
  std::vector<Place> places;
  for (const auto& file : files) {
    for (std::size_t n = 0; n < file->images.size(); ++n) places.push_back({&*file->pet, n});
    result.instances.insert(result.instances.end(), file->images.begin(), file->images.end());
  }
  result.stack = stack_slices(result.instances);
  for (const auto& file : files) refuse_mixed_headers(*files.front()->pet, *file->pet);
  // The lowest slice speaks for the series: one that does not depend on file names.
  result.header = *places[result.stack.order.front()].file;
  result.header.slices.clear();
  for (const std::size_t image : result.stack.order) {
    const auto [header, of_file] = places[image];
    result.header.slices.push_back(header->slices[of_file]);
    for (const record::Warning& problem : header->problems) add_once(result.header.problems, problem);
  }
  return result;
}

base::Error refuse(const Instance& instance, std::string code, std::string message) {
  return base::Error::input(std::move(code), std::move(message)).in_file(instance.file.string());
}

/// Outside the range of a real world value mapping a stored number has no meaning; none counted is none
/// there.
template <class T>
void check_mapped(std::span<const T> stored, const Instance& instance) {
  const auto [least, greatest] = *instance.mapped;
  for (const T number : stored) {
    const auto value = static_cast<double>(number);
    if (value != 0 && !(value >= least && value <= greatest))
      throw refuse(
          instance, "value_not_mapped",
          fmt::format("a stored value of {:g} lies outside the real world value mapping, {:g} to {:g}", value,
                      least, greatest));
  }
}

/// What the header declares to be padding holds no activity. A positive value of padding is a value that
/// the hottest voxel of a slice can have, so it is not taken for either.
template <class T>
void clear_padding(std::span<const T> stored, const Instance& instance, float* out) {
  const PaddingTest<T> is_padding(instance.padding->least, instance.padding->greatest);
  for (std::size_t n = 0; n < stored.size(); ++n) {
    if (!is_padding(stored[n])) continue;
    if (out[n] > 0)
      throw refuse(instance, "padding_ambiguous",
                   "pixels hold a positive value that the header declares to be padding: whether they were "
                   "measured is open")
          .at_tag(to_string(tags::pixel_padding_value));
    out[n] = 0;
  }
}

/// Whether every value is finite, without a branch a value.
bool all_finite(std::span<const float> values) {
  constexpr std::int32_t without_sign = 0x7FFFFFFF, infinite = 0x7F800000;
  std::int32_t greatest = 0;
  for (const float value : values)
    greatest = std::max(greatest, std::bit_cast<std::int32_t>(value) & without_sign);
  return greatest < infinite;
}

template <class T>
void to_physical(std::span<const T> stored, const Instance& instance, std::span<float> out) {
  // 24 bits of a float hold 16-bit numbers exactly, but no wider ones.
  using Working = std::conditional_t<(sizeof(T) <= 2), float, double>;
  const auto slope = static_cast<Working>(instance.rescale->slope);
  const auto intercept = static_cast<Working>(instance.rescale->intercept);
  if (slope == 0 && std::any_of(stored.begin(), stored.end(), [](T value) { return value != T{}; }))
    throw refuse(instance, "rescale_invalid", "the rescale slope is 0 although the slice holds counts")
        .at_tag(to_string(tags::rescale_slope));
  for (std::size_t n = 0; n < stored.size(); ++n)
    out[n] = static_cast<float>(static_cast<Working>(stored[n]) * slope + intercept);
  if (instance.mapped) check_mapped(stored, instance);
  if (instance.padding) clear_padding(stored, instance, out.data());
  if (!all_finite(out))
    throw refuse(instance, "pixels_not_finite",
                 "pixels are infinite or no number; export the original series");
}

}  // namespace

PetSeries read_pet(const record::Series& series, const base::Run& run, const Headers& known) {
  PetStack read = read_stack(series, run, known);
  auto volume = image::zero_volume<float>(read.stack.geometry, run);
  const std::size_t in_slice = volume.voxels().size() / read.stack.order.size();
  const auto take = [&](std::size_t k, const StoredPixels& stored) {
    const Instance& instance = read.instances[read.stack.order[k]];
    const std::span out = std::span(volume.voxels()).subspan(k * in_slice, in_slice);
    std::visit([&](const auto& values) { to_physical(values, instance, out); }, stored);
  };
  decode_slices(read.instances, read.stack, take, run);
  return {std::move(volume), std::move(read.header)};
}

record::PetHeader read_pet_header(const record::Series& series, const base::Run& run, const Headers& known) {
  return read_stack(series, run, known).header;
}

record::PetHeader peek_pet_header(const record::Series& series) {
  prepare_toolkit();
  base::check(!series.files.empty(), "a series without files");
  return *read_whole_header(series.files.front()).pet;
}

}  // namespace netpet::dicom
