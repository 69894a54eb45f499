#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

#include "base/error.h"
#include "sound_header.h"
#include "suv/suv.h"

namespace netpet::suv {
namespace {

std::optional<double> number(const std::string& text) {
  if (text == "-") return std::nullopt;
  return std::stod(text);
}

std::optional<base::Instant> instant(const std::string& text) {
  if (text == "-") return std::nullopt;
  return at(text);
}

base::TimeOfDay time_of_day(base::Instant instant_) {
  return {instant_.microseconds - base::Instant::of(instant_.date(), {}).microseconds};
}

void change(record::PetHeader& header, std::set<std::string>& accepted, const std::string& name,
            const std::string& value) {
  const std::string text = value == "-" ? "" : value;
  if (name == "units") {
    header.units = text;
  } else if (name == "suv_type") {
    header.suv_type = text;
  } else if (name == "decay") {
    header.decay_correction = text;
  } else if (name == "corrected") {
    header.corrected_image.clear();
    if (!text.empty()) header.corrected_image.push_back(text);
  } else if (name == "weight") {
    header.weight = number(value);
  } else if (name == "dose") {
    header.total_dose = number(value);
  } else if (name == "half_life") {
    header.half_life_s = number(value);
  } else if (name == "nuclide") {
    header.radionuclide_code.reset();
  } else if (name == "administered") {
    header.administered_datetime = instant(value);
  } else if (name == "administered_time") {
    header.administered_time = time_of_day(at("2025-01-01T" + value));
  } else if (name == "ge_administered") {
    header.ge_administered = instant(value);
  } else if (name == "ge_scan") {
    header.ge_scan_datetime = instant(value);
  } else if (name == "siemens") {
    header.siemens_reference_time = instant(value);
  } else if (name == "series") {
    header.series_date.reset();
    header.series_time.reset();
    if (const auto series = instant(value)) {
      header.series_date = series->date();
      header.series_time = time_of_day(*series);
    }
  } else if (name == "slices") {
    header.slices.resize(std::stoul(value));
  } else if (name == "accept") {
    accepted.insert(value);
  } else {
    for (record::PetSlice& slice : header.slices) {
      if (name == "slope") {
        slice.slope = std::stod(value);
      } else if (name == "intercept") {
        slice.intercept = std::stod(value);
      } else if (name == "acquired") {
        slice.acquired = instant(value);
      } else if (name == "duration") {
        slice.frame_duration_ms = number(value);
      } else if (name == "reference") {
        slice.frame_reference_time_ms = number(value);
      } else {
        FAIL() << "the table changes an unknown attribute: " << name;
      }
    }
  }
}

TEST(HeaderCorruptions, EachGivesItsNumberOrItsRefusal) {
  std::ifstream table(std::string(NETPET_TEST_DATA) + "/unit/suv/header_corruptions.txt");
  ASSERT_TRUE(table.is_open());
  const base::Resources resources;
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    const std::size_t arrow = line.find("->");
    if (line.starts_with('#') || arrow == std::string::npos) continue;
    SCOPED_TRACE(line);
    ++rows;
    record::PetHeader header = sound_header();
    std::set<std::string> accepted;
    std::istringstream changes(line.substr(0, arrow));
    for (std::string item; changes >> item;) {
      const std::size_t equals = item.find('=');
      ASSERT_NE(equals, std::string::npos);
      change(header, accepted, item.substr(0, equals), item.substr(equals + 1));
    }
    std::istringstream expected(line.substr(arrow + 2));
    std::string outcome;
    expected >> outcome;
    std::vector<std::string> warnings, found;
    for (std::string code; expected >> code;) warnings.push_back(code);
    const bool is_number = outcome.find_first_not_of("0123456789.e-") == std::string::npos;
    try {
      const SuvFactors factors = suv_factors(header, resources, accepted);
      for (const record::Warning& warning : factors.warnings) found.push_back(warning.code);
      ASSERT_TRUE(is_number) << "gave the factor " << factors.per_slice.at(0);
      for (const double factor : factors.per_slice) {
        EXPECT_NEAR(factor / std::stod(outcome), 1, 1e-6);
      }
      EXPECT_FALSE(factors.provenance.steps.empty());
      EXPECT_EQ(found, warnings);
    } catch (const base::Error& error) {
      EXPECT_EQ(error.code(), outcome);
      EXPECT_EQ(error.kind(), base::ErrorKind::input);
      EXPECT_TRUE(error.tag().has_value());
      EXPECT_EQ(error.accept().value_or(error.code()), error.code());
    }
  }
  EXPECT_GE(rows, 70);
}

}  // namespace
}  // namespace netpet::suv
