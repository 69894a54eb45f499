#pragma once

#include <vector>

#include "base/run.h"
#include "exchange/peer.h"
#include "exchange/remote_object.h"

namespace netpet::exchange {

/// The objects of the studies that are looked for, by C-FIND of the study root at the levels of study, series
/// and image. What comes back for another patient or study than was asked for is left out. A lost connection
/// is opened again up to `retries` times. Environment errors `peer_refused`, `peer_unreachable`; refuses
/// `nothing_found`.
std::vector<RemoteObject> find(const Peer& peer, const RemoteQuery& query, int retries, const base::Run& run);

}  // namespace netpet::exchange
