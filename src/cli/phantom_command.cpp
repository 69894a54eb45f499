#include <CLI/CLI.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "cli/command.h"
#include "phantom/variant.h"
#include "phantom/write_patient.h"

namespace netpet::cli {
namespace {

const std::map<std::string, dicom::Vendor>& vendors() {
  using enum dicom::Vendor;
  static const std::map<std::string, dicom::Vendor> by_name{
      {"siemens", siemens}, {"ge", ge}, {"philips", philips}};
  return by_name;
}

class PhantomCommand final : public Command {
 public:
  std::string name() const override { return "phantom"; }
  std::string summary() const override { return "simulate a dual-tracer patient as DICOM, with the truth"; }
  std::string example() const override { return "netpet phantom --case P4a --seed 3 --small --out patient"; }

  void declare(CLI::App& app) override {
    const std::string cases = phantom::read_cases(base::Resources()).names();
    app.add_option("--out", folder_, "new or empty folder for sstr/, fdg/ and truth/")->required();
    app.add_option("--case", request_.case_name, "the disease: " + cases)->capture_default_str();
    app.add_option("--seed", request_.seed, "another patient with the same disease")->capture_default_str();
    app.add_option("--vendor", vendor_, "in whose manner the files are written")
        ->check(CLI::IsMember(&vendors()))
        ->option_text("siemens|ge|philips");
    app.add_option("--variant", variant_, "a body that differs from most")
        ->check(CLI::IsMember(&phantom::variants()))
        ->option_text("splenectomy|one_kidney|kidney_transplant|horseshoe_kidney|ascites|hip_prosthesis");
    app.add_flag("--noise-free", noise_free_, "also write the images without noise, as NIfTI in truth/");
    app.add_flag("--small", small_, "coarse grids: seconds instead of a minute");
  }

  int run(const Context& context) override {
    request_.vendor = vendors().at(vendor_);
    if (!variant_.empty()) request_.variant = phantom::variants().at(variant_);
    request_.detail = small_ ? phantom::Detail::small : phantom::Detail::full;
    phantom::write_patient(request_, folder_, context.resources, context.run,
                           noise_free_ ? phantom::NoiseFree::write : phantom::NoiseFree::leave);
    if (context.options.json) {
      const nlohmann::ordered_json document{{"out", folder_.string()},
                                            {"case", request_.case_name},
                                            {"seed", request_.seed},
                                            {"vendor", dicom::name_of(request_.vendor)}};
      context.out << document.dump(1) << "\n";
    } else {
      context.out << "Simulated patient " << request_.case_name << ", seed " << request_.seed << ", in "
                  << folder_.string() << "\n";
    }
    return 0;
  }

 private:
  std::filesystem::path folder_;
  phantom::Request request_;
  std::string vendor_ = "siemens", variant_;
  bool small_ = false, noise_free_ = false;
};

}  // namespace

std::unique_ptr<Command> make_phantom_command() {
  return std::make_unique<PhantomCommand>();
}

}  // namespace netpet::cli
