#include "dicom/catalogue.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <variant>

#include "base/error.h"
#include "base/parallel_for.h"
#include "dicom/instance.h"
#include "dicom/series_role.h"
#include "dicom/slice_stack.h"
#include "dicom/toolkit.h"

namespace netpet::dicom {
namespace {

namespace fs = std::filesystem;
using base::Error;
using record::SeriesRole;

constexpr std::size_t files_a_chunk = 16;

std::vector<fs::path> files_below(const fs::path& folder) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed))
    throw Error::input("folder_missing", fmt::format("there is no folder \"{}\"", folder.string()))
        .in_file(folder.string());
  std::vector<fs::path> files;
  const auto options = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(folder, options, failed), end; at != end && !failed;
       at.increment(failed)) {
    std::error_code ignored;
    if (!at->is_directory(ignored)) files.push_back(at->path());
  }
  if (failed)
    throw Error::input("file_unreadable", "cannot list the folder: " + failed.message())
        .in_file(folder.string());
  if (files.empty())
    throw Error::input("folder_empty", fmt::format("the folder \"{}\" holds no files", folder.string()))
        .in_file(folder.string());
  std::sort(files.begin(), files.end());
  return files;
}

struct NotDicom {};
using Outcome = std::variant<NotDicom, record::UnreadableFile, std::shared_ptr<const FileHeader>>;

/// A name that promises DICOM makes a file that is none a broken one.
bool promises_dicom(const fs::path& file) {
  std::string extension = file.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return extension == ".dcm" || extension == ".dicom" || extension == ".ima";
}

Outcome look_at(const fs::path& file) {
  try {
    auto header = std::make_shared<const FileHeader>(read_header(file));
    if (is_directory_object(header->images.front().sop_class_uid)) return NotDicom{};
    return header;
  } catch (const Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    if (error.code() == "not_dicom" && !promises_dicom(file)) return NotDicom{};
    return record::UnreadableFile{file, error.code(), error.message()};
  }
}

std::vector<Outcome> look_at_all(const std::vector<fs::path>& files, const base::Run& run) {
  std::vector<Outcome> outcomes(files.size());
  std::atomic<std::size_t> done{0};
  base::parallel_for(run, files.size(), files_a_chunk, [&](std::size_t begin, std::size_t end) {
    for (std::size_t n = begin; n < end; ++n) outcomes[n] = look_at(files[n]);
    run.fraction(static_cast<double>(done += end - begin) / static_cast<double>(files.size()));
  });
  return outcomes;
}

void add_once(std::vector<record::Warning>& problems, record::Warning problem) {
  if (std::find(problems.begin(), problems.end(), problem) == problems.end())
    problems.push_back(std::move(problem));
}

