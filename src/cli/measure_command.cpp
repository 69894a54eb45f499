#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.h"
#include "base/staged_output.h"
#include "cli/command.h"
#include "cli/shared_options.h"
#include "pipeline/measure_region.h"

namespace netpet::cli {
namespace {

class MeasureCommand final : public Command {
 public:
  std::string name() const override { return "measure"; }
  std::string summary() const override { return "every IBSI feature of one region of one image"; }
  std::string example() const override {
    return "netpet measure suv.nii.gz lesions.nii.gz --label 3 --bin-width 0.25 --bin-origin 0 --json";
  }

  void declare(CLI::App& app) override {
    app.add_option("IMAGE", request_.image, "NIfTI file, or folder of one DICOM series (PET becomes SUVbw)")
        ->required();
    app.add_option("MASK,--mask", request_.mask, "NIfTI label map, DICOM SEG or RTSTRUCT")->required();
    app.add_option(
           "--label", label_,
           "number or name of the label, SEG segment or ROI to measure; needed where there are several")
        ->type_name("NUMBER|NAME");
    app.add_flag("--resample-mask", resample_mask_, "a NIfTI mask on another grid: take the nearest label");
    app.add_option("--unit", request_.unit, "of a NIfTI image's values, as UCUM (g/mL, [hnsf'U])");
    app.add_option("--csv", csv_, "write the features as a table")->type_name("FILE.csv");
    overwrite_.declare(app);
    accept_.declare(app);
    declare_processing(app);
    declare_levels(app);
  }

  int run(const Context& context) override {
    fill_request();
    if (!csv_.empty() && overwrite_.occupied() == base::Occupied::refuse && std::filesystem::exists(csv_))
      throw base::Error::input("output_occupied", "the file exists; use --overwrite or another name")
          .in_file(csv_.string());
    const pipeline::MeasuredRegion measured =
        pipeline::measure_region(request_, context.resources, context.run);
    if (!csv_.empty()) {
      base::StagedOutput out = base::StagedOutput::file(csv_, overwrite_.occupied());
      base::write_file(out.path(), csv_of(measured));
      out.commit();
    }
    context.out << (context.options.json ? record::text_of(json_of(measured)) : text_of(measured));
    return 0;
  }

 private:
  void declare_processing(CLI::App& app) {
    app.add_option("--spacing", spacing_, "interpolate to these voxels, mm: one number, or x y z (0 keeps)")
        ->expected(1, 3)
        ->check(CLI::Range(0.0, 1000.0));
    app.add_option("--interpolation", interpolation_, "of the image; the mask is always linear")
        ->check(CLI::IsMember({"linear", "cubic"}))
        ->capture_default_str();
    app.add_flag("--round", round_, "interpolated values to whole numbers (CT in HU)");
    app.add_option("--range", range_, "re-segmentation: intensities that count")->expected(2);
    app.add_option("--outliers", outlier_sd_, "re-segmentation: within so many SD of the mean")
        ->check(CLI::PositiveNumber);
  }

  void declare_levels(CLI::App& app) {
    CLI::Option* bins = app.add_option("--bins", bins_,
                                       "grey levels: so many bins from the lowest to the highest value "
                                       "(default 32; whole numbers 1–255 are levels already)")
                            ->check(CLI::Range(1, 65535));
    CLI::Option* width = app.add_option("--bin-width", bin_width_, "grey levels: bins of this width")
                             ->check(CLI::PositiveNumber);
    bins->excludes(width);
    app.add_option("--bin-origin", bin_origin_,
                   "edge of the first bin (default: lower end of --range, else "
                   "the region's lowest value)")
        ->needs(width);
    CLI::Option* ivh_bins = app.add_option("--ivh-bins", ivh_bins_,
                                           "bins of the intensity-volume histogram (default 1000; whole "
                                           "numbers stay whole)")
                                ->check(CLI::Range(1, 1000000));
    app.add_option("--ivh-bin-width", ivh_bin_width_, "their width instead")
        ->check(CLI::PositiveNumber)
        ->excludes(ivh_bins);
  }

  void fill_request() {
    request_.label = label_;
    request_.accepted = accept_.codes();
    if (resample_mask_) request_.mask_grid = pipeline::MaskGrid::resample;
    fill_processing();
    using Method = measure::Discretisation::Method;
    if (bins_) {
      request_.texture.method = Method::fixed_bin_number;
      request_.texture.bins = *bins_;
    }
    if (bin_width_) {
      request_.texture.method = Method::fixed_bin_size;
      request_.texture.width = *bin_width_;
      request_.texture.origin = bin_origin_;
    }
    using Volume = measure::VolumeHistogramBins::Method;
    if (ivh_bins_) {
      request_.volume_histogram.method = Volume::fixed_bin_number;
      request_.volume_histogram.bins = *ivh_bins_;
    }
    if (ivh_bin_width_) {
      request_.volume_histogram.method = Volume::fixed_bin_size;
      request_.volume_histogram.width = *ivh_bin_width_;
    }
  }

  void fill_processing() {
    measure::Processing& processing = request_.processing;
    if (spacing_.size() == 2) throw base::Error::usage("usage", "--spacing takes one number or three");
    if (!spacing_.empty()) {
      const bool three = spacing_.size() == 3;
      processing.spacing_mm =
          space::Vec3{spacing_[0], three ? spacing_[1] : spacing_[0], three ? spacing_[2] : spacing_[0]};
    }
    if (interpolation_ == "cubic") processing.method = measure::Interpolation::cubic_spline;
    if (round_) processing.rounding = measure::Processing::Rounding::whole;
    if (!range_.empty()) {
      if (!(range_[0] < range_[1]))
        throw base::Error::usage("usage", "--range: the first is not below the second");
      processing.lowest = range_[0];
      processing.highest = range_[1];
    }
    processing.outlier_sd = outlier_sd_;
  }

  pipeline::MeasureRequest request_;
  std::optional<std::string> label_;
  std::optional<int> bins_, ivh_bins_;
  std::optional<double> outlier_sd_, bin_width_, bin_origin_, ivh_bin_width_;
  std::vector<double> spacing_, range_;
  std::string interpolation_ = "linear";
  bool resample_mask_ = false, round_ = false;
  std::filesystem::path csv_;
  AcceptOption accept_;
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_measure_command() {
  return std::make_unique<MeasureCommand>();
}

}  // namespace netpet::cli
