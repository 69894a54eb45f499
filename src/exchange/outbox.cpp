#include "exchange/outbox.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"
#include "dicom/toolkit.h"

namespace netpet::exchange {
namespace {

namespace fs = std::filesystem;
using base::Error;

bool is_dicom(const fs::path& file) {
  try {
    dicom::examine(file);
    return true;
  } catch (const Error&) {
    return false;
  }
}

void add_folder(const fs::path& folder, std::vector<fs::path>& files) {
  const bool is_output = fs::is_regular_file(folder / "reading.json") && fs::is_directory(folder / "dicom");
  for (const auto& entry : fs::recursive_directory_iterator(is_output ? folder / "dicom" : folder))
    if (entry.is_regular_file() && is_dicom(entry.path())) files.push_back(entry.path());
}

/// Whether a reading was signed; a document that cannot be read is not.
bool is_signed(const fs::path& reading) {
  std::ifstream file(reading, std::ios::binary);
  if (!file) return false;
  const auto document = nlohmann::json::parse(file, nullptr, false);
  if (!document.is_object()) return false;
  const auto found = document.find("signed");
  return found != document.end() && !found->is_null() && *found != false;
}

bool is_own_result(const fs::path& file) {
  const dicom::DataSet data_set(file, dicom::examine(file), dicom::HeaderPart::leading);
  return data_set.attributes().text(dicom::tags::manufacturer) == "netpet";
}

}  // namespace

Outbox outbox_of(const std::vector<fs::path>& paths) {
  dicom::prepare_toolkit();
  Outbox outbox;
  for (const fs::path& path : paths) {
    if (fs::is_directory(path)) {
      add_folder(path, outbox.files);
    } else {
      if (!fs::exists(path))
        throw Error::input("file_missing", "there is no such file").in_file(path.string());
      dicom::examine(path);
      outbox.files.push_back(path);
    }
  }
  std::sort(outbox.files.begin(), outbox.files.end());
  outbox.files.erase(std::unique(outbox.files.begin(), outbox.files.end()), outbox.files.end());
  if (outbox.files.empty())
    throw Error::input("no_dicom", "there is no DICOM object to send").in_file(paths.front().string());
  std::map<fs::path, bool> signed_readings;
  for (const fs::path& file : outbox.files) {
    if (!is_own_result(file)) continue;
    const fs::path reading = fs::absolute(file).parent_path().parent_path() / "reading.json";
    const auto [known, is_new] = signed_readings.try_emplace(reading, false);
    if (is_new) known->second = is_signed(reading);
    if (!known->second) outbox.unsigned_results.push_back(file);
  }
  return outbox;
}

}  // namespace netpet::exchange
