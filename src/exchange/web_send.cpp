#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "base/error.h"
#include "base/resources.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"
#include "dicom/toolkit.h"
#include "exchange/web.h"

namespace netpet::exchange {
namespace {

using base::Error;
using Json = nlohmann::json;

constexpr std::size_t batch_bytes = std::size_t{32} << 20;

struct Outgoing {
  std::filesystem::path file;
  std::string sop_instance_uid;
};

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error::input("file_missing", "the file cannot be read").in_file(file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

Outgoing described(const std::filesystem::path& file) {
  const dicom::DataSet data_set(file, dicom::examine(file), dicom::HeaderPart::leading);
  Outgoing object{file, data_set.attributes().text(dicom::tags::sop_instance_uid)};
  if (object.sop_instance_uid.empty())
    throw Error::input("header_unreadable", "the object does not say what it is").in_file(file.string());
  return object;
}

/// The instance UIDs in a sequence of the answer.
std::set<std::string> named_in(const Json& answer, const char* sequence) {
  std::set<std::string> uids;
  const auto found = answer.find(sequence);
  if (found == answer.end() || !found->is_object() || !found->contains("Value")) return uids;
  for (const Json& item : (*found)["Value"]) {
    const auto uid = item.find("00081155");
    if (uid != item.end() && uid->is_object() && uid->contains("Value") && !(*uid)["Value"].empty())
      uids.insert((*uid)["Value"].front().get<std::string>());
  }
  return uids;
}

/// Objects that fit into one request, beginning with the one numbered `from`.
struct Batch {
  std::string body;
  std::size_t end = 0;
};

Batch batch_from(const std::vector<Outgoing>& objects, std::size_t from, const std::string& boundary) {
  const std::string part_head = "--" + boundary + "\r\nContent-Type: application/dicom\r\n\r\n";
  Batch batch;
  for (batch.end = from; batch.end < objects.size(); ++batch.end) {
    const std::string object = bytes_of(objects[batch.end].file);
    if (batch.end > from && batch.body.size() + object.size() > batch_bytes) break;
    batch.body += part_head;
    batch.body += object;
    batch.body += "\r\n";
  }
  batch.body += "--" + boundary + "--\r\n";
  return batch;
}

}  // namespace

Sent send(const std::vector<std::filesystem::path>& files, const WebPeer& peer, int retries,
          const base::Run& run) {
  dicom::prepare_toolkit();
  std::vector<Outgoing> objects;
  objects.reserve(files.size());
  for (const std::filesystem::path& file : files) objects.push_back(described(file));
  Http http(peer, run);
  Sent sent;
  while (sent.objects < objects.size()) {
    // No object can hold the hash of its own UID and this program's name by chance.
    const std::string boundary =
        "netpet-" + base::sha256(objects[sent.objects].sop_instance_uid).substr(0, 32);
    const Batch batch = batch_from(objects, sent.objects, boundary);
    const HttpResponse response = http.until_answered(retries, [&] {
      return http.post("/studies", R"(multipart/related; type="application/dicom"; boundary=)" + boundary,
                       batch.body, "application/dicom+json");
    });
    const Json answer = Json::parse(response.body, nullptr, false);
    if (!answer.is_object())
      throw Error::environment("answer_malformed", "the server does not say in DICOM JSON what it stored");
    const auto stored = named_in(answer, "00081199"), failed = named_in(answer, "00081198");
    for (std::size_t n = sent.objects; n < batch.end; ++n)
      if (failed.contains(objects[n].sop_instance_uid) || !stored.contains(objects[n].sop_instance_uid))
        throw Error::environment("object_refused", fmt::format("{} did not store the object", peer.url))
            .in_file(objects[n].file.string());
    sent.objects = batch.end;
    run.fraction(static_cast<double>(sent.objects) / static_cast<double>(objects.size()));
  }
  sent.connections = http.connections();
  return sent;
}

}  // namespace netpet::exchange
