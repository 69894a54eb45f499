#include "exchange/send.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <fmt/format.h>

#include <set>

#include "base/error.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"
#include "dicom/toolkit.h"
#include "exchange/association.h"

namespace netpet::exchange {
namespace {

using base::Error;

/// What must be agreed on before an object can travel.
struct Outgoing {
  std::filesystem::path file;
  std::string sop_class_uid;
  std::string transfer_syntax;
};

Outgoing described(const std::filesystem::path& file) {
  const dicom::FileLayout layout = dicom::examine(file);
  const dicom::DataSet data_set(file, layout, dicom::HeaderPart::leading);
  const auto& attributes = data_set.attributes();
  Outgoing object{file, attributes.text(dicom::tags::sop_class_uid), layout.transfer_syntax};
  if (object.sop_class_uid.empty() || attributes.text(dicom::tags::sop_instance_uid).empty())
    throw Error::input("header_unreadable", "the object does not say what it is").in_file(file.string());
  return object;
}

bool is_uncompressed(const std::string& transfer_syntax) {
  static const std::set<std::string> plain{UID_LittleEndianImplicitTransferSyntax,
                                           UID_LittleEndianExplicitTransferSyntax,
                                           UID_BigEndianExplicitTransferSyntax};
  return plain.contains(transfer_syntax);
}

/// A class of objects is offered in each compression that its files have, and uncompressed as both sides
/// like.
void offer(DcmSCU& user, const std::vector<Outgoing>& objects) {
  std::set<std::pair<std::string, std::string>> ways;
  for (const Outgoing& object : objects)
    ways.emplace(object.sop_class_uid,
                 is_uncompressed(object.transfer_syntax) ? std::string() : object.transfer_syntax);
  for (const auto& [sop_class, compression] : ways) {
    OFList<OFString> syntaxes;
    if (compression.empty()) {
      syntaxes.push_back(UID_LittleEndianExplicitTransferSyntax);
      syntaxes.push_back(UID_LittleEndianImplicitTransferSyntax);
    } else {
      syntaxes.push_back(compression.c_str());
    }
    user.addPresentationContext(sop_class.c_str(), syntaxes);
  }
}

bool needs_other_encoding(const OFCondition& condition) {
  return condition == DIMSE_NOVALIDPRESENTATIONCONTEXTID || condition == DIMSE_BADDATA;
}

/// Response statuses of C-STORE [DICOM PS3.4 B.2.3]: 0 is success, Bxxx a warning.
bool is_warning(Uint16 status) {
  return (status & 0xF000U) == 0xB000U;
}

/// Objects that one association got through before it ended.
void send_over(DcmSCU& user, const std::vector<Outgoing>& objects, const Peer& peer, Sent& sent,
               const base::Run& run) {
  while (sent.objects < objects.size()) {
    run.throw_if_stopped();
    const Outgoing& object = objects[sent.objects];
    Uint16 status = 0;
    const OFCondition stored = user.sendSTORERequest(0, object.file.c_str(), nullptr, status);
    if (needs_other_encoding(stored))
      throw Error::environment("peer_refused",
                               fmt::format("{} does not take objects of class {} as {}", described(peer),
                                           object.sop_class_uid, object.transfer_syntax))
          .in_file(object.file.string());
    if (stored.bad()) return;
    if (status != 0 && !is_warning(status))
      throw Error::environment("object_refused", fmt::format("{} did not store the object: status {:04X}",
                                                             described(peer), status))
          .in_file(object.file.string());
    if (status != 0) sent.warned.push_back({object.file, status});
    ++sent.objects;
    run.fraction(static_cast<double>(sent.objects) / static_cast<double>(objects.size()));
  }
}

}  // namespace

Sent send(const std::vector<std::filesystem::path>& files, const Peer& peer, int retries,
          const base::Run& run) {
  dicom::prepare_toolkit();
  std::vector<Outgoing> objects;
  objects.reserve(files.size());
  for (const std::filesystem::path& file : files) objects.push_back(described(file));
  Sent sent;
  std::size_t sent_before = 0;
  for (int failures = 0; sent.objects < objects.size();) {
    Association<> association(peer, [&](DcmSCU& user) {
      user.setDatasetConversionMode(true);
      offer(user, objects);
    });
    if (opened_or_refused(association.opened, peer)) {
      ++sent.connections;
      send_over(association.user, objects, peer, sent, run);
      if (sent.objects == objects.size()) break;
    }
    failures = sent.objects > sent_before ? 1 : failures + 1;
    sent_before = sent.objects;
    run.throw_if_stopped();
    wait_or_give_up(association.opened, peer, failures, retries,
                    fmt::format("{} of {} objects sent", sent.objects, objects.size()));
  }
  return sent;
}

}  // namespace netpet::exchange
