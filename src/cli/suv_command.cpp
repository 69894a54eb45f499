#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "cli/shared_options.h"
#include "image/nifti.h"
#include "pipeline/suv_series.h"

namespace netpet::cli {
namespace {

class SuvCommand final : public Command {
 public:
  std::string name() const override { return "suv"; }
  std::string summary() const override { return "one PET series to an SUV volume with its provenance"; }
  std::string example() const override { return "netpet suv pet_ac/ --out suv.nii.gz"; }

  void declare(CLI::App& app) override {
    app.add_option("SERIES_DIR", folder_, "folder of one PET series")->required();
    app.add_option("--out", out_, "NIfTI file to write (.nii or .nii.gz)")->type_name("FILE");
    app.add_option("--rwvm", rwvm_, "DICOM object to write: the Real World Value Mapping of the series")
        ->type_name("FILE.dcm");
    app.add_option("--type", type_, "what SUV is normalised to")
        ->check(CLI::IsMember({"bw", "lbm-janma", "lbm-james128", "lbm-james120", "bsa", "ibw"}))
        ->capture_default_str();
    accept_.declare(app);
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    const std::string file = out_.string();
    if (!out_.empty() && !file.ends_with(".nii") && !file.ends_with(".nii.gz"))
      throw base::Error::usage("usage", "--out must end in .nii or .nii.gz");
    for (const std::filesystem::path& one : {out_, rwvm_})
      if (!one.empty() && overwrite_.occupied() == base::Occupied::refuse && std::filesystem::exists(one))
        throw base::Error::input("output_occupied", "the file exists; use --overwrite or another name")
            .in_file(one.string());
    const pipeline::SuvSeries series = pipeline::suv_of_folder(
        folder_, accept_.codes(), context.resources, context.run, suv::suv_type_named(type_).value());
    if (!out_.empty()) image::write_nifti(series.suv, out_);
    if (!rwvm_.empty()) pipeline::write_mapping(series, rwvm_, context.run);
    context.out << (context.options.json ? record::text_of(json_of(series)) : text_of(series));
    return 0;
  }

 private:
  std::filesystem::path folder_;
  std::filesystem::path out_;
  std::filesystem::path rwvm_;
  std::string type_ = "bw";
  AcceptOption accept_;
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_suv_command() {
  return std::make_unique<SuvCommand>();
}

}  // namespace netpet::cli
