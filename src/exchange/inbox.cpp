#include "exchange/inbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"

namespace netpet::exchange {

namespace fs = std::filesystem;

bool is_uid(const std::string& text) {
  constexpr std::size_t most = 64;
  return !text.empty() && text.size() <= most &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; }) &&
         text.front() != '.';
}

Inbox::Inbox(std::vector<RemoteObject> wanted, fs::path folder)
    : folder_(std::move(folder)), arrivals_(folder_ / "arrivals") {
  for (RemoteObject& object : wanted)
    if (is_uid(object.study_uid) && is_uid(object.series_uid) && is_uid(object.sop_instance_uid))
      wanted_.emplace(object.sop_instance_uid, std::move(object));
  fs::create_directories(arrivals_);
}

fs::path Inbox::next_arrival() {
  return arrivals_ / fmt::format("{:06}", next_++);
}

bool Inbox::keep(const fs::path& file) {
  const dicom::FileLayout layout = dicom::examine(file);
  if (layout.pixels && layout.pixels->completeness == dicom::Completeness::cut_short) return false;
  const dicom::DataSet data_set(file, layout, dicom::HeaderPart::whole);
  const dicom::Attributes& attributes = data_set.attributes();
  const auto found = wanted_.find(attributes.text(dicom::tags::sop_instance_uid));
  if (found == wanted_.end()) return false;
  const RemoteObject& object = found->second;
  if (attributes.text(dicom::tags::series_instance_uid) != object.series_uid ||
      attributes.text(dicom::tags::study_instance_uid) != object.study_uid)
    return false;
  const fs::path series = folder_ / object.study_uid / object.series_uid;
  fs::create_directories(series);
  fs::rename(file, series / (object.sop_instance_uid + ".dcm"));
  return arrived_.insert(object.sop_instance_uid).second;
}

std::size_t Inbox::sort() {
  std::size_t kept = 0;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(arrivals_)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    bool is_new = false;
    try {
      is_new = keep(file);
    } catch (const base::Error& error) {
      if (error.kind() != base::ErrorKind::input) throw;
    }
    if (is_new)
      ++kept;
    else
      ++thrown_away_;
    fs::remove(file);
  }
  if (wanted_.size() == arrived_.size()) fs::remove(arrivals_);
  return kept;
}

std::vector<RemoteObject> Inbox::missing() const {
  std::vector<RemoteObject> objects;
  for (const auto& [uid, object] : wanted_)
    if (!arrived_.contains(uid)) objects.push_back(object);
  std::sort(objects.begin(), objects.end(), [](const RemoteObject& a, const RemoteObject& b) {
    return std::tie(a.study_uid, a.series_uid, a.sop_instance_uid) <
           std::tie(b.study_uid, b.series_uid, b.sop_instance_uid);
  });
  return objects;
}

}  // namespace netpet::exchange
