#pragma once

#include <functional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace netpet::base {

/// A parser callback for the JSON library, which keeps one of two equal keys of an object without a word:
/// calls `refuse`, which throws, with a key that stands twice.
template <class Json>
class UniqueKeys {
 public:
  explicit UniqueKeys(std::function<void(const std::string& key)> refuse) : refuse_(std::move(refuse)) {}

  bool operator()(int, typename Json::parse_event_t event, const Json& parsed) {
    using Event = typename Json::parse_event_t;
    if (event == Event::object_start) open_.emplace_back();
    if (event == Event::object_end) open_.pop_back();
    if (event == Event::key) {
      const std::string key = parsed.template get<std::string>();
      if (!open_.back().insert(key).second) refuse_(key);
    }
    return true;
  }

 private:
  std::function<void(const std::string& key)> refuse_;
  std::vector<std::unordered_set<std::string>> open_;  ///< the keys of each object that is not closed yet
};

}  // namespace netpet::base
