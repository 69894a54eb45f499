#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace netpet::exchange {

/// How traffic is encrypted. The other side must show a certificate that `authorities` vouch for.
struct Tls {
  std::filesystem::path authorities;                 ///< PEM, of those who sign certificates
  std::optional<std::filesystem::path> certificate;  ///< PEM, our own, where the other side asks for one
  std::optional<std::filesystem::path> key;          ///< PEM, of `certificate`
};

/// Another system on the network that speaks DIMSE, and what the program calls itself there.
struct Peer {
  std::string host;
  int port = 104;
  std::string called_title = "ANY-SCP";
  std::string calling_title = "NETPET";
  std::optional<Tls> tls;
};

/// "PACS at pacs.example:104".
std::string described(const Peer& peer);

}  // namespace netpet::exchange
