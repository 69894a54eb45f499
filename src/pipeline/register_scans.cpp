#include "pipeline/register_scans.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>

#include "image/png.h"
#include "image/resample.h"
#include "pipeline/saved_registration.h"
#include "pipeline/scan_at.h"
#include "record/json.h"
#include "registration/register_ct.h"
#include "registration/rigid.h"
#include "report/registration_picture.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using record::Json;

constexpr std::int16_t air_hu = -1024;
constexpr std::size_t most_points = 1'000'000;
constexpr const char* displacement_file =
    "displacement.nii";  // plain: packed, it would take longer than finding it

/// A row "x,y,z"; further columns are ignored. Nothing where one is no finite number.
bool parse_point(const std::string& line, space::PointLps& point) {
  std::istringstream in(line);
  in.imbue(std::locale::classic());
  char comma = ',', second = ',';
  if (!(in >> point.x >> comma >> point.y >> second >> point.z) || comma != ',' || second != ',')
    return false;
  return std::isfinite(point.x) && std::isfinite(point.y) && std::isfinite(point.z);
}

std::vector<space::PointLps> read_points(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw Error::input("file_missing", "the file of points cannot be opened").in_file(file.string());
  std::vector<space::PointLps> points;
  std::string line;
  for (std::size_t row = 1; std::getline(in, line); ++row) {
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    space::PointLps point;
    if (parse_point(line, point))
      points.push_back(point);
    else if (row > 1)  // the first row may name the columns
      throw Error::input("points_malformed", fmt::format("row {} is not x,y,z in mm", row))
          .in_file(file.string());
    if (points.size() > most_points)
      throw Error::input("points_malformed", fmt::format("more than {} points", most_points))
          .in_file(file.string());
  }
  return points;
}

/// Coordinates and rotations to 1e-9: six digits would move a far place by more than the error found.
double exact(double value) {
  return std::round(value * 1e9) / 1e9 + 0.0;
}

Json json_of_point(space::PointLps p) {
  return {exact(p.x), exact(p.y), exact(p.z)};
}

Json document_of(const RegistrationOutput& output) {
  Json rigid = Json::array(), points = Json::array();
  for (const double element : output.registration.rigid.row_major()) rigid.push_back(exact(element));
  for (const MappedPoint& point : output.points)
    points.push_back({{"fixed_lps_mm", json_of_point(point.fixed_lps_mm)},
                      {"moving_lps_mm", json_of_point(point.moving_lps_mm)},
                      {"error_mm", record::number(point.error_mm)}});
  return {{"method", output.registration.method},
          {"rigid", rigid},
          {"displacement", displacement_file},
          {"points", points},
          {"quality", record::json_of(output.registration.quality)},
          {"error_mm", record::json_of(output.registration.error_mm)},
          {"warnings", record::json_of(output.registration.warnings)},
          {"seconds", record::number(output.registration.seconds)}};
}

template <class Volume>
struct Pair {
  Volume fixed, moving;
};

template <class Volume>
Pair<Volume> read_pair(const RegistrationRequest& request,
                       Volume (*read)(const std::filesystem::path&, const base::Run&), const base::Run& run) {
  run.stage("reading the scans");
  auto fixed = base::within("reading the fixed scan", [&] { return read(request.fixed, run); });
  return {std::move(fixed),
          base::within("reading the moving scan", [&] { return read(request.moving, run); })};
}

template <class Voxel>
void write_volumes(const Pair<image::Volume<Voxel>>& pair, Voxel outside, const RegistrationRequest& request,
                   const space::Transform& fixed_to_moving, const std::filesystem::path& folder,
                   const base::Run& run) {
  // Packing keeps one thread busy while the others follow the transform.
  auto packed = std::async(
      std::launch::async,
      [resampled = image::resample_linear(pair.moving, pair.fixed.geometry(), fixed_to_moving, outside, run),
       file = folder / "moving_on_fixed.nii.gz"] { image::write_nifti(resampled, file); });
  image::write_nifti_displacement(pair.fixed.geometry(), fixed_to_moving, folder / displacement_file,
                                  request.intent, run);
  packed.get();
}

/// The saved registration where one is given, else what `compute` finds.
template <class Volume, class Compute>
record::Registration found_or_saved(const RegistrationRequest& request, const Pair<Volume>& scans,
                                    const std::filesystem::path& folder, const base::Run& run,
                                    Compute&& compute) {
  run.stage("registration");
  const RegisteredPair pair{identity_of(scans.fixed), identity_of(scans.moving)};
  record::Registration registration =
      request.saved ? load_registration(*request.saved, pair) : compute(scans.fixed, scans.moving);
  save_registration(registration, pair, folder);
  return registration;
}

}  // namespace

RegistrationOutput register_into(const RegistrationRequest& request, const std::filesystem::path& out,
                                 base::Occupied occupied, const base::Resources& resources,
                                 const base::Run& run) {
  auto folder = base::StagedOutput::folder(out, occupied);
  const auto places = request.points.empty() ? std::vector<space::PointLps>() : read_points(request.points);
  RegistrationOutput output;
  const auto describe = [&] {
    for (const space::PointLps& place : places)
      output.points.push_back({place, output.registration.fixed_to_moving(place),
                               registration::error_at(output.registration, place)});
    output.json = record::text_of(document_of(output));
    run.stage("writing");
    base::write_file(folder.path() / "transform.json", output.json);
  };
  if (request.scans == RegisteredScans::pet) {
    const auto pets = read_pair<image::PetVolume>(request, read_pet_at, run);
    output.registration =
        found_or_saved(request, pets, folder.path(), run, [&](const auto& fixed, const auto& moving) {
          return registration::register_rigid_pet(fixed, moving, run);
        });
    describe();
    write_volumes(pets, 0.0F, request, output.registration.fixed_to_moving, folder.path(), run);
  } else {
    const auto cts = read_pair<image::CtVolume>(request, read_ct_at, run);
    output.registration =
        found_or_saved(request, cts, folder.path(), run, [&](const auto& fixed, const auto& moving) {
          return request.freedom == registration::Freedom::rigid
                     ? registration::register_rigid_ct(fixed, moving, run)
                     : registration::register_ct(fixed, moving, registration::load_error_model(resources),
                                                 run);
        });
    describe();
    write_volumes(cts, air_hu, request, output.registration.fixed_to_moving, folder.path(), run);
    base::write_file(folder.path() / "registration.png", image::encode_png(report::draw_registration(
                                                             cts.fixed, cts.moving, output.registration)));
  }
  folder.commit();
  return output;
}

}  // namespace netpet::pipeline
