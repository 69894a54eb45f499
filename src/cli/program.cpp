#include "cli/program.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>
#include <thread>

#include "base/error.h"
#include "base/version.h"
#include "cli/command.h"
#include "cli/console_progress.h"
#include "cli/failure.h"
#include "cli/interrupt.h"

namespace netpet::cli {
namespace {

constexpr int greatest_thread_count = 256;

void declare_common(CLI::App& app, CommonOptions& options) {
  app.add_flag("--json", options.json, "one JSON document on stdout and nothing else there");
  auto* quiet = app.add_flag("--quiet", options.quiet, "no progress");
  app.add_flag("--verbose", options.verbose, "details, and the time of each stage")->excludes(quiet);
  app.add_option("--threads", options.threads, "threads to use (default: one a core)")
      ->check(CLI::Range(1, greatest_thread_count));
  app.add_option("--rules", options.rules, "folder whose tables replace those of data/")->type_name("DIR");
  app.set_config("--config", "", "options from a TOML or INI file");
  app.set_version_flag("--version", fmt::format("netpet {} ({})", base::version(), base::revision()),
                       "print the version");
}

Verbosity verbosity_of(const CommonOptions& options) {
  if (options.quiet) return Verbosity::quiet;
  return options.verbose ? Verbosity::verbose : Verbosity::normal;
}

/// A failure to parse still has to know whether a JSON document is expected.
FailureFormat format_asked_for(int argc, char** argv) {
  const bool json =
      std::any_of(argv, argv + argc, [](const char* word) { return std::string_view(word) == "--json"; });
  return json ? FailureFormat::json : FailureFormat::text;
}

int run_command(Command& command, const CommonOptions& options, const InterruptWatch& interrupt) {
  const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  ConsoleProgress progress(verbosity_of(options));
  const base::Run run(&progress, interrupt.token(), options.threads > 0 ? options.threads : cores);
  const base::Resources resources =
      options.rules.empty() ? base::Resources() : base::Resources::with_rules(options.rules);
  const int status = command.run({options, resources, run, std::cout});
  progress.finish();
  std::cout.flush();
  if (!std::cout) throw base::Error::environment("output_not_writable", "cannot write to standard output");
  return status;
}

}  // namespace

int run_program(int argc, char** argv) {
  const FailureFormat format = format_asked_for(argc, argv);
  try {
    const InterruptWatch interrupt;
    CLI::App app(
        "Reads a neuroendocrine-tumour patient's SSTR and FDG PET/CT studies and grades the disease.\n"
        "Research use only.",
        "netpet");
    app.require_subcommand(1);
    app.fallthrough();  // common options may stand before or after the operands
    CommonOptions options;
    declare_common(app, options);
    const auto commands = all_commands();
    for (const auto& command : commands) {
      CLI::App* sub = app.add_subcommand(command->name(), command->summary());
      sub->footer(
          fmt::format("Example:\n  {}\n\nOptions of every command: netpet --help", command->example()));
      command->declare(*sub);
    }
    try {
      app.parse(argc, argv);
    } catch (const CLI::Success& done) {
      return app.exit(done);
    } catch (const CLI::ParseError& wrong) {
      throw base::Error::usage("usage", fmt::format("{} (see netpet --help)", wrong.what()));
    }
    for (const auto& command : commands)
      if (app.got_subcommand(command->name())) return run_command(*command, options, interrupt);
    throw base::Error::usage("usage", "no command was given (see netpet --help)");
  } catch (...) {
    return report_failure(std::current_exception(), format, std::cout);
  }
}

}  // namespace netpet::cli
