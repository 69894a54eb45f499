#include "exchange/storage_port.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmnet/dstorscp.h>
#include <fmt/format.h>

#include <atomic>
#include <thread>

#include "base/error.h"
#include "exchange/syntaxes.h"

namespace netpet::exchange {

struct StoragePort::Listener final : DcmStorageSCP {
  Listener(const Peer& peer, Inbox& inbox)
      : called_title(peer.called_title), own_title(peer.calling_title), inbox_(inbox) {}

  // Who moves objects to us does so under the title by which we called it.
  OFBool checkCallingAETitleAccepted(const OFString& title) override { return title == called_title.c_str(); }
  OFBool checkCalledAETitleAccepted(const OFString& title) override { return title == own_title.c_str(); }
  OFBool stopAfterCurrentAssociation() override { return stop.load(); }
  OFBool stopAfterConnectionTimeout() override { return stop.load(); }
  OFCondition generateDirAndFilename(OFString& filename, OFString& directory, OFString& /*sop_class*/,
                                     OFString& /*sop_instance*/, DcmDataset* /*dataset*/) override {
    const std::filesystem::path file = inbox_.next_arrival();
    directory = file.parent_path().c_str();
    filename = file.c_str();
    return EC_Normal;
  }

  std::string called_title, own_title;
  std::atomic<bool> stop{false};
  std::thread thread;

 private:
  Inbox& inbox_;
};

StoragePort::StoragePort(const Peer& peer, int port, const std::set<std::string>& sop_classes, Inbox& inbox)
    : listener_(std::make_unique<Listener>(peer, inbox)) {
  constexpr int patience_s = 30;
  listener_->setPort(static_cast<Uint16>(port));
  listener_->setAETitle(peer.calling_title.c_str());
  listener_->setDIMSEBlockingMode(DIMSE_NONBLOCKING);
  listener_->setDIMSETimeout(patience_s);
  listener_->setACSETimeout(patience_s);
  listener_->setConnectionBlockingMode(DUL_NOBLOCK);
  listener_->setConnectionTimeout(1);
  listener_->setHostLookupEnabled(OFFalse);
  OFList<OFString> all;
  for (const auto& way : transfer_ways())
    for (const OFString& syntax : way) all.push_back(syntax);
  for (const std::string& sop_class : sop_classes) listener_->addPresentationContext(sop_class.c_str(), all);
  const OFCondition opened = listener_->openListenPort();
  if (opened.bad())
    throw base::Error::environment("port_unusable",
                                   fmt::format("cannot listen on port {}: {}", port, opened.text()));
  listener_->thread = std::thread([this] { listener_->acceptAssociations(); });
}

StoragePort::~StoragePort() {
  listener_->stop = true;
  if (listener_->thread.joinable()) listener_->thread.join();
}

}  // namespace netpet::exchange
