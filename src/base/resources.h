#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace netpet::base {

namespace detail {
const std::map<std::string, std::string_view>& embedded_files();
}

/// The tables of `data/` and the schemas, as built into the program or as a user's `--rules DIR` overrides
/// them. Passed down by reference: there is no global copy.
class Resources {
 public:
  /// What the program was built with.
  Resources();
  /// The same, where every file under `rules_dir` replaces the built-in one of the same path below `data/`.
  /// Refuses a directory that is missing (`rules_missing`) or holds a file that replaces nothing
  /// (`rules_unknown_file`).
  static Resources with_rules(const std::filesystem::path& rules_dir);

  /// The text of one file, by its path in the repository ("data/radionuclides.json").
  std::string_view text(const std::string& path) const;
  /// The paths that begin with `prefix`, sorted.
  std::vector<std::string> list(std::string_view prefix) const;
  /// SHA-256 over names and texts below `data/`: the rule version that every result names.
  const std::string& rules_hash() const { return rules_hash_; }

 private:
  std::map<std::string, std::string> files_;
  std::string rules_hash_;
};

/// SHA-256 of `bytes` in lower-case hexadecimal.
std::string sha256(std::string_view bytes);

}  // namespace netpet::base
