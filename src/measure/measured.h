#pragma once

#include <array>
#include <map>
#include <optional>
#include <vector>

#include "image/volume.h"
#include "measure/aggregation.h"
#include "measure/autocorrelation.h"
#include "measure/cooccurrence.h"
#include "measure/discretise.h"
#include "measure/level_matrix.h"
#include "measure/sample.h"
#include "measure/solid.h"
#include "measure/volume_histogram.h"

namespace netpet::measure {

/// How grey levels are formed, and the range that re-segmentation left (none: that of the region).
struct Settings {
  Discretisation texture;
  VolumeHistogramBins volume_histogram;
  std::optional<double> lowest, highest;
};

/// What a quantity is measured on: an image and voxels of its grid, sorted. The passes over the region that
/// several quantities need are made once, when the first asks. Not for use by two threads at once; image and
/// regions must outlive it.
class Measured {
 public:
  /// The same region for shape and intensities.
  Measured(const image::PetVolume& image, const image::Region& region, Settings settings = {});
  /// IBSI's two masks: `shape` as drawn, `region` what re-segmentation left of it (a part of `shape`).
  Measured(const image::PetVolume& image, const image::Region& shape, const image::Region& region,
           Settings settings);
  Measured(Measured&&) = delete;
  Measured& operator=(Measured&&) = delete;
  Measured(const Measured&) = delete;
  Measured& operator=(const Measured&) = delete;
  ~Measured() = default;

  const image::PetVolume& image() const { return image_; }
  const image::Region& region() const { return region_; }
  const image::Region& shape() const { return shape_; }
  const Settings& settings() const { return settings_; }

  // The shared passes; each refuses (our bug) an empty region.
  const Sample& intensities() const;
  const Levels& levels() const;
  const Sample& level_sample() const;
  const LevelBlock& level_block() const;
  const VolumeHistogram& volume_histogram() const;
  const Solid& solid() const;
  const Autocorrelation& autocorrelation() const;
  const std::vector<CooccurrenceSums>& cooccurrences(Aggregation aggregation) const;
  const std::vector<LevelMatrix>& runs(Aggregation aggregation) const;
  const std::vector<ZoneMatrices>& zones(Aggregation aggregation) const;
  const std::vector<NeighbourMatrices>& neighbours(Aggregation aggregation) const;

 private:
  const image::PetVolume& image_;
  const image::Region& shape_;
  const image::Region& region_;
  Settings settings_;

  template <class T>
  using Lazy = std::optional<T>;
  mutable Lazy<Sample> intensities_, level_sample_;
  mutable Lazy<Levels> levels_;
  mutable Lazy<LevelBlock> block_;
  mutable Lazy<VolumeHistogram> volume_histogram_;
  mutable Lazy<Solid> solid_;
  mutable Lazy<Autocorrelation> autocorrelation_;
  /// [slab][direction]
  template <class Matrix>
  using Parts = std::vector<std::vector<Matrix>>;
  mutable std::map<Reach, Parts<Cooccurrence>> cooccurrence_parts_;
  mutable std::map<Reach, Parts<LevelMatrix>> run_parts_;
  mutable std::map<Aggregation, std::vector<CooccurrenceSums>> cooccurrences_;
  mutable std::map<Aggregation, std::vector<LevelMatrix>> runs_;
  mutable std::map<Aggregation, std::vector<ZoneMatrices>> zones_;
  mutable std::map<Aggregation, std::vector<NeighbourMatrices>> neighbours_;
};

}  // namespace netpet::measure
