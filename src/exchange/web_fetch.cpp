#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/staged_output.h"
#include "dicom/toolkit.h"
#include "exchange/inbox.h"
#include "exchange/web.h"

namespace netpet::exchange {
namespace {

using base::Error;
using Json = nlohmann::json;

constexpr std::size_t page = 500;

/// The first value of an attribute in the DICOM JSON model; empty where there is none.
std::string value_of(const Json& object, const char* tag) {
  const auto found = object.find(tag);
  if (found == object.end() || !found->is_object()) return "";
  const auto values = found->find("Value");
  if (values == found->end() || !values->is_array() || values->empty() || !values->front().is_string())
    return "";
  return values->front().get<std::string>();
}

/// All pages of a list.
std::vector<Json> list(Http& http, const std::string& path, int retries) {
  std::vector<Json> all;
  for (std::string first_of_last_page;;) {
    const std::string address = fmt::format(
        "{}{}limit={}&offset={}", path, path.find('?') == std::string::npos ? '?' : '&', page, all.size());
    const HttpResponse response =
        http.until_answered(retries, [&] { return http.get(address, "application/dicom+json"); });
    if (response.status == 204 || response.body.empty()) return all;
    Json answer = Json::parse(response.body, nullptr, false);
    if (!answer.is_array()) throw Error::environment("answer_malformed", "the server's answer is no list");
    if (answer.empty()) return all;
    // A server that knows no pages answers with the same list again.
    const std::string first = answer.front().dump();
    if (first == first_of_last_page) return all;
    first_of_last_page = first;
    const bool last = answer.size() < page;
    for (Json& one : answer) all.push_back(std::move(one));
    if (last) return all;
  }
}

std::vector<std::string> studies(Http& http, const RemoteQuery& query, int retries) {
  if (query.patient_id.empty()) return query.study_uids;
  std::string path = "/studies?PatientID=" + http.escaped(query.patient_id);
  if (!query.dates.empty()) path += "&StudyDate=" + http.escaped(query.dates);
  std::vector<std::string> uids;
  for (const Json& study : list(http, path, retries))
    if (value_of(study, "00100020") == query.patient_id) uids.push_back(value_of(study, "0020000D"));
  return uids;
}

}  // namespace

std::vector<RemoteObject> find(const WebPeer& peer, const RemoteQuery& query, int retries,
                               const base::Run& run) {
  Http http(peer, run);
  std::vector<RemoteObject> objects;
  for (const std::string& study : studies(http, query, retries)) {
    if (!is_uid(study)) continue;
    for (const Json& series : list(http, fmt::format("/studies/{}/series", study), retries)) {
      RemoteObject object;
      object.study_uid = study;
      object.series_uid = value_of(series, "0020000E");
      object.modality = value_of(series, "00080060");
      const bool wanted = query.modalities.empty() ||
                          std::find(query.modalities.begin(), query.modalities.end(), object.modality) !=
                              query.modalities.end();
      if (!wanted || !is_uid(object.series_uid)) continue;
      for (const Json& instance :
           list(http, fmt::format("/studies/{}/series/{}/instances", study, object.series_uid), retries)) {
        object.sop_class_uid = value_of(instance, "00080016");
        object.sop_instance_uid = value_of(instance, "00080018");
        if (is_uid(object.sop_instance_uid)) objects.push_back(object);
      }
    }
  }
  if (objects.empty())
    throw Error::input("nothing_found", fmt::format("{} holds nothing of what was asked for", peer.url));
  return objects;
}

Fetched fetch(const std::vector<RemoteObject>& objects, const WebPeer& peer, int retries,
              const std::filesystem::path& folder, const base::Run& run) {
  dicom::prepare_toolkit();
  Inbox inbox(objects, folder);
  Http http(peer, run);
  for (int failures = 0; inbox.arrived() < inbox.wanted(); ++failures) {
    for (const RemoteObject& object : inbox.missing()) {
      const HttpResponse response = http.until_answered(retries, [&] {
        return http.get(fmt::format("/studies/{}/series/{}/instances/{}", object.study_uid, object.series_uid,
                                    object.sop_instance_uid),
                        R"(multipart/related; type="application/dicom"; transfer-syntax=*)");
      });
      for (const std::string_view part : parts_of_multipart(response))
        base::write_file(inbox.next_arrival(), part);
      if (inbox.sort() > 0) failures = 0;
      run.fraction(static_cast<double>(inbox.arrived()) / static_cast<double>(inbox.wanted()));
    }
    if (failures >= retries && inbox.arrived() < inbox.wanted())
      throw Error::environment("objects_missing", fmt::format("{} of {} objects came whole from {}",
                                                              inbox.arrived(), inbox.wanted(), peer.url));
  }
  return {inbox.arrived(), http.connections(), inbox.thrown_away()};
}

}  // namespace netpet::exchange
