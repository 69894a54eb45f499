#pragma once

#include <filesystem>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "base/resources.h"
#include "base/run.h"

namespace CLI {
class App;
}

namespace netpet::cli {

/// The options that every command takes.
struct CommonOptions {
  bool json = false;            ///< one JSON document on stdout and nothing else there
  bool quiet = false;           ///< no progress
  bool verbose = false;         ///< progress with details and the time of each stage
  int threads = 0;              ///< 0 = one a core
  std::filesystem::path rules;  ///< empty = the built-in tables
};

/// What a command works with. `out` is for results; progress goes through `run`.
struct Context {
  const CommonOptions& options;
  const base::Resources& resources;
  const base::Run& run;
  std::ostream& out;
};

/// One command of the program: declares its operands and options, then runs. It holds no algorithm.
class Command {
 public:
  virtual ~Command() = default;
  virtual std::string name() const = 0;
  /// One line for the list of commands.
  virtual std::string summary() const = 0;
  /// A whole command line that works, for --help.
  virtual std::string example() const = 0;
  /// Adds operands and options that bind to members of this command.
  virtual void declare(CLI::App& app) = 0;
  /// The exit status; failures are thrown.
  virtual int run(const Context& context) = 0;
};

// One function a command, each defined in its own file; all_commands() in commands.cpp lists them.
std::unique_ptr<Command> make_demo_command();
std::unique_ptr<Command> make_fetch_command();
std::unique_ptr<Command> make_grade_command();
std::unique_ptr<Command> make_inspect_command();
std::unique_ptr<Command> make_measure_command();
std::unique_ptr<Command> make_organs_command();
std::unique_ptr<Command> make_phantom_command();
std::unique_ptr<Command> make_read_command();
std::unique_ptr<Command> make_register_command();
std::unique_ptr<Command> make_send_command();
std::unique_ptr<Command> make_suv_command();

/// Every command, in the order of --help.
std::vector<std::unique_ptr<Command>> all_commands();

}  // namespace netpet::cli
