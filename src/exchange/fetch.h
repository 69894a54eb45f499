#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/run.h"
#include "exchange/peer.h"
#include "exchange/remote_object.h"

namespace netpet::exchange {

struct Fetched {
  std::size_t objects = 0;
  std::size_t connections = 0;  ///< more than one where the connection was lost
  std::size_t thrown_away = 0;  ///< arrived broken or without being asked for
};

/// How objects come: over the association that asks for them (C-GET), or over one that the other system opens
/// to a port of ours (C-MOVE), where it must know our title.
enum class Retrieval { get, move };

/// Fetches objects into `folder` as STUDY/SERIES/INSTANCE.dcm, by the UIDs that were found. Each is looked at
/// when it arrives: one that is broken, or that is not what was asked for, does not count. After a lost
/// connection what is missing is asked for again, up to `retries` times in a row without anything arriving.
/// `listen_port`: for C-MOVE. Environment errors `peer_refused`, `peer_unreachable`, `port_unusable`;
/// `objects_missing` where the other system says that it is done and something is not there.
Fetched fetch(const std::vector<RemoteObject>& objects, const Peer& peer, Retrieval how, int listen_port,
              int retries, const std::filesystem::path& folder, const base::Run& run);

}  // namespace netpet::exchange
