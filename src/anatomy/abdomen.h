#pragma once

#include <cstdint>
#include <vector>

#include "anatomy/organ_search.h"
#include "image/components.h"
#include "image/distance.h"

namespace netpet::anatomy {

/// What the organs of the upper abdomen are sought in, all on the grid of the scene.
class Abdomen {
 public:
  /// What spreads against what.
  enum Marker : std::uint8_t {
    spleen = 1,
    right_kidney = 2,
    left_kidney = 3,
    liver = 5,
    gut = 8,
    muscle = 9
  };

  Abdomen(const Scene& scene, const Landmarks& marks, const base::Run& run);

  /// Liver, kidneys and spleen; empty where no liver can be made out.
  std::vector<FoundOrgan> find() const;

 private:
  struct Place {
    double left, behind, z;
  };
  Place place_of(std::size_t v) const {
    const space::IndexIjk at = scene_.grid.index(v);
    const SpinePoint spine = marks_.spine[static_cast<std::size_t>(at.k)];
    return {scene_.x_mm(at.i) - spine.x, scene_.y_mm(at.j) - spine.y, scene_.z_mm(at.k)};
  }
  template <class Test>
  image::Mask where(Test test) const {
    image::Mask mask(scene_.grid);
    for (std::size_t v = 0; v < mask.voxels().size(); ++v) mask[v] = test(v);
    return mask;
  }
  image::Mask closed(const image::Mask& mask, double radius_mm) const {
    return image::fill_holes(image::erode(image::dilate(mask, radius_mm, run_), radius_mm, run_));
  }
  image::Mask whole_liver(double mode, const image::Mask& thick) const;
  void mark_kidneys(const image::Mask& whole_liver, image::Volume<std::uint8_t>& markers) const;
  void mark_spleen(const image::Mask& whole, image::Volume<std::uint8_t>& markers) const;
  FoundOrgan organ_of(const image::Volume<std::uint8_t>& grown, Marker marker, record::Organ organ,
                      double least_ml, double most_ml, float mode) const;

  const Scene& scene_;
  const Landmarks& marks_;
  const base::Run& run_;
  const image::PetVolume& hu_;
  image::Mask soft_, gas_, inside_, reach_;
  image::Volume<float> depth_, to_bone_, to_gas_;
  double low_z_ = 0, high_z_ = 0;
};

}  // namespace netpet::anatomy
