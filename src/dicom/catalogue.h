#pragma once

#include <filesystem>

#include "base/run.h"
#include "dicom/headers.h"
#include "record/study.h"

namespace netpet::dicom {

/// Lists patients, studies and series below a folder, at any depth and whatever the files are called, from
/// headers alone. The files of PET and CT series stand in the order of their slices where the series can be
/// read; what would refuse to be read is a problem of its series, with the code of the refusal. A file that
/// cannot be used is listed in `unreadable` and the rest goes on; files that are not DICOM are counted.
/// Patients, studies and series are sorted by their identifiers, so that the result does not depend on names
/// or threads. Refuses `folder_missing`, `folder_empty`, and `no_dicom` where no file could be used.
record::Catalogue scan_folder(const std::filesystem::path& folder, const base::Run& run);
/// The same, and keeps in `headers` what reading the pixels of the series needs.
record::Catalogue scan_folder(const std::filesystem::path& folder, Headers& headers, const base::Run& run);

}  // namespace netpet::dicom
