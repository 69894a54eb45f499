#include "exchange/find.h"

#include <dcmtk/dcmdata/dctk.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "base/error.h"
#include "dicom/toolkit.h"
#include "exchange/association.h"

namespace netpet::exchange {
namespace {

using Keys = std::vector<std::pair<DcmTagKey, std::string>>;

std::string text_of(DcmDataset& answer, const DcmTagKey& tag) {
  OFString value;
  answer.findAndGetOFString(tag, value);
  std::string text = value.c_str();
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

class Finder {
 public:
  Finder(const Peer& peer, int retries, const base::Run& run) : peer_(peer), retries_(retries), run_(run) {}

  std::vector<std::unique_ptr<DcmDataset>> ask(const char* level, const Keys& keys) {
    for (int failures = 0;;) {
      run_.throw_if_stopped();
      if (!association_) open();
      OFCondition done = association_->opened;
      if (opened_or_refused(done, peer_)) {
        std::vector<std::unique_ptr<DcmDataset>> answers;
        done = ask_once(level, keys, answers);
        if (done.good()) return answers;
      }
      association_.reset();
      wait_or_give_up(done, peer_, ++failures, retries_, fmt::format("asked for {}s", level));
    }
  }

 private:
  void open() {
    association_.emplace(peer_, [](DcmSCU& user) {
      OFList<OFString> syntaxes;
      syntaxes.push_back(UID_LittleEndianExplicitTransferSyntax);
      syntaxes.push_back(UID_LittleEndianImplicitTransferSyntax);
      user.addPresentationContext(UID_FINDStudyRootQueryRetrieveInformationModel, syntaxes);
    });
  }

  OFCondition ask_once(const char* level, const Keys& keys,
                       std::vector<std::unique_ptr<DcmDataset>>& answers) {
    DcmDataset question;
    question.putAndInsertString(DCM_QueryRetrieveLevel, level);
    for (const auto& [tag, value] : keys) question.putAndInsertString(tag, value.c_str());
    DcmSCU& user = association_->user;
    const auto context = user.findPresentationContextID(UID_FINDStudyRootQueryRetrieveInformationModel, "");
    OFList<QRResponse*> responses;
    OFCondition done = user.sendFINDRequest(context, &question, &responses);
    Uint16 status = 0;
    for (QRResponse* response : responses) {
      if (response->m_dataset) answers.emplace_back(std::exchange(response->m_dataset, nullptr));
      status = response->m_status;
      delete response;
    }
    if (done.good() && status != STATUS_Success)
      throw base::Error::environment(
          "peer_refused",
          fmt::format("{} does not answer the query: status {:04X}", described(peer_), status));
    return done;
  }

  const Peer& peer_;
  int retries_;
  const base::Run& run_;
  std::optional<Association<>> association_;
};

std::vector<std::string> studies(Finder& finder, const RemoteQuery& query) {
  if (query.patient_id.empty()) return query.study_uids;
  std::vector<std::string> uids;
  for (const auto& answer : finder.ask(
           "STUDY",
           {{DCM_PatientID, query.patient_id}, {DCM_StudyDate, query.dates}, {DCM_StudyInstanceUID, ""}}))
    if (text_of(*answer, DCM_PatientID) == query.patient_id)
      uids.push_back(text_of(*answer, DCM_StudyInstanceUID));
  return uids;
}

bool is_wanted(const std::string& modality, const RemoteQuery& query) {
  return query.modalities.empty() ||
         std::find(query.modalities.begin(), query.modalities.end(), modality) != query.modalities.end();
}

}  // namespace

std::vector<RemoteObject> find(const Peer& peer, const RemoteQuery& query, int retries,
                               const base::Run& run) {
  dicom::prepare_toolkit();
  Finder finder(peer, retries, run);
  std::vector<RemoteObject> objects;
  for (const std::string& study : studies(finder, query)) {
    for (const auto& series : finder.ask(
             "SERIES", {{DCM_StudyInstanceUID, study}, {DCM_SeriesInstanceUID, ""}, {DCM_Modality, ""}})) {
      RemoteObject object;
      object.study_uid = study;
      object.series_uid = text_of(*series, DCM_SeriesInstanceUID);
      object.modality = text_of(*series, DCM_Modality);
      if (!is_uid(object.series_uid) || !is_wanted(object.modality, query)) continue;
      for (const auto& image : finder.ask("IMAGE", {{DCM_StudyInstanceUID, study},
                                                    {DCM_SeriesInstanceUID, object.series_uid},
                                                    {DCM_SOPInstanceUID, ""},
                                                    {DCM_SOPClassUID, ""}})) {
        object.sop_instance_uid = text_of(*image, DCM_SOPInstanceUID);
        object.sop_class_uid = text_of(*image, DCM_SOPClassUID);
        if (is_uid(object.sop_instance_uid)) objects.push_back(object);
      }
    }
  }
  if (objects.empty())
    throw base::Error::input("nothing_found",
                             fmt::format("{} holds nothing of what was asked for", described(peer)));
  return objects;
}

}  // namespace netpet::exchange
