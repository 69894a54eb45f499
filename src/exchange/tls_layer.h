#pragma once

#include <memory>

#include "exchange/peer.h"

class DcmTLSTransportLayer;
class DcmTransportLayer;

namespace netpet::exchange {

/// The encrypted transport of DIMSE by the profile BCP 195 (TLS 1.2 and above). Refuses `tls_file_unusable`.
class TlsLayer {
 public:
  explicit TlsLayer(const Tls& tls);
  ~TlsLayer();
  TlsLayer(const TlsLayer&) = delete;
  TlsLayer& operator=(const TlsLayer&) = delete;

  /// For an association, which must not outlive this.
  DcmTransportLayer& transport();

 private:
  std::unique_ptr<DcmTLSTransportLayer> layer_;
};

}  // namespace netpet::exchange
