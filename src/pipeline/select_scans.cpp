#include "pipeline/select_scans.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "dicom/catalogue.h"
#include "dicom/read_pet.h"
#include "pipeline/identity.h"
#include "pipeline/value_mappings.h"
#include "suv/tracer_recognition.h"

namespace netpet::pipeline {
namespace {

using base::Error;
using record::Role;
using record::Series;
using record::SeriesRole;
using record::TracerClass;

/// A PET series that could be read, with what it shows and of whom.
struct PetChoice {
  const record::Study* study;
  const Series* series;
  record::Patient patient;
  suv::RecognisedTracer recognised;
  std::string nuclide;

  TracerClass tracer_class() const { return recognised.tracer.tracer_class; }
};

/// A folder whose headers were read.
struct Folder {
  std::filesystem::path path;
  record::Catalogue catalogue;
  dicom::Headers headers;
};

/// The one patient of a folder.
const record::PatientStudies& only_patient(const Folder& folder) {
  const record::Catalogue& catalogue = folder.catalogue;
  if (catalogue.patients.empty())
    throw Error::input("no_dicom", "the folder holds no DICOM file that can be read")
        .in_file(folder.path.string());
  if (catalogue.patients.size() > 1)
    throw Error::input(
        "mixed_patients",
        fmt::format("the folder holds studies of {} patients: {} and {}; give one patient's folder",
                    catalogue.patients.size(), described(catalogue.patients[0].patient),
                    described(catalogue.patients[1].patient)))
        .in_file(folder.path.string());
  return catalogue.patients.front();
}

std::vector<PetChoice> pet_choices(const Folder& folder, const base::Resources& resources,
                                   const base::Run& run) {
  const record::PatientStudies& patient = only_patient(folder);
  std::vector<PetChoice> choices;
  bool uncorrected = false;
  for (const auto& study : patient.studies)
    for (const auto& series : study.series) {
      uncorrected = uncorrected || series.role == SeriesRole::pet_nac;
      if (series.role != SeriesRole::pet_ac) continue;
      const record::PetHeader header = dicom::read_pet_header(series, run, folder.headers);
      choices.push_back({&study, &series, header.patient, suv::recognise_tracer(header, resources),
                         suv::radionuclide_of(header, resources)});
    }
  if (choices.empty() && uncorrected)
    throw Error::input("nac_only",
                       "the only PET series is not attenuation-corrected; export the corrected (AC) series")
        .in_file(folder.path.string())
        .at_tag("(0028,0051)");
  if (choices.empty())
    throw Error::input("no_pet", "the folder holds no PET series").in_file(folder.path.string());
  return choices;
}

/// Of several reconstructions of one study the one with most slices, then the finest, then the first UID.
PetChoice best_reconstruction(std::vector<PetChoice> choices, std::vector<record::Warning>& warnings) {
  std::sort(choices.begin(), choices.end(), [](const PetChoice& a, const PetChoice& b) {
    const auto rank = [](const PetChoice& c) {
      return std::tuple(-static_cast<long>(c.series->files.size()), -c.series->rows, c.series->uid);
    };
    return rank(a) < rank(b);
  });
  if (choices.size() > 1)
    warnings.push_back(
        {"several_pet_series",
         fmt::format("the study holds {} corrected PET series; \"{}\" with {} slices was read (series {})",
                     choices.size(), choices[0].series->description, choices[0].series->files.size(),
                     choices[0].series->uid)});
  return choices.front();
}

std::optional<Series> ct_of(const PetChoice& pet) {
  const Series* best = nullptr;
  for (const auto& series : pet.study->series) {
    if (series.role != SeriesRole::ct || series.frame_of_reference_uid != pet.series->frame_of_reference_uid)
      continue;
    const bool better = !best || series.files.size() > best->files.size() ||
                        (series.files.size() == best->files.size() && series.uid < best->uid);
    if (better) best = &series;
  }
  return best ? std::optional(*best) : std::nullopt;
}

SelectedScan scan_of(std::vector<PetChoice> choices, const Folder& folder) {
  SelectedScan scan;
  scan.headers = folder.headers;
  const PetChoice pet = best_reconstruction(std::move(choices), scan.warnings);
  scan.patient = pet.patient;
  scan.pet = *pet.series;
  scan.tracer = pet.recognised.tracer;
  scan.warnings.insert(scan.warnings.end(), pet.recognised.warnings.begin(), pet.recognised.warnings.end());
  scan.ct = ct_of(pet);
  scan.mappings = mapping_series(*pet.study);
  if (!scan.ct)
    scan.warnings.push_back(
        {"no_ct", "no CT shares the PET's frame of reference; organs and alignment rest on the PET alone"});
  return scan;
}

void refuse_several_studies(const std::vector<PetChoice>& choices, std::string_view role) {
  const auto elsewhere = std::find_if(choices.begin(), choices.end(),
                                      [&](const PetChoice& c) { return c.study != choices[0].study; });
  if (elsewhere != choices.end())
    throw Error::input(
        "several_studies",
        fmt::format("several studies could be the {} scan ({} and {}); give the folder of one with --{}",
                    role, choices[0].study->uid, elsewhere->study->uid, role));
}

/// A tracer without a name contradicts a role only by a nuclide with which no tracer of that role exists.
bool contradicts(const PetChoice& choice, Role role, const base::Resources& resources) {
  switch (choice.tracer_class()) {
    case TracerClass::unknown:
      return !suv::nuclide_fits(choice.nuclide, role, resources);
    case TracerClass::sstr:
    case TracerClass::therapy:
      return role != Role::sstr;
    case TracerClass::fdg:
      return role != Role::fdg;
    case TracerClass::other:
      return true;
  }
  return true;
}

/// "18F-FDG", with the nuclide where the name does not hold it.
std::string named(const PetChoice& choice) {
  const record::Tracer& tracer = choice.recognised.tracer;
  return !tracer.compound.empty() || choice.nuclide.empty()
             ? tracer.name
             : fmt::format("\"{}\" with {}", tracer.name, choice.nuclide);
}

/// What is said of a scan whose compound the header does not name so that it can be believed.
void warn_of_unknown_tracer(SelectedScan& scan, std::string_view role) {
  const bool said = std::any_of(scan.warnings.begin(), scan.warnings.end(), [](const record::Warning& one) {
    return one.code == "tracer_contradictory";
  });
  if (!scan.tracer.compound.empty() || said) return;
  scan.warnings.push_back(
      {"tracer_unknown",
       fmt::format("the header names no known tracer (\"{}\"); read as {} because {}", scan.tracer.name, role,
                   scan.tracer.tracer_class == TracerClass::therapy ? "its nuclide is one of receptor therapy"
                                                                    : "it was given so")});
}

/// The scan of a folder whose role the user named.
SelectedScan scan_in_role(const Folder& folder, Role role, const ReadRequest& request,
                          const base::Resources& resources, const base::Run& run) {
  auto choices = pet_choices(folder, resources, run);
  std::vector<PetChoice> fitting;
  for (const auto& choice : choices)
    if (!contradicts(choice, role, resources)) fitting.push_back(choice);
  const bool accepted = fitting.empty() && request.accepted.contains("tracer_mismatch");
  if (fitting.empty() && !accepted)
    throw Error::input("tracer_mismatch", fmt::format("the scan given as --{} says that its tracer is {}",
                                                      name_of(role), named(choices[0])))
        .in_file(folder.path.string())
        .at_tag("(0054,0016)")
        .acceptable_by("tracer_mismatch");
  if (accepted) fitting = std::move(choices);
  refuse_several_studies(fitting, name_of(role));
  SelectedScan scan = scan_of(std::move(fitting), folder);
  if (accepted)
    scan.warnings.push_back(
        {"tracer_mismatch", fmt::format("read as {} on request, although the header names {}", name_of(role),
                                        scan.tracer.name)});
  warn_of_unknown_tracer(scan, name_of(role));
  return scan;
}

SelectedScans scans_by_tracer(const Folder& folder, const base::Resources& resources, const base::Run& run) {
  std::vector<PetChoice> sstr, therapy, fdg;
  std::string found;
  for (auto& choice : pet_choices(folder, resources, run)) {
    if (choice.tracer_class() == TracerClass::sstr) sstr.push_back(choice);
    if (choice.tracer_class() == TracerClass::therapy) therapy.push_back(choice);
    if (choice.tracer_class() == TracerClass::fdg) fdg.push_back(choice);
    found += fmt::format(
        "{}{}", found.empty() ? "" : "; ",
        choice.recognised.warnings.empty() ? named(choice) : choice.recognised.warnings.front().message);
  }
  if (sstr.empty()) sstr = std::move(therapy);
  if (sstr.empty() && fdg.empty())
    throw Error::input("tracer_unknown",
                       fmt::format("no PET series names an SSTR tracer or FDG ({}); say which is which with "
                                   "--sstr and --fdg",
                                   found))
        .in_file(folder.path.string());
  SelectedScans scans;
  if (!sstr.empty()) {
    refuse_several_studies(sstr, "sstr");
    scans.sstr = scan_of(std::move(sstr), folder);
    warn_of_unknown_tracer(*scans.sstr, "sstr");
  }
  if (!fdg.empty()) {
    refuse_several_studies(fdg, "fdg");
    scans.fdg = scan_of(std::move(fdg), folder);
  }
  return scans;
}

void refuse_other_patient(SelectedScans& scans, const ReadRequest& request) {
  if (!scans.sstr || !scans.fdg) return;
  if (scans.sstr->pet.uid == scans.fdg->pet.uid)
    throw Error::input("same_series", "--sstr and --fdg hold the same PET series")
        .in_file(scans.fdg->pet.files.front().string());
  if (same_patient(scans.sstr->patient, scans.fdg->patient)) {
    if (names_differ(scans.sstr->patient.name, scans.fdg->patient.name))
      scans.fdg->warnings.push_back(
          {"patient_name_differs",
           fmt::format("the SSTR study is of {}, the FDG study of {}: one id, two names; check that both are "
                       "of one person",
                       described(scans.sstr->patient), described(scans.fdg->patient))});
    return;
  }
  const std::string who = fmt::format("the SSTR study is of patient {}, the FDG study of patient {}",
                                      described(scans.sstr->patient), described(scans.fdg->patient));
  if (!request.accepted.contains("patient_mismatch"))
    throw Error::input("patient_mismatch", who)
        .in_file(scans.fdg->pet.files.front().string())
        .at_tag("(0010,0020)")
        .acceptable_by("patient_mismatch");
  scans.fdg->warnings.push_back({"patient_mismatch", who + "; read as one patient on request"});
}

}  // namespace

SelectedScans select_scans(const ReadRequest& request, const base::Resources& resources,
                           const base::Run& run) {
  SelectedScans scans;
  const auto folder_at = [&](const std::filesystem::path& path) {
    run.stage(fmt::format("headers of {}", path.string()));
    Folder folder{path, {}, {}};
    folder.catalogue = dicom::scan_folder(path, folder.headers, run);
    return folder;
  };
  if (request.studies) {
    const Folder folder = folder_at(*request.studies);
    scans = scans_by_tracer(folder, resources, run);
    auto& first = scans.sstr ? scans.sstr : scans.fdg;
    if (!folder.catalogue.unreadable.empty()) first->warnings.push_back(skipped_files(folder.catalogue));
  }
  const auto select = [&](const std::filesystem::path& path, Role role) {
    const Folder folder = folder_at(path);
    SelectedScan scan = scan_in_role(folder, role, request, resources, run);
    if (!folder.catalogue.unreadable.empty()) scan.warnings.push_back(skipped_files(folder.catalogue));
    return scan;
  };
  if (request.sstr) scans.sstr = select(*request.sstr, Role::sstr);
  if (request.fdg) scans.fdg = select(*request.fdg, Role::fdg);
  refuse_other_patient(scans, request);
  return scans;
}

record::Warning skipped_files(const record::Catalogue& catalogue) {
  const auto& first = catalogue.unreadable.front();
  return {"unreadable_file", fmt::format("{} file{} left out; first {} [{}]: {}", catalogue.unreadable.size(),
                                         catalogue.unreadable.size() == 1 ? " was" : "s were",
                                         first.file.string(), first.code, first.message)};
}

}  // namespace netpet::pipeline
