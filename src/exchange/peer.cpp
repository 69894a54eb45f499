#include "exchange/peer.h"

#include <fmt/format.h>

namespace netpet::exchange {

std::string described(const Peer& peer) {
  return fmt::format("{} at {}:{}", peer.called_title, peer.host, peer.port);
}

}  // namespace netpet::exchange
