#pragma once

#include <string>
#include <utility>
#include <variant>

#include "base/error.h"

namespace netpet::base {

/// A number that cannot be had, and why. It survives as a value into every output.
struct NotComputable {
  std::string reason;
  bool operator==(const NotComputable&) const = default;
};

/// A result in one of three states: it does not apply (JSON null), it applies but cannot be had (with the
/// reason, JSON {"not_computable": reason}), or it is there. Never 0 for a missing number.
template <class T>
class Computed {
 public:
  Computed() = default;
  Computed(T value) : state_(std::move(value)) {}                // NOLINT(google-explicit-constructor)
  Computed(NotComputable reason) : state_(std::move(reason)) {}  // NOLINT(google-explicit-constructor)

  bool does_not_apply() const { return std::holds_alternative<std::monostate>(state_); }
  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const = delete;  // "is it there" and "is it true" must not be mixed up

  const T& value() const {
    check(has_value(), "value() of a result that is not there");
    return std::get<T>(state_);
  }
  T value_or(T other) const { return has_value() ? std::get<T>(state_) : std::move(other); }
  /// Why the number cannot be had; empty where it is there or does not apply.
  std::string reason() const {
    const auto* missing = std::get_if<NotComputable>(&state_);
    return missing ? missing->reason : std::string();
  }

  bool operator==(const Computed&) const = default;

 private:
  std::variant<std::monostate, NotComputable, T> state_;
};

}  // namespace netpet::base
