#pragma once

#include <memory>
#include <set>
#include <string>

#include "exchange/inbox.h"
#include "exchange/peer.h"

namespace netpet::exchange {

/// Takes what the peer stores while it lives, on a port of this machine; other callers are turned away.
class StoragePort {
 public:
  /// Environment error `port_unusable`.
  StoragePort(const Peer& peer, int port, const std::set<std::string>& sop_classes, Inbox& inbox);
  ~StoragePort();
  StoragePort(const StoragePort&) = delete;
  StoragePort& operator=(const StoragePort&) = delete;

 private:
  struct Listener;
  std::unique_ptr<Listener> listener_;
};

}  // namespace netpet::exchange
