#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "base/error.h"
#include "space/geometry.h"

namespace netpet::image {

/// Voxel values on a grid, i fastest. What a value means (SUV, HU, organ id) stands at each use.
template <class T>
class Volume {
 public:
  Volume() = default;
  explicit Volume(space::Geometry geometry, T fill = T{})
      : geometry_(std::move(geometry)), voxels_(geometry_.voxels(), fill) {}
  Volume(space::Geometry geometry, std::vector<T> voxels)
      : geometry_(std::move(geometry)), voxels_(std::move(voxels)) {
    base::check(voxels_.size() == geometry_.voxels(), "a volume's voxels do not fill its grid");
  }

  const space::Geometry& geometry() const { return geometry_; }
  const std::vector<T>& voxels() const { return voxels_; }
  std::vector<T>& voxels() { return voxels_; }
  bool empty() const { return voxels_.empty(); }

  T operator[](std::size_t offset) const { return voxels_[offset]; }
  T& operator[](std::size_t offset) { return voxels_[offset]; }
  T operator()(space::IndexIjk index) const { return voxels_[geometry_.offset(index)]; }
  T& operator()(space::IndexIjk index) { return voxels_[geometry_.offset(index)]; }

 private:
  space::Geometry geometry_;
  std::vector<T> voxels_;
};

/// Rescaled PET pixels (units of the header) or SUV (g/mL).
using PetVolume = Volume<float>;
/// Hounsfield units.
using CtVolume = Volume<std::int16_t>;
/// 0 = nothing, n = label n (an organ id of record/organ.h, or lesion "Ln").
using LabelMap = Volume<std::uint16_t>;

/// Voxels of one grid, as sorted offsets: a lesion or a reference region. The grid stands at each use.
using Region = std::vector<std::size_t>;

}  // namespace netpet::image
