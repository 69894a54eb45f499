#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/resources.h"

namespace netpet::grading {

/// One data table (or a part of one) while it is being read. Every key must be asked for: a key that is
/// missing, of another type or unknown is refused (`rules_malformed`), so that no setting is ignored in
/// silence.
class ScaleTable {
 public:
  /// Reads the table at `path` ("data/scales/netpet.json"); `read` must ask for every key.
  static void read(const base::Resources& resources, const std::string& path,
                   const std::function<void(ScaleTable&)>& read);

  /// A finite number ≥ 0.
  double number(const std::string& key);
  /// A list of exactly `count` numbers ≥ 0.
  std::vector<double> numbers(const std::string& key, std::size_t count);
  std::string text(const std::string& key);
  std::vector<std::string> texts(const std::string& key);
  /// Names to texts, whatever the names.
  std::map<std::string, std::string> dictionary(const std::string& key);
  /// The same with exactly these names.
  std::map<std::string, std::string> dictionary(const std::string& key, const std::set<std::string>& names);
  /// An object within; `read` must ask for every key of it.
  void part(const std::string& key, const std::function<void(ScaleTable&)>& read);

 private:
  struct State;
  explicit ScaleTable(std::shared_ptr<State> state) : state_(std::move(state)) {}
  void refuse_unknown_keys() const;

  std::shared_ptr<State> state_;
};

}  // namespace netpet::grading
