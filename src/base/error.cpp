#include "base/error.h"

#include <utility>

namespace netpet::base {

Error::Error(ErrorKind kind, std::string code, std::string message)
    : kind_(kind), code_(std::move(code)), message_(std::move(message)) {}

Error Error::input(std::string code, std::string message) {
  return {ErrorKind::input, std::move(code), std::move(message)};
}

Error Error::usage(std::string code, std::string message) {
  return {ErrorKind::usage, std::move(code), std::move(message)};
}

Error Error::environment(std::string code, std::string message) {
  return {ErrorKind::environment, std::move(code), std::move(message)};
}

Error&& Error::in_file(std::string file) && {
  file_ = std::move(file);
  return std::move(*this);
}

Error&& Error::at_tag(std::string tag) && {
  tag_ = std::move(tag);
  return std::move(*this);
}

Error&& Error::acceptable_by(std::string accept_code) && {
  accept_ = std::move(accept_code);
  return std::move(*this);
}

void check(bool condition, std::string_view what) {
  if (!condition) throw Error(ErrorKind::internal, "internal", std::string(what));
}

}  // namespace netpet::base
