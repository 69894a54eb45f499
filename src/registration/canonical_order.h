#pragma once

#include <string_view>

#include "image/volume.h"
#include "record/registration.h"

namespace netpet::registration {

/// What the two scans of a pair are called in messages, whichever of them stays in the computation.
struct ScanNames {
  std::string_view staying = "fixed";
  std::string_view moved = "moving";
};

/// Whether `a` is the one that stays when the pair is computed: the one with more tissue (denser than lung),
/// for its surroundings hold more of the other; of two that are alike in this, the one that differs first by
/// a greater value. What is called fixed and what moving has no say.
bool stays(const image::CtVolume& a, const image::CtVolume& b);
/// The same for PETs: the one with more uptake in all.
bool stays(const image::PetVolume& a, const image::PetVolume& b);

/// The same alignment seen from the other scan: the transform inverted, the errors at the places there.
record::Registration inverted(const record::Registration& registration);

/// Computes a pair in the one order that its content gives and returns it as asked for: swapping the scans
/// gives the inverse, not a second opinion. `compute(staying, moved, names)` is called once.
template <class Volume, class Compute>
record::Registration in_canonical_order(const Volume& fixed, const Volume& moving, Compute&& compute) {
  if (stays(fixed, moving)) return compute(fixed, moving, ScanNames{});
  return inverted(compute(moving, fixed, ScanNames{"moving", "fixed"}));
}

}  // namespace netpet::registration
