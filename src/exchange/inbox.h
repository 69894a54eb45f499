#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "exchange/remote_object.h"

namespace netpet::exchange {

/// Where objects arrive: what was asked for, whole, and each once, is kept as STUDY/SERIES/INSTANCE.dcm;
/// anything else is thrown away.
class Inbox {
 public:
  Inbox(std::vector<RemoteObject> wanted, std::filesystem::path folder);

  /// A file for one object that is arriving; it is looked at by `sort`.
  std::filesystem::path next_arrival();
  /// Looks at all that has arrived; the number of objects that are new and as they were asked for.
  std::size_t sort();

  std::vector<RemoteObject> missing() const;
  std::size_t wanted() const { return wanted_.size(); }
  std::size_t arrived() const { return arrived_.size(); }
  /// Objects that came without being asked for, or broken.
  std::size_t thrown_away() const { return thrown_away_; }

 private:
  bool keep(const std::filesystem::path& file);

  std::map<std::string, RemoteObject> wanted_;  // by instance UID
  std::set<std::string> arrived_;
  std::filesystem::path folder_, arrivals_;
  std::size_t next_ = 0, thrown_away_ = 0;
};

}  // namespace netpet::exchange