/// The role that most objects of a series have; the first in the order of roles on a tie.
SeriesRole common_role(const std::vector<Instance>& instances) {
  std::map<SeriesRole, std::size_t> votes;
  for (const Instance& one : instances) ++votes[role_of(one)];
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

/// One to three CT images that do not lie one above another, or stand upright, are a scout whatever their
/// header calls them.
bool looks_like_scout(const std::vector<Instance>& instances) {
  constexpr std::size_t most_scouts = 3;
  constexpr double upright = 0.5;  // cosine between normal and body axis: beyond 60° no CT is acquired
  return instances.size() <= most_scouts &&
         std::all_of(instances.begin(), instances.end(), [](const Instance& one) {
           return one.plane && std::abs(cross(one.plane->along_columns, one.plane->along_rows).z) < upright;
         });
}

bool is_image_stack(SeriesRole role) {
  return role == SeriesRole::pet_ac || role == SeriesRole::pet_nac || role == SeriesRole::ct;
}

/// Adds the file of an image once, however many frames it holds and wherever they lie.
void add_file(record::Series& series, const Instance& image) {
  const bool known = image.frame != 0 &&
                     std::find(series.files.begin(), series.files.end(), image.file) != series.files.end();
  if (!known) series.files.push_back(image.file);
}

/// Puts the files in the order of slices, or says why the series cannot be read.
void order_files(record::Series& series, const std::vector<Instance>& instances) {
  try {
    const SliceStack stack = stack_slices(instances);
    series.files.clear();
    for (const std::size_t which : stack.order) add_file(series, instances[which]);
  } catch (const Error& error) {
    if (error.kind() != base::ErrorKind::input) throw;
    add_once(series.problems, {error.code(), error.message()});
  }
  const auto declared = instances.front().number_of_slices;
  if (declared && *declared > 0 && static_cast<std::size_t>(*declared) > instances.size())
    add_once(series.problems,
             {"fewer_slices_than_declared",
              fmt::format("the header speaks of {} slices, {} are here", *declared, instances.size())});
}

record::Series series_of(std::vector<Instance> instances) {
  const Instance& first = instances.front();
  record::Series series;
  series.uid = first.series_uid;
  series.study_uid = first.study_uid;
  series.patient_id = first.patient.id;
  series.modality = first.modality;
  series.description = first.series_description;
  series.frame_of_reference_uid = first.frame_of_reference_uid;
  series.role = common_role(instances);
  if (series.role == SeriesRole::ct && looks_like_scout(instances)) series.role = SeriesRole::localizer;
  series.scanner =
      first.manufacturer + (first.manufacturer.empty() || first.model.empty() ? "" : " ") + first.model;
  series.ct = first.ct;
  series.images = instances.size();
  if (first.format) {
    series.rows = first.format->rows;
    series.columns = first.format->columns;
  }
  for (const Instance& one : instances) {
    add_file(series, one);
    if (one.acquired && (!series.acquired || *one.acquired < *series.acquired))
      series.acquired = one.acquired;
    for (const record::Warning& problem : one.problems) add_once(series.problems, problem);
    if (one.lossy)
      add_once(series.problems,
               {"lossy_compression",
                "pixels were compressed with loss: values are not exactly those of the scanner"});
  }
  if (series.uid.empty())
    add_once(series.problems, {"no_series_uid",
                               "the objects do not say to which series they belong; they were grouped by "
                               "folder, frame of reference and description"});
  if (is_image_stack(series.role)) order_files(series, instances);
  return series;
}

/// Objects whose identifiers were removed form a series where they lie in one folder and share their space
/// and kind.
std::string series_key(const Instance& one) {
  if (!one.series_uid.empty()) return one.series_uid;
  return fmt::format("\n{}\n{}\n{}\n{}", one.file.parent_path().string(), one.modality,
                     one.frame_of_reference_uid, one.series_description);
}

/// Objects without a patient id are told apart by name and birth date.
std::string patient_key(const record::Patient& patient) {
  return patient.id.empty() ? "\n" + patient.name + "\n" + patient.birth_date : patient.id;
}

/// A name without the empty components that some systems leave out, in capitals of ASCII.
std::string comparable_name(std::string name) {
  while (!name.empty() && (name.back() == '^' || name.back() == ' ')) name.pop_back();
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return name;
}

/// One id with two names or two birth dates may be two people. What is missing differs from nothing.
void compare_patients(record::Series& series, const record::Patient& known, const record::Patient& here) {
  const auto differ = [](const std::string& a, const std::string& b) {
    return !a.empty() && !b.empty() && a != b;
  };
  if (differ(comparable_name(known.name), comparable_name(here.name)) ||
      differ(known.birth_date, here.birth_date) || differ(known.sex, here.sex))
    add_once(series.problems,
             {"patient_differs",
              fmt::format(
                  "the patient id \"{}\" stands for \"{}\", born {}, sex {}, and here for \"{}\", born {}, "
                  "sex {}",
                  known.id, known.name, known.birth_date, known.sex, here.name, here.birth_date, here.sex)});
}

/// Sorts series into studies and studies into patients. A series stands under the patient and study of its
/// first object; that it also holds others is one of its problems.
std::vector<record::PatientStudies> group(std::map<std::string, std::vector<Instance>>&& by_series) {
  using StudyKey = std::pair<std::string, std::string>;  // patient, study
  std::map<StudyKey, record::Study> studies;
  std::map<std::string, record::Patient> patients;
  for (auto& [key, instances] : by_series) {
    std::sort(instances.begin(), instances.end(), [](const Instance& a, const Instance& b) {
      return std::tie(a.sop_instance_uid, a.file, a.frame) < std::tie(b.sop_instance_uid, b.file, b.frame);
    });
    const Instance& first = instances.front();
    const std::string patient = patient_key(first.patient);
    const record::Patient here = first.patient;
    const record::Patient known = patients.try_emplace(patient, here).first->second;
    record::Study& study = studies[{patient, first.study_uid}];
    study.uid = first.study_uid;
    if (!study.date) study.date = first.study_date;
    if (study.description.empty()) study.description = first.study_description;
    study.series.push_back(series_of(std::move(instances)));
    compare_patients(study.series.back(), known, here);
  }
  std::vector<record::PatientStudies> result;
  for (auto& [key, patient] : patients) {
    result.push_back({patient, {}});
    for (auto& [study_key, study] : studies)
      if (study_key.first == key) result.back().studies.push_back(std::move(study));
    std::stable_sort(result.back().studies.begin(), result.back().studies.end(),
                     [](const record::Study& a, const record::Study& b) { return a.date < b.date; });
  }
  return result;
}

[[noreturn]] void refuse_no_dicom(const fs::path& folder, std::size_t files,
                                  const std::vector<record::UnreadableFile>& unreadable) {
  std::string message =
      fmt::format("none of the {} files in \"{}\" is a usable DICOM object", files, folder.string());
  if (!unreadable.empty()) {
    const record::UnreadableFile& first = unreadable.front();
    message +=
        fmt::format("; the first is {} [{}]: {}", first.file.filename().string(), first.code, first.message);
  }
  throw Error::input("no_dicom", message).in_file(folder.string());
}

}  // namespace

record::Catalogue scan_folder(const fs::path& folder, const base::Run& run) {
  Headers forgotten;
  return scan_folder(folder, forgotten, run);
}

record::Catalogue scan_folder(const fs::path& folder, Headers& headers, const base::Run& run) {
  prepare_toolkit();
  const auto files = files_below(folder);
  run.stage(fmt::format("dicom: {} files", files.size()));
  record::Catalogue catalogue;
  std::map<std::string, std::vector<Instance>> by_series;
  for (Outcome& outcome : look_at_all(files, run)) {
    if (std::holds_alternative<NotDicom>(outcome)) ++catalogue.other_files;
    if (auto* bad = std::get_if<record::UnreadableFile>(&outcome))
      catalogue.unreadable.push_back(std::move(*bad));
    if (auto* header = std::get_if<std::shared_ptr<const FileHeader>>(&outcome)) {
      const std::vector<Instance>& images = (*header)->images;
      const Instance& first = images.front();
      if (first.layout.pixels && first.layout.pixels->completeness == Completeness::cut_short)
        // Named here, and kept in its series: without it the series would be read as if it were whole.
        catalogue.unreadable.push_back(
            {first.file, "truncated_pixels", "the file ends before its pixels do; copy or export it again"});
      std::vector<Instance>& series = by_series[series_key(first)];
      series.insert(series.end(), images.begin(), images.end());
      headers.add(std::move(*header));
    }
  }
  if (by_series.empty()) refuse_no_dicom(folder, files.size(), catalogue.unreadable);
  catalogue.patients = group(std::move(by_series));
  return catalogue;
}

}  // namespace netpet::dicom
