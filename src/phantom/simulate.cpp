#include "phantom/simulate.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#include "phantom/image_pet.h"

namespace netpet::phantom {
namespace {

constexpr int kFullOrganStride = 2;  // organs of a 512² CT go on its every second column and row
constexpr double kTableGapMm = 4;

/// Where the table's top lies: just behind the patient's back.
double table_top(const SimulatedPatient& patient, Session session) {
  const BodyPlan& plan = patient.anatomy->plan();
  double back = -std::numeric_limits<double>::infinity();
  for (int height = 0; height <= 500; height += 50) {
    const double z = height;
    const Vec3 body{0, plan.trunk_depth(z) * plan.scale.y, z * plan.scale.z};
    back = std::max(back,
                    (session == Session::sstr ? patient.pose->to_sstr(body) : patient.pose->to_fdg(body)).y);
  }
  return back + kTableGapMm;
}

image::Region voxels_of(const SimulatedLesion& lesion, space::PointLps centre, const space::Geometry& grid,
                        const BodyMap& map) {
  const space::IndexIjk middle = grid.nearest(centre);
  const double reach = lesion.reach() * 1.3 + 2;  // the second session stretches a little
  const int di = static_cast<int>(reach / grid.spacing.x) + 1,
            dj = static_cast<int>(reach / grid.spacing.y) + 1,
            dk = static_cast<int>(reach / grid.spacing.z) + 1;
  image::Region region;
  for (int k = middle.k - dk; k <= middle.k + dk; ++k)
    for (int j = middle.j - dj; j <= middle.j + dj; ++j)
      for (int i = middle.i - di; i <= middle.i + di; ++i) {
        const space::IndexIjk at{i, j, k};
        if (grid.contains(at) && lesion.distance(map.body_at(grid.to_lps(at))) < 0)
          region.push_back(grid.offset(at));
      }
  if (region.empty() && grid.contains(middle)) region.push_back(grid.offset(middle));
  return region;
}

/// A voxel of a focus is none of its mass.
void take_foci_from_their_masses(const std::vector<SimulatedLesion>& lesions,
                                 std::vector<image::Region>& voxels) {
  for (std::size_t focus = 0; focus < lesions.size(); ++focus)
    for (std::size_t mass = 0; mass < lesions.size(); ++mass) {
      if (lesions[focus].parent != lesions[mass].id) continue;
      image::Region rest;
      std::set_difference(voxels[mass].begin(), voxels[mass].end(), voxels[focus].begin(),
                          voxels[focus].end(), std::back_inserter(rest));
      if (!rest.empty()) voxels[mass] = std::move(rest);
    }
}

}  // namespace

SimulatedPatient simulate(const Request& request, const base::Resources& resources) {
  const CaseTable table = read_cases(resources);
  TissueTable tissues = read_tissues(resources);
  SimulatedPatient patient;
  patient.request = request;
  patient.planned = table.named(request.case_name);
  for (const auto& [tissue, factor] : patient.planned.tissue_factors) {
    tissues[static_cast<std::size_t>(tissue)].sstr *= factor.sstr;
    tissues[static_cast<std::size_t>(tissue)].fdg *= factor.fdg;
  }
  BodyPlan plan = plan_body(request.seed);
  plan.variant = request.variant;
  plan.has_spleen = !patient.planned.spleen_removed && request.variant != Variant::splenectomy;
  // The patient's own kidneys have shrunk.
  if (request.variant == Variant::kidney_transplant) plan.kidney_size *= 0.55;
  patient.anatomy = std::make_unique<const Anatomy>(plan, tissues);
  patient.lesions = place_lesions(patient.planned, table, *patient.anatomy);
  patient.pose = std::make_unique<const Pose>(plan);
  return patient;
}

SimulatedStudy scan(const SimulatedPatient& patient, Session session, const base::Run& run) {
  const BodyPlan& plan = patient.anatomy->plan();
  SimulatedStudy study;
  study.session = session;
  study.protocol = protocol_of(patient.request.vendor, session, patient.request.detail);
  const Grids grids = grids_of(study.protocol, *patient.pose, plan, session);
  // The first CT is diagnostic in every other patient, the second one is always native.
  const Phase phase = session == Session::sstr && plan.seed % 2 == 1 ? Phase::portal_venous : Phase::native;
  const BodyMap map(*patient.pose, session, grids.ct, run);
  const Scene scene(*patient.anatomy, patient.lesions, map, phase);
  const int stride = patient.request.detail == Detail::full ? kFullOrganStride : 1;
  const std::uint64_t noise_seed = plan.seed * 2 + (session == Session::sstr ? 0 : 1);
  study.ct = image_ct(scene, grids.ct, table_top(patient, session), study.protocol.ct_noise_hu, stride,
                      noise_seed, run);
  study.clean = image_pet(scene, grids.pet, session, study.protocol.psf_fwhm, run);
  const TissueValues& liver = patient.anatomy->values(Tissue::liver);
  study.suv = with_noise(study.clean, study.protocol, session == Session::sstr ? liver.sstr : liver.fdg,
                         noise_seed, 1, run);
  for (const SimulatedLesion& lesion : patient.lesions)
    study.lesion_voxels.push_back(voxels_of(lesion, patient.centroid(lesion, session), grids.pet, map));
  take_foci_from_their_masses(patient.lesions, study.lesion_voxels);
  return study;
}

}  // namespace netpet::phantom
