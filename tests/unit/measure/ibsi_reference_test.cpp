#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "ibsi_configurations.h"
#include "ibsi_digital_phantom.h"
#include "image/nifti.h"
#include "measure/process.h"
#include "measure/quantity.h"

namespace netpet::measure {
namespace {

/// One line of IBSI 1's tables: the value as printed there, its tolerance.
struct Reference {
  std::string text;
  double value, tolerance;
};

std::map<std::string, Reference> references(const std::string& table) {
  std::ifstream file(std::string(NETPET_TEST_DATA) + "/reference/ibsi/ibsi_1_" + table + ".csv");
  std::map<std::string, Reference> found;
  std::string line;
  std::getline(file, line);  // the head
  while (std::getline(file, line)) {
    std::istringstream fields(line);
    std::string value, tolerance, tag;
    std::getline(fields, value, ';');
    std::getline(fields, tolerance, ';');
    std::getline(fields, tag, ';');
    if (!tag.empty() && tag.back() == '\r') tag.pop_back();
    if (!value.empty()) found[tag] = {value, std::stod(value), std::stod(tolerance)};
  }
  return found;
}

/// The tables print three digits: half a unit of the last one belongs to every tolerance.
double rounding(const Reference& reference) {
  if (reference.value == 0) return 0.005;
  return 0.501 * std::pow(10, std::floor(std::log10(std::abs(reference.value))) - 2);
}

/// The tables have mm³, we mL.
double as_printed(const Quantity& quantity, double value) {
  return quantity.unit.find("mL") == std::string::npos ? value : 1000 * value;
}

std::string tag_of(const Quantity& quantity) {
  const std::string label = label_of(quantity.aggregation);
  return label.empty() ? quantity.tag : quantity.tag + "_" + label;
}

void expect_references(const Measured& measured, const std::string& table, std::size_t least) {
  const std::map<std::string, Reference> all = references(table);
  std::size_t compared = 0;
  for (const Quantity& quantity : all_quantities()) {
    const auto reference = all.find(tag_of(quantity));
    if (quantity.tag.empty() || reference == all.end()) continue;
    const base::Computed<double> value = quantity.measure(measured);
    ASSERT_TRUE(value.has_value()) << tag_of(quantity) << ": " << value.reason();
    EXPECT_NEAR(as_printed(quantity, value.value()), reference->second.value,
                reference->second.tolerance + rounding(reference->second))
        << table << " " << tag_of(quantity);
    ++compared;
  }
  EXPECT_EQ(compared, least) << "features of the table are not implemented";
}

TEST(Ibsi, TheDigitalPhantomHoldsAllReferenceValues) {
  const DigitalPhantom phantom = digital_phantom();
  expect_references(Measured(phantom.image, phantom.region), "dig_phantom", 482);
}

std::filesystem::path ct_phantom() {
  const char* shared = std::getenv("NETPET_SHARED");
  const std::filesystem::path folder =
      shared != nullptr ? shared : std::string(NETPET_TEST_DATA) + "/../../shared";
  return folder / "data/ibsi/ibsi_1_ct_radiomics_phantom/nifti";
}

class IbsiCtPhantom : public testing::TestWithParam<char> {};

TEST_P(IbsiCtPhantom, HoldsAllReferenceValues) {
  const std::filesystem::path folder = ct_phantom();
  if (!std::filesystem::is_directory(folder))
    GTEST_SKIP() << "IBSI CT PHANTOM NOT TESTED: " << folder
                 << " is absent; set NETPET_SHARED to the folder that holds data/";
  const Configuration configuration = ibsi_configuration(GetParam());
  const image::PetVolume image = image::read_nifti_float(folder / "image/phantom.nii.gz");
  const image::LabelMap mask = image::read_nifti_labels(folder / "mask/mask.nii.gz");
  const Processed processed =
      process(image, image::region_of(image::mask_of_label(mask, 1)), configuration.processing);
  const Measured measured(processed.image, processed.shape, processed.intensity, configuration.settings);

  const std::string table = std::string("chest_config_") + static_cast<char>(GetParam() - 'A' + 'a');
  const std::map<std::string, Reference> all = references(table);
  const auto expect = [&](const std::string& tag, double value) {
    const Reference& reference = all.at(tag);
    EXPECT_NEAR(value, reference.value, reference.tolerance + rounding(reference)) << table << " " << tag;
  };
  expect("morph_mask_vox_count_interp_roi", static_cast<double>(processed.shape.size()));
  expect("int_mask_vox_count_reseg_roi", static_cast<double>(processed.intensity.size()));
  expect("int_mask_mean_int_reseg_roi", measured.intensities().mean());
  expect("int_mask_min_int_reseg_roi", measured.intensities().least());
  expect("int_mask_max_int_reseg_roi", measured.intensities().greatest());
  expect_references(measured, table, configuration.features);
}

INSTANTIATE_TEST_SUITE_P(Configurations, IbsiCtPhantom, testing::Values('A', 'B', 'C', 'D', 'E'),
                         [](const auto& one) { return std::string(1, one.param); });

}  // namespace
}  // namespace netpet::measure
