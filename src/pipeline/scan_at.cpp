#include "pipeline/scan_at.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_ct.h"
#include "dicom/read_pet.h"
#include "image/nifti.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using record::SeriesRole;

image::CtVolume ct_of_nifti(const std::filesystem::path& file) {
  const image::PetVolume read = image::read_nifti_float(file);
  image::CtVolume ct(read.geometry());
  for (std::size_t n = 0; n < ct.voxels().size(); ++n)
    ct[n] = static_cast<std::int16_t>(std::lround(std::clamp(read[n], -32768.0f, 32767.0f)));
  return ct;
}

std::vector<record::Series> series_of(const record::Catalogue& catalogue,
                                      std::initializer_list<SeriesRole> roles) {
  std::vector<record::Series> found;
  for (const auto& patient : catalogue.patients)
    for (const auto& study : patient.studies)
      for (const auto& series : study.series)
        if (std::find(roles.begin(), roles.end(), series.role) != roles.end()) found.push_back(series);
  return found;
}

std::string several(std::size_t count, std::string_view what) {
  return fmt::format("the folder holds {} {} series; give the folder of one", count, what);
}

}  // namespace

image::CtVolume read_ct_at(const std::filesystem::path& place, const base::Run& run) {
  if (std::filesystem::is_regular_file(place)) return ct_of_nifti(place);
  dicom::Headers headers;
  const auto cts = series_of(dicom::scan_folder(place, headers, run), {SeriesRole::ct});
  if (cts.empty())
    throw Error::input("no_ct_series", "the folder holds no CT series").in_file(place.string());
  if (cts.size() > 1)
    throw Error::input("several_ct_series", several(cts.size(), "CT")).in_file(place.string());
  return dicom::read_ct(cts.front(), run, headers);
}

image::PetVolume read_pet_at(const std::filesystem::path& place, const base::Run& run) {
  if (std::filesystem::is_regular_file(place)) return image::read_nifti_float(place);
  dicom::Headers headers;
  const auto pets =
      series_of(dicom::scan_folder(place, headers, run), {SeriesRole::pet_ac, SeriesRole::pet_nac});
  if (pets.empty()) throw Error::input("no_pet", "the folder holds no PET series").in_file(place.string());
  if (pets.size() > 1)
    throw Error::input("several_pet_series", several(pets.size(), "PET")).in_file(place.string());
  return dicom::read_pet(pets.front(), run, headers).pixels;
}

}  // namespace netpet::pipeline
