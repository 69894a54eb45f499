#include "phantom/protocol.h"

#include <cmath>

namespace netpet::phantom {
namespace {

constexpr double kVertexMm = 851;  // of the standard body

space::Geometry grid(int matrix, double pixel, double slice, double x, double y, double low, double high) {
  space::Geometry g;
  g.spacing = {pixel, pixel, slice};
  g.size = {matrix, matrix, static_cast<int>(std::ceil((high - low) / slice))};
  const double half = pixel * (matrix - 1) / 2;
  g.origin = {x - half, y - half, low};
  return g;
}

}  // namespace

Protocol protocol_of(dicom::Vendor vendor, Session session, Detail detail) {
  Protocol p;
  const bool second = session == Session::fdg;
  if (detail == Detail::small) {
    p.ct_matrix = 160;
    p.ct_pixel = second ? 3.2 : 3.0;
    p.ct_slice = 4;
    p.pet_matrix = second ? 128 : 120;
    p.pet_pixel = 4;
    p.pet_slice = 4;
    p.bed_slices = 60;
    p.psf_fwhm = 6;
    p.liver_noise = 0.09;
    p.noise_fwhm = 7;
    p.ct_noise_hu = 8;
  } else if (vendor == dicom::Vendor::siemens) {
    if (second) p.ct_pixel = 1.171875;
  } else if (vendor == dicom::Vendor::ge) {
    p.pet_matrix = 192;
    p.pet_pixel = 3.6458;
    p.ct_slice = p.pet_slice = 3.27;
    if (second) p.ct_slice = 3.75;
    p.bed_slices = 47;
  } else {
    p.pet_matrix = second ? 144 : 169;
    p.pet_pixel = p.pet_slice = 4;
    p.ct_slice = second ? 5 : 4;
    p.ct_pixel = 1.171875;
    p.bed_slices = 45;
    p.psf_fwhm = 6;
  }
  if (second) {
    p.below_mm += 25;
    p.above_mm -= 4;
    p.psf_fwhm -= 0.4;  // the positron of fluorine travels less far
    p.ct_noise_hu *= 1.25;
  }
  return p;
}

Grids grids_of(const Protocol& protocol, const Pose& pose, const BodyPlan& plan, Session session) {
  const auto place = [&](double z) {
    const Vec3 body{0, 0, z * plan.scale.z};
    return session == Session::sstr ? pose.to_sstr(body) : pose.to_fdg(body);
  };
  // Technicians plan the scan from whole numbers on the table's scale.
  const double low = std::floor(place(0).z - protocol.below_mm),
               high = std::ceil(place(kVertexMm).z + protocol.above_mm);
  const double x = std::round(place(350).x), y = std::round(place(350).y);
  return {grid(protocol.ct_matrix, protocol.ct_pixel, protocol.ct_slice, x, y, low, high),
          grid(protocol.pet_matrix, protocol.pet_pixel, protocol.pet_slice, x, y, low + 0.5, high)};
}

}  // namespace netpet::phantom
