#include "pipeline/ct_at.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_ct.h"
#include "image/nifti.h"

namespace netpet::pipeline {
namespace {

using base::Error;

image::CtVolume ct_of_nifti(const std::filesystem::path& file) {
  const image::PetVolume read = image::read_nifti_float(file);
  image::CtVolume ct(read.geometry());
  for (std::size_t n = 0; n < ct.voxels().size(); ++n)
    ct[n] = static_cast<std::int16_t>(std::lround(std::clamp(read[n], -32768.0f, 32767.0f)));
  return ct;
}

}  // namespace

image::CtVolume read_ct_at(const std::filesystem::path& place, const base::Run& run) {
  if (std::filesystem::is_regular_file(place)) return ct_of_nifti(place);
  dicom::Headers headers;
  const record::Catalogue catalogue = dicom::scan_folder(place, headers, run);
  std::vector<const record::Series*> cts;
  for (const auto& patient : catalogue.patients)
    for (const auto& study : patient.studies)
      for (const auto& series : study.series)
        if (series.role == record::SeriesRole::ct) cts.push_back(&series);
  if (cts.empty())
    throw Error::input("no_ct_series", "the folder holds no CT series").in_file(place.string());
  if (cts.size() > 1)
    throw Error::input("several_ct_series",
                       fmt::format("the folder holds {} CT series; give the folder of one", cts.size()))
        .in_file(place.string());
  return dicom::read_ct(*cts.front(), run, headers);
}

}  // namespace netpet::pipeline
