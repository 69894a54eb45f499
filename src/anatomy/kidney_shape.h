#pragma once

#include <cstdint>

#include "anatomy/scene.h"

namespace netpet::anatomy {

/// 1 for a body of a kidney's volume and height, falling to 0: kidneys are 9 to 13 cm high, a hot ball at
/// their place is a tumour, of the liver say.
double kidney_shape_confidence(const image::Mask& body);

/// The connected part of `candidates` that is shaped most like a kidney; the largest where none is.
image::Mask most_like_kidney(const image::Mask& candidates);

/// Whether what was taken for a left kidney (`kidney`) is a piece of the spleen that reaches to the kidney's
/// usual place: smaller than a kidney, broadly joined to the spleen, with its uptake. A left kidney may be
/// missing.
bool is_piece_of_spleen(const Scene& scene, const image::Volume<std::uint8_t>& markers, std::uint8_t kidney,
                        std::uint8_t spleen);

}  // namespace netpet::anatomy
