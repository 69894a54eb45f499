#include "exchange/tls_layer.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmnet/assoc.h>
#include <dcmtk/dcmtls/tlslayer.h>
#include <fmt/format.h>

#include "base/error.h"

namespace netpet::exchange {
namespace {

void require(const OFCondition& done, const char* what, const std::filesystem::path& file) {
  if (done.bad())
    throw base::Error::input("tls_file_unusable", fmt::format("the {} cannot be used: {}", what, done.text()))
        .in_file(file.string());
}

}  // namespace

TlsLayer::TlsLayer(const Tls& tls)
    : layer_(std::make_unique<DcmTLSTransportLayer>(NET_REQUESTOR, nullptr, OFTrue)) {
  require(layer_->addTrustedCertificateFile(tls.authorities.c_str(), DCF_Filetype_PEM),
          "certificates of authorities", tls.authorities);
  if (tls.certificate && tls.key) {
    require(layer_->setPrivateKeyFile(tls.key->c_str(), DCF_Filetype_PEM), "key", *tls.key);
    require(layer_->setCertificateFile(tls.certificate->c_str(), DCF_Filetype_PEM), "certificate",
            *tls.certificate);
  }
  require(layer_->setTLSProfile(TSP_Profile_BCP195), "profile of TLS", tls.authorities);
  require(layer_->activateCipherSuites(), "ciphers of TLS", tls.authorities);
  layer_->setCertificateVerification(DCV_requireCertificate);
}

TlsLayer::~TlsLayer() = default;

DcmTransportLayer& TlsLayer::transport() {
  return *layer_;
}

}  // namespace netpet::exchange
