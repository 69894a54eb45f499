#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/scu.h>

#include <optional>
#include <string>

#include "exchange/peer.h"
#include "exchange/tls_layer.h"

/// For the sources of this room alone: it shows the toolkit.
namespace netpet::exchange {

/// A user of a service at another system; its association is closed on the way out.
template <class User = DcmSCU>
class Association {
 public:
  /// `offer` adds presentation contexts before anything is negotiated.
  template <class Offer>
  Association(const Peer& peer, Offer&& offer) {
    constexpr int patience_s = 30;
    user.setAETitle(peer.calling_title.c_str());
    user.setPeerHostName(peer.host.c_str());
    user.setPeerPort(static_cast<Uint16>(peer.port));
    user.setPeerAETitle(peer.called_title.c_str());
    user.setConnectionTimeout(patience_s);
    user.setACSETimeout(patience_s);
    user.setDIMSEBlockingMode(DIMSE_NONBLOCKING);
    user.setDIMSETimeout(patience_s);
    offer(user);
    opened = user.initNetwork();
    if (opened.good() && peer.tls) opened = user.useSecureConnection(&tls_.emplace(*peer.tls).transport());
    if (opened.good()) opened = user.negotiateAssociation();
  }
  ~Association() {
    if (user.isConnected()) user.releaseAssociation();
  }
  Association(const Association&) = delete;
  Association& operator=(const Association&) = delete;

 private:
  std::optional<TlsLayer> tls_;  // outlives `user`
  struct Securable : User {
    using User::useSecureConnection;
  };

 public:
  Securable user;
  OFCondition opened;
};

/// Throws `peer_refused` where the other system rejected the association, or is not who it must be; true
/// where it is open.
bool opened_or_refused(const OFCondition& opened, const Peer& peer);

/// Waits before attempt number `failures` + 1, longer each time; throws `peer_unreachable` after `retries`.
void wait_or_give_up(const OFCondition& last, const Peer& peer, int failures, int retries,
                     const std::string& progress);

}  // namespace netpet::exchange
