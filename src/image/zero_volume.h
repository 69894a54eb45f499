#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "base/run.h"
#include "image/volume.h"

namespace netpet::image {

/// Has all threads bring the pages of `memory` into the program: otherwise the one thread that fills a volume
/// with zeros waits for every page. Contents do not change.
void prepare_pages(void* memory, std::size_t bytes, const base::Run& run);

/// A large volume of zeros that is about to be filled.
template <class T>
Volume<T> zero_volume(space::Geometry geometry, const base::Run& run) {
  std::vector<T> voxels;
  voxels.reserve(geometry.voxels());
  prepare_pages(voxels.data(), geometry.voxels() * sizeof(T), run);
  voxels.resize(geometry.voxels());
  return {std::move(geometry), std::move(voxels)};
}

}  // namespace netpet::image
