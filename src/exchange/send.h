#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/run.h"
#include "exchange/peer.h"

/// DICOM objects to and from other systems.
namespace netpet::exchange {

/// An object that the peer took only with a remark, or not at all.
struct Remark {
  std::filesystem::path file;
  int status = 0;  ///< of its C-STORE response
};

struct Sent {
  std::size_t objects = 0;      ///< that the peer said it has stored
  std::size_t connections = 0;  ///< more than one where the connection was lost
  std::vector<Remark> warned;   ///< stored, but coerced or with attributes lost
};

/// Sends objects by C-STORE, in the order given. A lost connection is opened again, up to `retries` times in
/// a row without an object getting through, and goes on with the first object that was not confirmed. Refuses
/// a file that is no DICOM object with a class and an instance UID (`not_dicom`, `header_unreadable`);
/// environment errors `peer_unreachable`, `peer_refused` (the association, or every way to encode an object),
/// `object_refused` (a response with a failure).
Sent send(const std::vector<std::filesystem::path>& files, const Peer& peer, int retries,
          const base::Run& run);

}  // namespace netpet::exchange
