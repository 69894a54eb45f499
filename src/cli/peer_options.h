#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "exchange/http.h"
#include "exchange/peer.h"

namespace CLI {
class App;
}

namespace netpet::cli {

/// The options that say which other system is meant, and how it knows us.
class PeerOptions {
 public:
  /// `address`: the option that takes HOST:PORT, "--to" or "--from".
  void declare(CLI::App& app, const std::string& address, const std::string& what);

  bool is_web() const { return !url_.empty(); }
  /// Each refuses (usage) what does not fit together, and a file that is missing (`file_missing`).
  exchange::Peer peer() const;
  exchange::WebPeer web() const;
  int retries() const { return retries_; }
  /// "PACS at pacs.example:104" or the address.
  std::string name() const;

 private:
  std::string option_, address_, url_;
  std::string called_ = "ANY-SCP", calling_ = "NETPET";
  bool tls_ = false;
  std::optional<std::filesystem::path> authorities_, certificate_, key_, token_file_, password_file_;
  std::optional<std::string> user_;
  int retries_ = 3;
};

}  // namespace netpet::cli
