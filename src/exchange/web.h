#pragma once

#include <filesystem>
#include <vector>

#include "base/run.h"
#include "exchange/fetch.h"
#include "exchange/http.h"
#include "exchange/remote_object.h"
#include "exchange/send.h"

/// DICOMweb [DICOM PS3.18]: the same as find, fetch and send, over HTTP.
namespace netpet::exchange {

/// QIDO-RS. Environment errors `peer_refused`, `peer_unreachable`, `answer_malformed`; refuses
/// `nothing_found`.
std::vector<RemoteObject> find(const WebPeer& peer, const RemoteQuery& query, int retries,
                               const base::Run& run);

/// WADO-RS, one object after another, in the encoding in which the server holds it. As `fetch` of a Peer.
Fetched fetch(const std::vector<RemoteObject>& objects, const WebPeer& peer, int retries,
              const std::filesystem::path& folder, const base::Run& run);

/// STOW-RS, some objects at a time. An object counts once the server's answer names it as stored; one that it
/// names as failed is refused (`object_refused`).
Sent send(const std::vector<std::filesystem::path>& files, const WebPeer& peer, int retries,
          const base::Run& run);

}  // namespace netpet::exchange
