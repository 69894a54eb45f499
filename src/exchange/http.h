#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/run.h"

namespace netpet::exchange {

/// A server of DICOMweb, and who we are there.
struct WebPeer {
  std::string url;  ///< "https://pacs.example/dicom-web", without a slash at its end
  std::optional<std::string> token;
  std::optional<std::string> user;
  std::string password;
  std::optional<std::filesystem::path> authorities;  ///< PEM; those of the system without it
};

struct HttpResponse {
  long status = 0;  ///< 0: no answer came, `fault` says why
  std::string body;
  std::string content_type;
  std::string fault;
};

/// One connection to a server, kept open between requests. It follows no redirection, so that a token stays
/// with the server that it was given for, and checks certificates.
class Http {
 public:
  /// Refuses (usage) an address that is not http or https, and credentials over plain http to another
  /// machine.
  explicit Http(const WebPeer& peer, const base::Run& run);
  ~Http();
  Http(const Http&) = delete;
  Http& operator=(const Http&) = delete;

  /// `path` begins with a slash.
  HttpResponse get(const std::string& path, const std::string& accept);
  HttpResponse post(const std::string& path, const std::string& content_type, const std::string& body,
                    const std::string& accept);
  /// How often a connection was opened so far.
  std::size_t connections() const;
  /// Any text as a part of an address.
  std::string escaped(const std::string& text) const;

  /// The answer with status 2xx; an answer that may be another one later (none at all, 408, 429, 5xx) is
  /// asked for again up to `retries` times. Environment errors `peer_unreachable`, `peer_refused`.
  template <class Request>
  HttpResponse until_answered(int retries, Request&& request) {
    for (int failures = 1;; ++failures) {
      HttpResponse response = request();
      if (is_final(response, failures, retries)) return response;
    }
  }

 private:
  struct Connection;
  bool is_final(const HttpResponse& response, int failures, int retries) const;
  std::unique_ptr<Connection> connection_;
};

/// The parts of a multipart body. Refuses `answer_malformed`.
std::vector<std::string_view> parts_of_multipart(const HttpResponse& response);

}  // namespace netpet::exchange
