#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/command.h"
#include "pipeline/inspect.h"

namespace netpet::cli {
namespace {

class InspectCommand final : public Command {
 public:
  std::string name() const override { return "inspect"; }
  std::string summary() const override {
    return "list patients, studies and series of a folder, their tracers, whether SUV is possible, every "
           "problem";
  }
  std::string example() const override { return "netpet inspect studies/"; }

  void declare(CLI::App& app) override {
    app.add_option("DIR", folder_, "folder of DICOM files, at any depth and with any names")->required();
  }

  int run(const Context& context) override {
    const auto inspection = pipeline::inspect(folder_, context.resources, context.run);
    if (context.options.json)
      context.out
          << pipeline::json_of(inspection).dump(1, ' ', false, nlohmann::json::error_handler_t::replace)
          << "\n";
    else
      context.out << pipeline::text_of(inspection);
    return 0;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace

std::unique_ptr<Command> make_inspect_command() {
  return std::make_unique<InspectCommand>();
}

}  // namespace netpet::cli
