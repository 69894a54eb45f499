#include "exchange/http.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <chrono>
#include <mutex>
#include <thread>

#include "base/error.h"
#include "base/text.h"

namespace netpet::exchange {
namespace {

using base::Error;

constexpr long patience_s = 30;
constexpr std::size_t most_bytes = std::size_t{1} << 31;  // of one answer

bool is_encrypted(const std::string& url) {
  return base::lowered(url).starts_with("https://");
}

bool is_own_machine(const std::string& url) {
  const std::string rest = base::lowered(url).substr(std::string_view("http://").size());
  for (const char* name : {"localhost", "127.0.0.1", "[::1]"})
    if (rest.starts_with(name) &&
        std::string(":/").find(rest.substr(std::string(name).size(), 1)) != std::string::npos)
      return true;
  return false;
}

std::size_t take(const char* data, std::size_t size, std::size_t count, void* body) {
  auto& text = *static_cast<std::string*>(body);
  if (text.size() + size * count > most_bytes) return 0;
  text.append(data, size * count);
  return size * count;
}

int stop_where_asked(void* run, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const base::Run*>(run)->stop_requested() ? 1 : 0;
}

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Headers = std::unique_ptr<curl_slist, FreeList>;

void add(Headers& headers, const std::string& line) {
  headers.reset(curl_slist_append(headers.release(), line.c_str()));
}

}  // namespace

struct Http::Connection {
  Connection(const WebPeer& server, const base::Run& work) : peer(server), run(work) {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
    handle = curl_easy_init();
    base::check(handle != nullptr, "no HTTP client");
  }
  ~Connection() { curl_easy_cleanup(handle); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  HttpResponse perform(const std::string& path, const std::string& accept, Headers headers) {
    run.throw_if_stopped();
    HttpResponse response;
    add(headers, "Accept: " + accept);
    if (peer.token) add(headers, "Authorization: Bearer " + *peer.token);
    const std::string url = peer.url + path;
    curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &response.body);
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, patience_s);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, patience_s);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, stop_where_asked);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, const_cast<base::Run*>(&run));
    if (peer.authorities) curl_easy_setopt(handle, CURLOPT_CAINFO, peer.authorities->c_str());
    if (peer.user) {
      curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      curl_easy_setopt(handle, CURLOPT_USERNAME, peer.user->c_str());
      curl_easy_setopt(handle, CURLOPT_PASSWORD, peer.password.c_str());
    }
    const CURLcode done = curl_easy_perform(handle);
    run.throw_if_stopped();
    long opened = 0;
    curl_easy_getinfo(handle, CURLINFO_NUM_CONNECTS, &opened);
    connections += static_cast<std::size_t>(opened);
    if (done == CURLE_PEER_FAILED_VERIFICATION || done == CURLE_SSL_CACERT_BADFILE)
      throw Error::environment(
          "peer_refused", fmt::format("{} is not who it must be: {}", peer.url, curl_easy_strerror(done)));
    if (done != CURLE_OK) {
      response.fault = curl_easy_strerror(done);
      return response;
    }
    curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &response.status);
    char* type = nullptr;
    curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
    if (type) response.content_type = type;
    return response;
  }

  WebPeer peer;
  const base::Run& run;
  CURL* handle = nullptr;
  std::size_t connections = 0;
};

Http::Http(const WebPeer& peer, const base::Run& run) {
  const std::string url = base::lowered(peer.url);
  if (!is_encrypted(url) && !url.starts_with("http://"))
    throw Error::usage("usage", "the address of a DICOMweb server begins with https:// or http://");
  if ((peer.token || peer.user) && !is_encrypted(url) && !is_own_machine(url))
    throw Error::usage("usage", "a token or password goes to another machine over https:// alone");
  connection_ = std::make_unique<Connection>(peer, run);
  while (connection_->peer.url.ends_with('/')) connection_->peer.url.pop_back();
}

Http::~Http() = default;

HttpResponse Http::get(const std::string& path, const std::string& accept) {
  curl_easy_setopt(connection_->handle, CURLOPT_HTTPGET, 1L);
  return connection_->perform(path, accept, {});
}

HttpResponse Http::post(const std::string& path, const std::string& content_type, const std::string& body,
                        const std::string& accept) {
  Headers headers;
  add(headers, "Content-Type: " + content_type);
  add(headers, "Expect:");
  curl_easy_setopt(connection_->handle, CURLOPT_POST, 1L);
  curl_easy_setopt(connection_->handle, CURLOPT_POSTFIELDS, body.data());
  curl_easy_setopt(connection_->handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  return connection_->perform(path, accept, std::move(headers));
}

std::size_t Http::connections() const {
  return connection_->connections;
}

std::string Http::escaped(const std::string& text) const {
  char* escaped = curl_easy_escape(connection_->handle, text.data(), static_cast<int>(text.size()));
  std::string result = escaped;
  curl_free(escaped);
  return result;
}

bool Http::is_final(const HttpResponse& response, int failures, int retries) const {
  if (response.status >= 200 && response.status < 300) return true;
  const bool may_change =
      response.status == 0 || response.status == 408 || response.status == 429 || response.status >= 500;
  if (!may_change)
    throw Error::environment(
        "peer_refused", fmt::format("{} answers with status {}{}", connection_->peer.url, response.status,
                                    response.status == 401 || response.status == 403
                                        ? ": it does not accept the token or password"
                                        : ""));
  if (failures > retries)
    throw Error::environment(
        "peer_unreachable",
        fmt::format("no answer from {}: {}", connection_->peer.url,
                    response.status == 0 ? response.fault : fmt::format("status {}", response.status)));
  std::this_thread::sleep_for(std::chrono::milliseconds(250) * failures);
  return false;
}

std::vector<std::string_view> parts_of_multipart(const HttpResponse& response) {
  const auto malformed = [](const char* what) {
    return Error::environment("answer_malformed", fmt::format("the server's answer has no {}", what));
  };
  const std::string& type = response.content_type;
  const std::size_t at = base::lowered(type).find("boundary=");
  if (at == std::string::npos) throw malformed("boundary between its parts");
  std::string boundary = type.substr(at + std::string_view("boundary=").size());
  boundary = boundary.substr(0, boundary.find(';'));
  if (boundary.size() >= 2 && boundary.front() == '"')
    boundary = boundary.substr(1, boundary.find('"', 1) - 1);
  const std::string mark = "--" + boundary, next = "\r\n" + mark;
  const std::string_view body = response.body;
  std::vector<std::string_view> parts;
  for (std::size_t from = body.find(mark); from != std::string_view::npos;) {
    from += mark.size();
    if (body.substr(from, 2) == "--") return parts;
    const std::size_t head_end = body.find("\r\n\r\n", from), end = body.find(next, from);
    if (head_end == std::string_view::npos || end == std::string_view::npos || head_end > end) break;
    parts.push_back(body.substr(head_end + 4, end - head_end - 4));
    from = end + 2;
  }
  throw malformed("end");
}

}  // namespace netpet::exchange
