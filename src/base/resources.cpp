#include "base/resources.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <fstream>
#include <sstream>

#include "base/error.h"

namespace netpet::base {
namespace {

std::string hash_of_data(const std::map<std::string, std::string>& files) {
  std::string all;
  for (const auto& [path, text] : files)
    if (path.starts_with("data/")) all += fmt::format("{}\n{}\n{}", path, text.size(), text);
  return sha256(all);
}

}  // namespace

std::string sha256(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned length = 0;
  check(EVP_Digest(bytes.data(), bytes.size(), digest, &length, EVP_sha256(), nullptr) == 1,
        "SHA-256 failed");
  std::string hex;
  for (unsigned i = 0; i < length; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

Resources::Resources() {
  for (const auto& [path, text] : detail::embedded_files()) files_.emplace(path, text);
  rules_hash_ = hash_of_data(files_);
}

Resources Resources::with_rules(const std::filesystem::path& rules_dir) {
  namespace fs = std::filesystem;
  std::error_code ignored;
  if (!fs::is_directory(rules_dir, ignored))
    throw Error::input("rules_missing", "--rules names no folder that can be read")
        .in_file(rules_dir.string());
  Resources resources;
  for (const auto& entry : fs::recursive_directory_iterator(rules_dir)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = "data/" + fs::relative(entry.path(), rules_dir).generic_string();
    const auto known = resources.files_.find(path);
    if (known == resources.files_.end())
      throw Error::input("rules_unknown_file", fmt::format("--rules: the program has no table {}", path))
          .in_file(entry.path().string());
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    known->second = text.str();
  }
  resources.rules_hash_ = hash_of_data(resources.files_);
  return resources;
}

std::string_view Resources::text(const std::string& path) const {
  const auto found = files_.find(path);
  check(found != files_.end(), fmt::format("no built-in file {}", path));
  return found->second;
}

std::vector<std::string> Resources::list(std::string_view prefix) const {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files_)
    if (path.starts_with(prefix)) paths.push_back(path);
  return paths;
}

}  // namespace netpet::base
