#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/resources.h"

namespace netpet::base {

/// One data table (or a part of one) while it is being read. Every key must be asked for: a key that is
/// missing, of another type, doubled or unknown is refused (`rules_malformed`, with file and key), so that no
/// setting is ignored in silence. A Table lives only as long as the function that it is passed to.
class Table {
 public:
  using Reader = std::function<void(Table&)>;

  /// Reads the object at `path` ("data/scales/netpet.json"); `read` must ask for every key.
  static void read(const Resources& resources, const std::string& path, const Reader& read);
  /// Reads a file that is a list of objects: `read` is called for each, in order.
  static void read_list(const Resources& resources, const std::string& path, const Reader& read);

  /// A finite number ≥ 0.
  double number(const std::string& key);
  /// A number from 0 to 1.
  double share(const std::string& key);
  /// Any finite number.
  double signed_number(const std::string& key);
  /// A whole number from 0 to 65535: a count, or an id of an organ map.
  std::uint16_t whole(const std::string& key);
  bool flag(const std::string& key);
  /// Not empty.
  std::string text(const std::string& key);

  /// The same where the key may be missing or null.
  std::optional<double> optional_number(const std::string& key);
  std::optional<std::string> optional_text(const std::string& key);

  /// A list of numbers ≥ 0, any number of them or exactly `count`.
  std::vector<double> numbers(const std::string& key);
  std::vector<double> numbers(const std::string& key, std::size_t count);
  std::vector<double> signed_numbers(const std::string& key, std::size_t count);
  std::vector<std::uint16_t> wholes(const std::string& key);
  std::vector<std::string> texts(const std::string& key);

  /// Names to texts, whatever the names.
  std::map<std::string, std::string> dictionary(const std::string& key);
  /// The same with exactly these names.
  std::map<std::string, std::string> dictionary(const std::string& key, const std::set<std::string>& names);

  /// An object within; `read` must ask for every key of it.
  void part(const std::string& key, const Reader& read);
  /// A list of objects: `read` is called for each, in order.
  void each(const std::string& key, const Reader& read);
  /// An object as JSON text, whatever it holds.
  std::string json(const std::string& key);

  /// Whether an optional key is there; it must still be asked for.
  bool has(const std::string& key) const;
  /// The keys that are there, in the order of the file: for an object from names to values.
  std::vector<std::string> names() const;
  /// Refuses this part of the table: `what` as "low is above high".
  [[noreturn]] void refuse(const std::string& what) const;

 private:
  struct State;
  explicit Table(std::shared_ptr<State> state) : state_(std::move(state)) {}
  static void read_object(std::shared_ptr<State> state, const Reader& read);

  std::shared_ptr<State> state_;
};

}  // namespace netpet::base
