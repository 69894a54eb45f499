#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <ostream>

#include "cli/command.h"
#include "cli/shared_options.h"
#include "pipeline/register_scans.h"

namespace netpet::cli {
namespace {

std::string shown(const base::Computed<double>& value) {
  return value.has_value() ? fmt::format("{:.2f}", value.value()) : "–";
}

std::string summary_of(const pipeline::RegistrationOutput& output) {
  const auto& registration = output.registration;
  const auto& quality = registration.quality;
  const std::string breath = quality.breathing_offset_mm.has_value()
                                 ? fmt::format("; the liver's dome lies {} mm nearer the {}",
                                               shown(std::abs(quality.breathing_offset_mm.value())),
                                               quality.breathing_offset_mm.value() < 0 ? "feet" : "head")
                                 : std::string();
  std::string text = fmt::format(
      "{}\nerror up to {} mm at nine of ten places; {} of the compared places agree with the rigid part\n"
      "Dice body {}, bone {}; correlation {}; {} of the starts end here{}; {:.1f} s\n",
      registration.method, shown(registration.error_mm), shown(quality.inlier_share),
      shown(quality.dice_body), shown(quality.dice_bone), shown(quality.ncc), shown(quality.agreeing_starts),
      breath, registration.seconds);
  for (const auto& warning : registration.warnings) text += fmt::format("warning: {}\n", warning.message);
  return text;
}

class RegisterCommand final : public Command {
 public:
  std::string name() const override { return "register"; }
  std::string summary() const override {
    return "lay one CT (or PET) on another: transform, its quality, the resampled image";
  }
  std::string example() const override {
    return "netpet register --fixed dotatate/ct --moving fdg/ct --out aligned/ --points lesions.csv";
  }

  void declare(CLI::App& app) override {
    app.add_option("--fixed", request_.fixed, "CT that stays: folder of a DICOM series, or NIfTI in HU")
        ->required()
        ->type_name("CT");
    app.add_option("--moving", request_.moving, "CT that is laid on it")->required()->type_name("CT");
    app.add_option("--out", out_, "folder to make; it must not exist or be empty")
        ->required()
        ->type_name("DIR");
    app.add_option("--points", request_.points, "places x,y,z of the fixed CT (LPS, mm) to map")
        ->type_name("FILE.csv");
    app.add_option("--registration", request_.saved,
                   "of these scans, saved by an earlier `register` or by `read` (OUT/registration); not "
                   "computed again")
        ->type_name("FILE|DIR");
    app.add_flag("--pet", pet_,
                 "both are PET or SPECT without CT: laid on each other rigidly, good to some 15 mm");
    app.add_flag("--rigid", rigid_, "a rotation and a shift only");
    app.add_flag(
        "--itk", itk_,
        "displacement.nii for ITK, ANTs and 3D Slicer (intent 1007); without it ITK would take its LPS "
        "vectors for RAS");
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    if (request_.saved && rigid_)
      throw base::Error::usage("usage", "--registration is taken as it was saved: leave out --rigid");
    if (rigid_) request_.freedom = registration::Freedom::rigid;
    if (pet_) request_.scans = pipeline::RegisteredScans::pet;
    if (itk_) request_.intent = image::VectorIntent::vector;
    const auto output =
        pipeline::register_into(request_, out_, overwrite_.occupied(), context.resources, context.run);
    context.out << (context.options.json ? output.json + '\n' : summary_of(output));
    return 0;
  }

 private:
  pipeline::RegistrationRequest request_;
  std::filesystem::path out_;
  bool rigid_ = false, itk_ = false, pet_ = false;
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_register_command() {
  return std::make_unique<RegisterCommand>();
}

}  // namespace netpet::cli
