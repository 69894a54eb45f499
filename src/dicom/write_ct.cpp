#include "dicom/write_ct.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/parallel_for.h"
#include "dicom/slice_file.h"

namespace netpet::dicom {
namespace {

constexpr int intercept = -1024;

std::string soft_tissue_kernel(Vendor vendor) {
  switch (vendor) {
    case Vendor::siemens:
      return "B30f";
    case Vendor::ge:
      return "STANDARD";
    default:
      return "B";
  }
}

SliceFile::Stored layout_of(Vendor vendor) {
  return vendor == Vendor::ge ? SliceFile::Stored::signed_16 : SliceFile::Stored::unsigned_16;
}

void put_ct_image(SliceFile& file, const StudyToWrite& study, const CtAcquisition& ct,
                  const space::Geometry& grid) {
  file.put({0x0008, 0x0008}, "ORIGINAL\\PRIMARY\\AXIAL");
  file.put({0x0018, 0x0060}, ct.kvp);
  file.put({0x0018, 0x1100}, grid.spacing.x * grid.size[0]);
  file.put({0x0018, 0x1120}, "0");
  file.put({0x0018, 0x1151}, std::to_string(std::lround(ct.tube_current_ma)));
  file.put({0x0018, 0x1210}, ct.kernel.empty() ? soft_tissue_kernel(study.vendor) : ct.kernel);
  file.put({0x0018, 0x5100}, "HFS");
  file.put({0x0020, 0x0012}, "1");
  file.put({0x0028, 0x1050}, "40");
  file.put({0x0028, 0x1051}, "400");
  file.put({0x0028, 0x1052}, std::to_string(intercept));
  file.put({0x0028, 0x1053}, "1");
  file.put({0x0028, 0x1054}, "HU");
}

}  // namespace

WrittenSeries write_ct(const image::CtVolume& hounsfield, const StudyToWrite& study,
                       const CtAcquisition& acquisition, const std::filesystem::path& folder,
                       const base::Run& run) {
  base::check(!hounsfield.empty(), "an empty CT cannot be written");
  const space::Geometry& grid = hounsfield.geometry();
  const auto slices = static_cast<std::size_t>(grid.size[2]);
  const std::size_t in_slice = grid.voxels() / slices;
  std::filesystem::create_directories(folder);
  WrittenSeries result;
  result.uid =
      uid_of_seed(fmt::format("{}/CT/{}/{}", study.uid_seed, acquisition.number, acquisition.description));
  result.files.resize(slices);

  base::parallel_for(run, slices, 4, [&](std::size_t begin, std::size_t end) {
    std::vector<std::uint16_t> stored(in_slice);
    for (std::size_t k = begin; k < end; ++k) {
      SliceOfSeries slice;
      slice.sop_class_uid = "1.2.840.10008.5.1.4.1.1.2";
      slice.modality = "CT";
      slice.series_uid = result.uid;
      slice.series_description = acquisition.description;
      slice.series_number = acquisition.number;
      slice.instance_number = instance_number(study.vendor, grid, static_cast<int>(k));
      slice.series_started = slice.acquired = acquisition.started;
      slice.model = model_of(study.vendor);

      const std::int16_t* from = hounsfield.voxels().data() + k * in_slice;
      std::transform(from, from + in_slice, stored.begin(),
                     [](int hu) { return static_cast<std::uint16_t>(std::clamp(hu - intercept, 0, 32767)); });
      SliceFile file;
      file.put_identity(study, slice);
      put_ct_image(file, study, acquisition, grid);
      file.put_plane(grid, static_cast<int>(k), layout_of(study.vendor));
      file.put_pixels(stored);
      result.files[k] = folder / file_name(study, slice);
      file.save(result.files[k]);
    }
  });
  return result;
}

}  // namespace netpet::dicom
