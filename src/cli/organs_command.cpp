#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "cli/shared_options.h"
#include "image/nifti.h"
#include "pipeline/find_organs.h"

namespace netpet::cli {
namespace {

class OrgansCommand final : public Command {
 public:
  std::string name() const override { return "organs"; }
  std::string summary() const override { return "the organs of a CT, with or without a PET, as a label map"; }
  std::string example() const override { return "netpet organs ct/ --pet pet_ac/ --out organs.nii.gz"; }

  void declare(CLI::App& app) override {
    app.add_option("CT", request_.ct, "folder of one CT series, or NIfTI file in HU")->required();
    app.add_option("--pet", request_.pet, "folder of one PET series in the same patient space")
        ->type_name("DIR");
    app.add_option("--tracer", tracer_, "of the PET, where its header names none")
        ->check(CLI::IsMember({"sstr", "fdg"}))
        ->needs("--pet");
    app.add_option("--out", out_, "NIfTI label map to write (.nii or .nii.gz), TotalSegmentator v2 ids")
        ->type_name("FILE")
        ->required();
    accept_.declare(app);
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    const std::string file = out_.string();
    if (!file.ends_with(".nii") && !file.ends_with(".nii.gz"))
      throw base::Error::usage("usage", "--out must end in .nii or .nii.gz");
    if (overwrite_.occupied() == base::Occupied::refuse && std::filesystem::exists(out_))
      throw base::Error::input("output_occupied", "the file exists; use --overwrite or another name")
          .in_file(file);
    if (!tracer_.empty()) request_.role = tracer_ == "fdg" ? record::Role::fdg : record::Role::sstr;
    request_.accepted = accept_.codes();
    const pipeline::OrgansOfCt organs = pipeline::find_organs(request_, context.resources, context.run);
    image::write_nifti(organs.labels, out_);
    context.out << (context.options.json ? record::text_of(json_of(organs)) : text_of(organs));
    return 0;
  }

 private:
  pipeline::OrganRequest request_;
  std::filesystem::path out_;
  std::string tracer_;
  AcceptOption accept_;
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_organs_command() {
  return std::make_unique<OrgansCommand>();
}

}  // namespace netpet::cli
