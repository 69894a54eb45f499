#include "exchange/fetch.h"

#include <dcmtk/dcmdata/dctk.h>
#include <fmt/format.h>

#include <memory>
#include <optional>
#include <set>

#include "base/error.h"
#include "dicom/toolkit.h"
#include "exchange/association.h"
#include "exchange/inbox.h"
#include "exchange/storage_port.h"
#include "exchange/syntaxes.h"

namespace netpet::exchange {
namespace {

/// UIDs of one series that are asked for at once; a list of a hundred stays far below the limit of an
/// element.
constexpr std::size_t most_at_once = 100;

std::vector<RemoteObject> next_of(const std::vector<RemoteObject>& missing) {
  std::vector<RemoteObject> batch;
  for (const RemoteObject& object : missing)
    if (object.series_uid == missing.front().series_uid && batch.size() < most_at_once)
      batch.push_back(object);
  return batch;
}

void put_request(const std::vector<RemoteObject>& batch, DcmDataset& request) {
  request.putAndInsertString(DCM_QueryRetrieveLevel, "IMAGE");
  request.putAndInsertString(DCM_StudyInstanceUID, batch.front().study_uid.c_str());
  request.putAndInsertString(DCM_SeriesInstanceUID, batch.front().series_uid.c_str());
  std::string uids;
  for (const RemoteObject& object : batch) uids += (uids.empty() ? "" : "\\") + object.sop_instance_uid;
  request.putAndInsertString(DCM_SOPInstanceUID, uids.c_str());
}

/// Where the other system does not tell the class of an object, those that the toolkit knows to be common: an
/// association holds 128 presentation contexts.
std::set<std::string> classes_of(const std::vector<RemoteObject>& objects) {
  std::set<std::string> classes;
  for (const RemoteObject& object : objects) {
    if (is_uid(object.sop_class_uid)) {
      classes.insert(object.sop_class_uid);
    } else {
      for (int n = 0; n < numberOfDcmLongSCUStorageSOPClassUIDs; ++n)
        classes.insert(dcmLongSCUStorageSOPClassUIDs[n]);
      break;
    }
  }
  return classes;
}

/// Receives over its own association.
class Getter : public DcmSCU {
 public:
  Inbox* inbox = nullptr;

  OFString createStorageFilename(DcmDataset* /*dataset*/) override { return inbox->next_arrival().c_str(); }
};

/// What the other system says of a request.
struct Answer {
  OFCondition received;
  Uint16 status = 0;
};

/// One association, over which batches are asked for. With C-GET objects come in one of the encodings of
/// `way`.
class Line {
 public:
  Line(const Peer& peer, Retrieval how, const std::set<std::string>& classes, const OFList<OFString>& way,
       Inbox& inbox)
      : peer_(peer), how_(how), association_(peer, [&](Getter& user) {
          user.addPresentationContext(model(), transfer_ways().front());
          if (how != Retrieval::get) return;
          for (const std::string& sop_class : classes)
            user.addPresentationContext(sop_class.c_str(), way, ASC_SC_ROLE_SCP);
        }) {
    association_.user.inbox = &inbox;
    association_.user.setStorageMode(DCMSCU_STORAGE_DISK);
  }

  const OFCondition& opened() const { return association_.opened; }

  Answer ask_for(const std::vector<RemoteObject>& batch) {
    DcmDataset request;
    put_request(batch, request);
    Getter& user = association_.user;
    const auto context = user.findPresentationContextID(model(), "");
    OFList<RetrieveResponse*> responses;
    Answer answer;
    answer.received = how_ == Retrieval::get
                          ? user.sendCGETRequest(context, &request, &responses)
                          : user.sendMOVERequest(context, peer_.calling_title.c_str(), &request, &responses);
    for (RetrieveResponse* response : responses) {
      answer.status = response->m_status;
      delete response;
    }
    return answer;
  }

 private:
  const char* model() const {
    return how_ == Retrieval::get ? UID_GETStudyRootQueryRetrieveInformationModel
                                  : UID_MOVEStudyRootQueryRetrieveInformationModel;
  }

  const Peer& peer_;
  Retrieval how_;
  Association<Getter> association_;
};

/// A failure that asking once more will not mend [DICOM PS3.4 C.4.2, C.4.3]; that single objects could not be
/// handed over (A702) may be a matter of their encoding.
void refuse_if_final(const Answer& answer, const Peer& peer) {
  constexpr Uint16 sub_operations_failed = 0xA702, destination_unknown = 0xA801;
  const unsigned kind = answer.status & 0xF000U;
  if (answer.received.bad() || (kind != 0xA000U && kind != 0xC000U) || answer.status == sub_operations_failed)
    return;
  throw base::Error::environment(
      "peer_refused",
      fmt::format("{} does not hand out what was asked for: status {:04X}{}", described(peer), answer.status,
                  answer.status == destination_unknown
                      ? fmt::format("; it does not know the title {}", peer.calling_title)
                      : ""));
}

}  // namespace

Fetched fetch(const std::vector<RemoteObject>& objects, const Peer& peer, Retrieval how, int listen_port,
              int retries, const std::filesystem::path& folder, const base::Run& run) {
  dicom::prepare_toolkit();
  Inbox inbox(objects, folder);
  const std::set<std::string> classes = classes_of(objects);
  std::optional<StoragePort> port;
  if (how == Retrieval::move) port.emplace(peer, listen_port, classes, inbox);
  const auto ways = transfer_ways();
  std::size_t way = 0;
  Fetched fetched;
  std::unique_ptr<Line> line;
  for (int failures = 0; inbox.arrived() < inbox.wanted();) {
    run.throw_if_stopped();
    if (!line) {
      line = std::make_unique<Line>(peer, how, classes, ways[way], inbox);
      if (line->opened().good()) ++fetched.connections;
    }
    Answer answer{line->opened()};
    std::size_t came = 0;
    if (opened_or_refused(answer.received, peer)) {
      answer = line->ask_for(next_of(inbox.missing()));
      refuse_if_final(answer, peer);
      came = inbox.sort();
    }
    run.fraction(static_cast<double>(inbox.arrived()) / static_cast<double>(inbox.wanted()));
    const bool answered = answer.received.good();
    if (answered && came > 0) {
      failures = 0;
      continue;
    }
    line.reset();
    if (answered && how == Retrieval::get && way + 1 < ways.size()) {
      ++way;  // what is held in another encoding does not come in this one
      continue;
    }
    way = 0;
    if (answered && failures >= retries)
      throw base::Error::environment(
          "objects_missing", fmt::format("{} of {} objects came from {}; it says that it has sent all",
                                         inbox.arrived(), inbox.wanted(), described(peer)));
    failures = came > 0 ? 1 : failures + 1;
    wait_or_give_up(answer.received, peer, failures, retries,
                    fmt::format("{} of {} objects fetched", inbox.arrived(), inbox.wanted()));
  }
  fetched.objects = inbox.arrived();
  fetched.thrown_away = inbox.thrown_away();
  return fetched;
}

}  // namespace netpet::exchange
