#include <CLI/CLI.hpp>
#include <ostream>
#include <string>

#include "base/error.h"
#include "cli/command.h"
#include "cli/shared_options.h"
#include "pipeline/read.h"
#include "report/terminal_summary.h"
#include "report/texts.h"

namespace netpet::cli {
namespace {

class ReadCommand : public Command {
 public:
  std::string name() const override { return "read"; }
  std::string summary() const override { return "two PET/CT studies in, one graded reading out"; }
  std::string example() const override {
    return "netpet read --sstr dotatate_study/ --fdg fdg_study/ --out patient1/";
  }

  void declare(CLI::App& app) override {
    auto* studies = app.add_option("STUDIES_DIR", request_.studies,
                                   "folder of one patient's studies; the scans are found by their tracers");
    app.add_option("--sstr", request_.sstr, "folder of the SSTR PET/CT study")
        ->type_name("DIR")
        ->excludes(studies);
    app.add_option("--fdg", request_.fdg, "folder of the FDG PET/CT study")
        ->type_name("DIR")
        ->excludes(studies);
    app.add_option("--out", out_, "folder to make; it must not exist or be empty")
        ->required()
        ->type_name("DIR");
    app.add_option("--organs", request_.organs,
                   "organ map in the SSTR study's space: NIfTI with the numbers of TotalSegmentator v2, SEG "
                   "or RTSTRUCT")
        ->type_name("LABELMAP");
    app.add_option("--organ-command", request_.organ_command,
                   "makes the organ map from the CT by an installed segmenter: \"TotalSegmentator -i {ct} -o "
                   "{out} --ml\"")
        ->type_name("COMMAND");
    app.add_option("--organ-labels", request_.organ_labels,
                   "what the map's numbers mean: totalsegmentator_v1, moose_organs … or a JSON file")
        ->type_name("NAME|FILE");
    app.add_option("--lesions-sstr", request_.lesions_sstr,
                   "lesions of the SSTR scan instead of those found: NIfTI (a label each), SEG or RTSTRUCT")
        ->type_name("MASK");
    app.add_option("--lesions-fdg", request_.lesions_fdg, "the same for the FDG scan")->type_name("MASK");
    app.add_option("--review", request_.review,
                   "a reader's words on the lesions, as JSON; all is graded again")
        ->type_name("FILE");
    app.add_option("--clinical", request_.clinical, "what is known beside the images, as JSON")
        ->type_name("FILE");
    app.add_option("--registration", request_.registration,
                   "how the FDG scan lies on the SSTR scan, saved by an earlier reading of them "
                   "(OUT/registration) or by `register`; not computed again")
        ->type_name("FILE|DIR");
    app.add_flag("--rigid", rigid_,
                 "lay the FDG study on the SSTR study by a rotation and a shift alone: faster, less exact");
    app.add_flag(
        "--deidentified", deidentified_,
        "for sharing: no name, UID, date or free text of the patient in any output (docs/sharing.md)");
    app.add_option(
           "--deidentification-key", request_.deidentification_key,
           "a secret file: the same patient gets the same pseudonym and dates in each reading made with it")
        ->type_name("FILE");
    accept_.declare(app);
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    if (!request_.studies && !request_.sstr && !request_.fdg)
      throw base::Error::usage("usage",
                               "read needs STUDIES_DIR, or --sstr and --fdg (one of them may be left out)");
    if (request_.organs && request_.organ_command)
      throw base::Error::usage("usage", "--organs and --organ-command cannot both make the organ map");
    if (request_.registration && rigid_)
      throw base::Error::usage("usage", "--registration is taken as it was saved: leave out --rigid");
    if (request_.organ_labels && !request_.organs && !request_.organ_command)
      throw base::Error::usage("usage", "--organ-labels needs --organs or --organ-command");
    if (request_.deidentification_key && !deidentified_)
      throw base::Error::usage("usage", "--deidentification-key needs --deidentified");
    if (deidentified_) request_.identity = pipeline::ReadRequest::Identity::removed;
    request_.accepted = accept_.codes();
    if (rigid_) request_.freedom = registration::Freedom::rigid;
    const pipeline::ReadResult result =
        pipeline::read_into(request_, out_, overwrite_.occupied(), context.resources, context.run);
    if (context.options.json)
      context.out << result.json << '\n';
    else
      context.out << report::terminal_summary(result.reading, report::Texts(context.resources));
    return 0;
  }

 private:
  pipeline::ReadRequest request_;
  std::filesystem::path out_;
  AcceptOption accept_;
  OverwriteOption overwrite_;
  bool rigid_ = false;
  bool deidentified_ = false;
};

}  // namespace

std::unique_ptr<Command> make_read_command() {
  return std::make_unique<ReadCommand>();
}

}  // namespace netpet::cli
