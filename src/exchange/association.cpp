#include "exchange/association.h"

#include <dcmtk/dcmnet/cond.h>
#include <fmt/format.h>

#include <chrono>
#include <thread>

#include "base/error.h"

namespace netpet::exchange {
namespace {

bool is_refusal(const OFCondition& condition) {
  return condition == DUL_ASSOCIATIONREJECTED || condition == NET_EC_NoAcceptablePresentationContexts ||
         condition.module() == OFM_dcmtls ||
         (condition.module() == OFM_dcmnet && condition.code() == DULC_TLSERROR);
}

}  // namespace

bool opened_or_refused(const OFCondition& opened, const Peer& peer) {
  if (is_refusal(opened))
    throw base::Error::environment("peer_refused", fmt::format("{} does not accept {}: {}", described(peer),
                                                               peer.calling_title, opened.text()));
  return opened.good();
}

void wait_or_give_up(const OFCondition& last, const Peer& peer, int failures, int retries,
                     const std::string& progress) {
  if (failures > retries)
    throw base::Error::environment("peer_unreachable",
                                   fmt::format("{}, then no connection to {}: {}", progress, described(peer),
                                               last.bad() ? last.text() : "it was closed"));
  std::this_thread::sleep_for(std::chrono::milliseconds(250) * failures);
}

}  // namespace netpet::exchange
