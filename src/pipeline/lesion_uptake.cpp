#include "pipeline/lesion_uptake.h"

#include "measure/uptake.h"

namespace netpet::pipeline {
namespace {

using record::Role;

record::Uptake in_outline(const ScanWork& work, const lesions::Outline& outline) {
  record::Uptake uptake = measure::measure_uptake(work.scan.suv, outline.region, work.references.references);
  uptake.outline_method = outline.method;
  uptake.outline_threshold = outline.method == lesions::kSuppliedMask
                                 ? base::Computed<double>()
                                 : base::Computed<double>(double(outline.threshold));
  return uptake;
}

/// Where the outline on the other tracer lies.
record::Uptake in_place(const ScanWork& work, const lesions::Outline& other, const ScanWork& other_work,
                        const space::Transform& onto_this, double error_mm) {
  const space::Geometry& from = other_work.scan.suv.geometry();
  return measure::measure_in_place(
      work.scan.suv,
      {lesions::transfer_region(other.region, from, work.scan.suv.geometry(), onto_this),
       onto_this(from.to_lps(other.hottest)), error_mm},
      work.references.references);
}

/// What FDG shows of a mass that an FDG focus was taken from: its highest values lie beside the focus.
void take_peak(const record::Uptake& in_place, record::Uptake& uptake) {
  uptake.suvmax = in_place.suvmax;
  uptake.suvpeak = in_place.suvpeak;
  uptake.suvpeak_local = in_place.suvpeak_local;
  uptake.to_liver = in_place.to_liver;
  uptake.to_spleen = in_place.to_spleen;
  uptake.to_blood_pool = in_place.to_blood_pool;
}

std::optional<record::Uptake> uptake_on(Role role, const lesions::PairedLesion& pair, const Placing& placing,
                                        double error_mm) {
  const auto& work = placing.on(role);
  if (!work) return std::nullopt;
  const bool on_sstr = role == Role::sstr;
  const auto& own = on_sstr ? pair.sstr : pair.fdg;
  const auto& other = on_sstr ? pair.fdg : pair.sstr;
  const auto& other_work = placing.on(on_sstr ? Role::fdg : Role::sstr);
  if (!own && pair.focus_middle && on_sstr) {
    const image::Region place = lesions::transfer_region(other->region, other_work->scan.suv.geometry(),
                                                         work->scan.suv.geometry(), placing.fdg_to_sstr);
    return measure::measure_at_point(work->scan.suv, place, placing.fdg_to_sstr(*pair.focus_middle),
                                     work->references.references);
  }
  if (!own) return in_place(*work, *other, *other_work, placing.onto(role), error_mm);
  record::Uptake uptake = in_outline(*work, *own);
  if (!on_sstr && pair.fdg_beside_focus)
    take_peak(in_place(*work, *other, *other_work, placing.onto(role), error_mm), uptake);
  return uptake;
}

std::optional<record::Uptake> uptake_in_ball(const std::optional<ScanWork>& work, space::PointLps at,
                                             double radius_mm, double error_mm) {
  if (!work) return std::nullopt;
  return measure::measure_in_place(work->scan.suv,
                                   {ball_on(work->scan.suv.geometry(), at, radius_mm), at, error_mm},
                                   work->references.references);
}

}  // namespace

void measure_lesion(const LesionEntry& entry, const Placing& placing, double error_mm,
                    record::Lesion& lesion) {
  if (entry.has_outline()) {
    lesion.sstr = uptake_on(Role::sstr, entry.outlines, placing, error_mm);
    lesion.fdg = uptake_on(Role::fdg, entry.outlines, placing, error_mm);
    return;
  }
  const AddedLesion& added = *entry.added;
  lesion.sstr = uptake_in_ball(placing.sstr, added.at, added.radius_mm, error_mm);
  lesion.fdg = uptake_in_ball(placing.fdg, placing.sstr ? placing.sstr_to_fdg(added.at) : added.at,
                              added.radius_mm, error_mm);
}

}  // namespace netpet::pipeline
