#include "cli/peer_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <fstream>
#include <iterator>

#include "base/error.h"

namespace netpet::cli {
namespace {

using base::Error;

/// A secret as a file holds it, without the end of its line; on the command line others could read it.
std::string secret_in(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw Error::input("file_missing", "the file cannot be read").in_file(file.string());
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty() || text.find_first_of("\r\n") != std::string::npos)
    throw Error::usage("usage", "a file of a token or password holds it as its one line");
  return text;
}

void refuse_missing(const std::optional<std::filesystem::path>& file) {
  if (file && !std::filesystem::exists(*file))
    throw Error::input("file_missing", "there is no such file").in_file(file->string());
}

}  // namespace

void PeerOptions::declare(CLI::App& app, const std::string& address, const std::string& what) {
  option_ = address;
  auto* of_dimse =
      app.add_option(address, address_, what + ", by DICOM's own protocol")->type_name("HOST:PORT");
  app.add_option("--called", called_, "its application entity title")->capture_default_str();
  app.add_option("--calling", calling_, "the title that netpet uses")->capture_default_str();
  app.add_flag("--tls", tls_, "encrypt; needs --ca");
  app.add_option("--ca", authorities_, "certificates (PEM) that vouch for the other system")
      ->type_name("FILE");
  app.add_option("--cert", certificate_, "netpet's own certificate (PEM), where it is asked for")
      ->type_name("FILE");
  app.add_option("--cert-key", key_, "the key of --cert (PEM)")->type_name("FILE");
  app.add_option("--url", url_, what + ", by DICOMweb: https://host/dicom-web")
      ->type_name("URL")
      ->excludes(of_dimse);
  app.add_option("--token-file", token_file_, "DICOMweb: file that holds a bearer token")->type_name("FILE");
  app.add_option("--user", user_, "DICOMweb: name for basic authentication");
  app.add_option("--password-file", password_file_, "DICOMweb: file that holds its password")
      ->type_name("FILE");
  app.add_option("--retries", retries_, "how often a lost connection is opened again")
      ->check(CLI::Range(0, 100))
      ->capture_default_str();
}

exchange::Peer PeerOptions::peer() const {
  if (address_.empty())
    throw Error::usage("usage", fmt::format("{} HOST:PORT or --url URL is needed", option_));
  if (token_file_ || user_ || password_file_)
    throw Error::usage("usage", "--token-file, --user and --password-file go with --url");
  const std::size_t colon = address_.rfind(':');
  const std::string port = colon == std::string::npos ? "" : address_.substr(colon + 1);
  const bool is_number = !port.empty() && port.size() <= 5 &&
                         std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (colon == 0 || !is_number || std::stoi(port) < 1 || std::stoi(port) > 65535)
    throw Error::usage("usage", fmt::format("{} needs HOST:PORT", option_));
  for (const std::string& title : {called_, calling_})
    if (title.empty() || title.size() > 16)
      throw Error::usage("usage", "an application entity title has 1 to 16 characters");
  exchange::Peer peer{address_.substr(0, colon), std::stoi(port), called_, calling_, {}};
  if (!tls_ && (authorities_ || certificate_ || key_))
    throw Error::usage("usage", "--ca, --cert and --cert-key go with --tls");
  if (tls_) {
    if (!authorities_) throw Error::usage("usage", "--tls needs --ca, to know the other system by");
    if (certificate_.has_value() != key_.has_value())
      throw Error::usage("usage", "--cert and --cert-key go together");
    for (const auto& file : {authorities_, certificate_, key_}) refuse_missing(file);
    peer.tls = exchange::Tls{*authorities_, certificate_, key_};
  }
  return peer;
}

exchange::WebPeer PeerOptions::web() const {
  if (tls_ || certificate_ || key_)
    throw Error::usage("usage", "--tls, --cert and --cert-key go without --url");
  if (token_file_ && user_) throw Error::usage("usage", "--token-file and --user are two ways: give one");
  if (user_.has_value() != password_file_.has_value())
    throw Error::usage("usage", "--user and --password-file go together");
  refuse_missing(authorities_);
  exchange::WebPeer peer;
  peer.url = url_;
  if (token_file_) peer.token = secret_in(*token_file_);
  peer.user = user_;
  if (password_file_) peer.password = secret_in(*password_file_);
  peer.authorities = authorities_;
  return peer;
}

std::string PeerOptions::name() const {
  return is_web() ? url_ : fmt::format("{} at {}", called_, address_);
}

}  // namespace netpet::cli
