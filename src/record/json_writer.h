#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/computed.h"

namespace netpet::record {

/// Writes a JSON document as text without holding it as a tree: for documents by the thousand. Commas,
/// escapes and numbers come out as `Json` writes them.
class JsonWriter {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool yes) { scalar(yes ? "true" : "false"); }
  void value(double number);
  void value(const std::vector<std::string>& texts);
  /// null, {"not_computable": reason} or the value.
  template <class T>
  void value(const base::Computed<T>& computed) {
    if (computed.has_value())
      value(computed.value());
    else if (computed.does_not_apply())
      null();
    else
      not_computable(computed.reason());
  }
  void null() { scalar("null"); }
  /// A value that is written already.
  void written(std::string_view json) { scalar(json); }

  template <class T>
  void member(std::string_view name, const T& one) {
    key(name);
    value(one);
  }
  /// null for an empty text.
  void member_or_null(std::string_view name, std::string_view text);

  const std::string& text() const { return text_; }
  std::string take() { return std::move(text_); }

 private:
  void open(char bracket);
  void close(char bracket);
  void scalar(std::string_view json);
  void not_computable(const std::string& reason);
  void separate();
  void quoted(std::string_view text);

  std::string text_;
  bool first_ = true;  ///< nothing stands before the next value that a comma must part it from
};

}  // namespace netpet::record
