#include "measure/measured.h"

#include "base/error.h"

namespace netpet::measure {

namespace {

template <class T, class Make>
const T& made_once(std::optional<T>& place, Make&& make) {
  if (!place) place.emplace(make());
  return *place;
}

template <class Key, class T, class Make>
const T& made_once(std::map<Key, T>& places, Key key, Make&& make) {
  const auto found = places.find(key);
  return found != places.end() ? found->second : places.emplace(key, make()).first->second;
}

Reach reach_of(Aggregation aggregation) {
  return aggregation == Aggregation::volume_averaged || aggregation == Aggregation::volume_merged ||
                 aggregation == Aggregation::volume
             ? Reach::volume
             : Reach::slice;
}

std::vector<Slab> slabs_of(const LevelBlock& block, Reach reach) {
  return reach == Reach::volume ? std::vector<Slab>{whole(block)} : slices_of(block);
}

/// One matrix for each slab and direction.
template <class Matrix, class Make>
std::vector<std::vector<Matrix>> parts_of(const LevelBlock& block, Reach reach, Make&& make) {
  std::vector<std::vector<Matrix>> parts;
  for (const Slab& slab : slabs_of(block, reach)) {
    parts.emplace_back();
    for (const Direction& direction : reach == Reach::volume ? volume_directions() : slice_directions())
      parts.back().push_back(make(slab, direction));
  }
  return parts;
}

/// Merges parts as the aggregation says; features are averaged over what is left.
template <class Matrix>
std::vector<Matrix> aggregated(const std::vector<std::vector<Matrix>>& parts, Aggregation aggregation) {
  std::vector<Matrix> matrices;
  const auto add = [&](std::size_t place, const Matrix& part) {
    if (place < matrices.size())
      matrices[place].merge(part);
    else
      matrices.push_back(part);
  };
  for (std::size_t slab = 0; slab < parts.size(); ++slab) {
    for (std::size_t direction = 0; direction < parts[slab].size(); ++direction) {
      const Matrix& part = parts[slab][direction];
      switch (aggregation) {
        case Aggregation::slices_averaged:
        case Aggregation::volume_averaged:
          matrices.push_back(part);
          break;
        case Aggregation::slices_merged:
          add(slab, part);
          break;
        case Aggregation::slice_directions_merged:
          add(direction, part);
          break;
        case Aggregation::all_slices_merged:
        case Aggregation::volume_merged:
          add(0, part);
          break;
        default:
          base::check(false, "an aggregation of a family without directions");
      }
    }
  }
  return matrices;
}

/// The same for a family without directions.
template <class Matrix, class Make>
std::vector<Matrix> slabs_aggregated(const LevelBlock& block, Aggregation aggregation, Make&& make) {
  std::vector<Matrix> matrices;
  for (const Slab& slab : slabs_of(block, reach_of(aggregation))) {
    if (aggregation == Aggregation::slices_as_one && !matrices.empty())
      matrices.front().merge(make(slab));
    else
      matrices.push_back(make(slab));
  }
  return matrices;
}

}  // namespace

Measured::Measured(const image::PetVolume& image, const image::Region& region, Settings settings)
    : Measured(image, region, region, settings) {}

Measured::Measured(const image::PetVolume& image, const image::Region& shape, const image::Region& region,
                   Settings settings)
    : image_(image), shape_(shape), region_(region), settings_(settings) {}

const Sample& Measured::intensities() const {
  return made_once(intensities_, [&] {
    std::vector<double> values;
    values.reserve(region_.size());
    for (const std::size_t voxel : region_) values.push_back(double(image_[voxel]));
    return Sample(std::move(values));
  });
}

const Levels& Measured::levels() const {
  return made_once(levels_, [&] { return discretise(image_, region_, settings_.texture, settings_.lowest); });
}

const Sample& Measured::level_sample() const {
  return made_once(level_sample_, [&] {
    return Sample(std::vector<double>(levels().of_voxel.begin(), levels().of_voxel.end()));
  });
}

const LevelBlock& Measured::level_block() const {
  return made_once(block_,
                   [&] { return measure::level_block(image_.geometry(), shape_, region_, levels()); });
}

const VolumeHistogram& Measured::volume_histogram() const {
  return made_once(volume_histogram_, [&] {
    return measure::volume_histogram(intensities().sorted(), settings_.volume_histogram, settings_.lowest,
                                     settings_.highest);
  });
}

const Solid& Measured::solid() const {
  return made_once(solid_, [&] { return solid_of(image_.geometry(), shape_); });
}

const Autocorrelation& Measured::autocorrelation() const {
  return made_once(autocorrelation_, [&] { return measure::autocorrelation(image_, region_); });
}

const std::vector<CooccurrenceSums>& Measured::cooccurrences(Aggregation aggregation) const {
  return made_once(cooccurrences_, aggregation, [&] {
    const Reach reach = reach_of(aggregation);
    const Parts<Cooccurrence>& parts = made_once(cooccurrence_parts_, reach, [&] {
      return parts_of<Cooccurrence>(level_block(), reach, [&](Slab slab, const Direction& direction) {
        return measure::cooccurrence(level_block(), slab, direction);
      });
    });
    std::vector<CooccurrenceSums> sums;
    for (const Cooccurrence& matrix : aggregated(parts, aggregation))
      if (matrix.total > 0) sums.emplace_back(matrix);  // no two voxels are neighbours: nothing to average
    return sums;
  });
}

const std::vector<LevelMatrix>& Measured::runs(Aggregation aggregation) const {
  return made_once(runs_, aggregation, [&] {
    const Reach reach = reach_of(aggregation);
    const Parts<LevelMatrix>& parts = made_once(run_parts_, reach, [&] {
      return parts_of<LevelMatrix>(level_block(), reach, [&](Slab slab, const Direction& direction) {
        return run_lengths(level_block(), slab, direction);
      });
    });
    return aggregated(parts, aggregation);
  });
}

const std::vector<ZoneMatrices>& Measured::zones(Aggregation aggregation) const {
  return made_once(zones_, aggregation, [&] {
    return slabs_aggregated<ZoneMatrices>(level_block(), aggregation,
                                          [&](Slab slab) { return measure::zones(level_block(), slab); });
  });
}

const std::vector<NeighbourMatrices>& Measured::neighbours(Aggregation aggregation) const {
  return made_once(neighbours_, aggregation, [&] {
    return slabs_aggregated<NeighbourMatrices>(
        level_block(), aggregation, [&](Slab slab) { return measure::neighbours(level_block(), slab); });
  });
}

}  // namespace netpet::measure
