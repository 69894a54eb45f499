#pragma once

#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace netpet::base {

/// What kind of failure ended the work; the command line turns it into the exit status.
enum class ErrorKind {
  usage,        ///< bad flag, option value or combination (exit 2)
  input,        ///< input missing, unreadable, malformed, inconsistent or unsafe (exit 3)
  environment,  ///< disk full, no permission, a tool missing (exit 4)
  internal,     ///< a fault of the program itself (exit 5)
  interrupted   ///< the user stopped the run (exit 130)
};

/// A failure that ends a command. Thrown where input cannot be used; each layer on the way out adds one line
/// of context with `within`; caught only in cli (and later the server).
///
/// `code` is stable, snake_case and listed in docs/errors.md. `accept` names the code that `--accept` takes
/// where a user may override the refusal.
class Error : public std::exception {
 public:
  Error(ErrorKind kind, std::string code, std::string message);

  /// Input that cannot be used: exit 3.
  static Error input(std::string code, std::string message);
  /// A wrong call: exit 2.
  static Error usage(std::string code, std::string message);
  /// The machine failed us: exit 4.
  static Error environment(std::string code, std::string message);

  Error&& in_file(std::string file) &&;
  /// `tag` as "(gggg,eeee)".
  Error&& at_tag(std::string tag) &&;
  Error&& acceptable_by(std::string accept_code) &&;

  void add_context(std::string line) { context_.push_back(std::move(line)); }

  ErrorKind kind() const { return kind_; }
  const std::string& code() const { return code_; }
  const std::string& message() const { return message_; }
  const std::vector<std::string>& context() const { return context_; }
  const std::optional<std::string>& file() const { return file_; }
  const std::optional<std::string>& tag() const { return tag_; }
  const std::optional<std::string>& accept() const { return accept_; }
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  ErrorKind kind_;
  std::string code_;
  std::string message_;
  std::vector<std::string> context_;
  std::optional<std::string> file_;
  std::optional<std::string> tag_;
  std::optional<std::string> accept_;
};

/// Runs `work`; an Error that leaves it carries `line` as one more line of context.
template <class Work>
auto within(std::string_view line, Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (Error& error) {
    error.add_context(std::string(line));
    throw;
  }
}

/// An assumption of our own, checked in every build. A failure is our bug: Error of kind internal, code
/// `internal`.
void check(bool condition, std::string_view what);

}  // namespace netpet::base
