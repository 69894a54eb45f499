#pragma once

#include <optional>
#include <vector>

#include "anatomy/scene.h"

namespace netpet::anatomy {

/// Bones by density: what holds together with the skeleton or lies shallow, marrow filled.
image::Mask bones_of(const Scene& scene, const image::Mask& body, const base::Run& run);

/// What the muscles of the trunk enclose, slice by slice, without the outer part of the wall. Needs a CT,
/// body and lungs.
image::Mask within_the_wall(const Scene& scene, const Landmarks& marks, const base::Run& run);

/// Adds ribs, sacrum and the edges of the pelvis, which are too thin for a smoothed CT. Needs body, bones,
/// spine and cavity.
void add_thin_bones(const Scene& scene, Landmarks& marks, const base::Run& run);

/// Takes out of the bones what lies beside the lumbar spine, deep in the trunk and apart from cortex: kidneys
/// with contrast medium that touch a rib. Needs cavity and the domes of the diaphragm.
void drop_dense_kidneys(const Scene& scene, Landmarks& marks, const base::Run& run);

/// The middle of the vertebral column, a point a slice. Without bones the middle of the body.
std::vector<SpinePoint> spine_of(const Scene& scene, const image::Mask& body, const image::Mask& bones);

/// Moves the points to the middle of the vertebral bodies. Needs a CT.
void move_to_bodies(const Scene& scene, std::vector<SpinePoint>& spine);

/// The heads of the femurs: the thickest bone at their places, level with each other; nothing where the scan
/// shows no such pair. One that is seen on one side only stands for the other as in a mirror. Needs a CT,
/// body, bones and spine, and the domes of the diaphragm where the scan has a level.
std::optional<HipJoints> find_hip_joints(const Scene& scene, const Landmarks& marks, const base::Run& run);

}  // namespace netpet::anatomy
