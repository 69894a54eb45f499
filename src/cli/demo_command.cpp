#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <ostream>

#include "base/staged_output.h"
#include "cli/command.h"
#include "cli/shared_options.h"
#include "phantom/write_patient.h"
#include "pipeline/read.h"
#include "report/terminal_summary.h"
#include "report/texts.h"

namespace netpet::cli {
namespace {

/// Several lesions on both tracers and one that decides: what a first look should show.
constexpr const char* demo_case = "P4a";
constexpr std::uint64_t demo_seed = 1;

class DemoCommand final : public Command {
 public:
  std::string name() const override { return "demo"; }
  std::string summary() const override {
    return "simulates a small patient as DICOM, reads it, says where the report is";
  }
  std::string example() const override { return "netpet demo --out build/demo"; }

  void declare(CLI::App& app) override {
    app.add_option("--out", out_, "folder to make for the patient and the reading")
        ->capture_default_str()
        ->type_name("DIR");
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    auto output = base::StagedOutput::folder(out_, overwrite_.occupied());
    const auto patient = output.path() / "patient";
    phantom::Request request;
    request.case_name = demo_case;
    request.seed = demo_seed;
    request.detail = phantom::Detail::small;
    phantom::write_patient(request, patient, context.resources, context.run);

    pipeline::ReadRequest reading;
    reading.sstr = patient / "sstr";
    reading.fdg = patient / "fdg";
    reading.organs = patient / "truth" / "organs.nii.gz";
    const auto result = pipeline::read_into(reading, output.path() / "reading", base::Occupied::refuse,
                                            context.resources, context.run);
    output.commit();

    if (context.options.json)
      context.out << result.json << '\n';
    else
      context.out << report::terminal_summary(result.reading, report::Texts(context.resources))
                  << fmt::format("Report: {}\n",
                                 (std::filesystem::absolute(out_) / "reading" / "report.html").string());
    return 0;
  }

 private:
  std::filesystem::path out_ = "netpet-demo";
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_demo_command() {
  return std::make_unique<DemoCommand>();
}

}  // namespace netpet::cli
