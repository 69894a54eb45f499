#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "base/error.h"
#include "sound_header.h"
#include "suv/suv.h"

namespace netpet::suv {
namespace {

using record::PetHeader;
using record::PetSlice;

std::optional<double> number(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(std::stod(text));
}
std::optional<base::Instant> instant(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(at(text));
}
std::optional<base::Date> date(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(at(text).date());
}
std::optional<base::TimeOfDay> time_of_day(const std::string& text) {
  if (text.empty()) return std::nullopt;
  return base::TimeOfDay{at("1970-01-01T" + text).microseconds};
}

void change_nuclide(PetHeader& header, const std::string& name) {
  static const std::map<std::string, std::string> codes{
      {"Ga-68", "35337001"}, {"Cu-64", "3932008"}, {"Lu-177", "447553000"}};
  header.radionuclide_code.reset();
  header.radiopharmaceutical = "X";
  if (!name.empty()) header.radionuclide_code = record::Code{codes.at(name), "SCT", ""};
}

void change_corrected(PetHeader& header, const std::string& names) {
  header.corrected_image.clear();
  if (!names.empty()) header.corrected_image.push_back(names);
}

void change_series(PetHeader& header, const std::string& text) {
  header.series_date = date(text);
  header.series_time = text.empty() ? std::nullopt : time_of_day(text.substr(text.find('T') + 1));
}

using HeaderChange = std::function<void(PetHeader&, const std::string&)>;
const std::map<std::string, HeaderChange> header_changes{
    {"units", [](auto& h, auto& v) { h.units = v; }},
    {"suv_type", [](auto& h, auto& v) { h.suv_type = v; }},
    {"decay", [](auto& h, auto& v) { h.decay_correction = v; }},
    {"corrected_to", [](auto& h, auto& v) { h.decay_corrected_to = instant(v); }},
    {"corrected", change_corrected},
    {"counts", [](auto& h, auto& v) { h.counts_source = v; }},
    {"manufacturer", [](auto& h, auto& v) { h.manufacturer = v; }},
    {"weight", [](auto& h, auto& v) { h.weight = number(v); }},
    {"height", [](auto& h, auto& v) { h.height = number(v); }},
    {"sex", [](auto& h, auto& v) { h.patient.sex = v; }},
    {"dose", [](auto& h, auto& v) { h.total_dose = number(v); }},
    {"half_life", [](auto& h, auto& v) { h.half_life_s = number(v); }},
    {"nuclide", change_nuclide},
    {"administered", [](auto& h, auto& v) { h.administered_datetime = instant(v); }},
    {"administered_time", [](auto& h, auto& v) { h.administered_time = time_of_day(v); }},
    {"ge_administered", [](auto& h, auto& v) { h.ge_administered = instant(v); }},
    {"ge_scan", [](auto& h, auto& v) { h.ge_scan_datetime = instant(v); }},
    {"siemens", [](auto& h, auto& v) { h.siemens_reference_time = instant(v); }},
    {"philips_suv", [](auto& h, auto& v) { h.philips_suv_factor = number(v); }},
    {"philips_activity", [](auto& h, auto& v) { h.philips_activity_factor = number(v); }},
    {"series", change_series},
    {"series_date", [](auto& h, auto& v) { h.series_date = date(v); }},
    {"series_time", [](auto& h, auto& v) { h.series_time = time_of_day(v); }},
    {"study_date", [](auto& h, auto& v) { h.study_date = date(v); }},
    {"slices", [](auto& h, auto& v) { h.slices.resize(std::stoul(v), h.slices.front()); }}};

using SliceChange = std::function<void(PetSlice&, const std::string&)>;
const std::map<std::string, SliceChange> slice_changes{
    {"slope", [](auto& s, auto& v) { s.slope = std::stod(v); }},
    {"intercept", [](auto& s, auto& v) { s.intercept = std::stod(v); }},
    {"acquired", [](auto& s, auto& v) { s.acquired = instant(v); }},
    {"duration", [](auto& s, auto& v) { s.frame_duration_ms = number(v); }},
    {"reference", [](auto& s, auto& v) { s.frame_reference_time_ms = number(v); }},
    {"decay_factor", [](auto& s, auto& v) { s.decay_factor = number(v); }}};

/// A row of the table, read.
struct Case {
  PetHeader header = sound_header();
  std::set<std::string> accepted;
  SuvType type = SuvType::bw;
  std::string outcome;
  std::vector<std::string> warnings;
};

void change(Case& row, std::string name, std::string value) {
  std::replace(value.begin(), value.end(), '_', ' ');
  if (value == "-") value.clear();
  if (name == "accept") {
    std::replace(value.begin(), value.end(), ' ', '_');
    row.accepted.insert(value);
    return;
  }
  if (name == "type") {
    row.type = suv_type_named(value).value();
    return;
  }
  std::optional<std::size_t> only;
  if (const auto sign = name.find('@'); sign != std::string::npos) {
    only = std::stoul(name.substr(sign + 1));
    name.resize(sign);
  }
  if (const auto found = header_changes.find(name); found != header_changes.end()) {
    found->second(row.header, value);
    return;
  }
  ASSERT_TRUE(slice_changes.contains(name)) << "the table changes an unknown attribute: " << name;
  for (std::size_t k = 0; k < row.header.slices.size(); ++k)
    if (!only || *only == k) slice_changes.at(name)(row.header.slices[k], value);
}

Case read_row(const std::string& line) {
  Case row;
  const std::size_t arrow = line.find("->");
  std::istringstream changes(line.substr(0, arrow));
  for (std::string item; changes >> item;) {
    const std::size_t equals = item.find('=');
    change(row, item.substr(0, equals), item.substr(equals + 1));
  }
  std::istringstream expected(line.substr(arrow + 2, line.find('#') - arrow - 2));
  expected >> row.outcome;
  for (std::string code; expected >> code;) row.warnings.push_back(code);
  return row;
}

void expect_outcome(const Case& row) {
  const bool is_number = row.outcome.find_first_not_of("0123456789.e-") == std::string::npos;
  try {
    const SuvFactors factors = suv_factors(row.header, base::Resources(), row.accepted, row.type);
    ASSERT_TRUE(is_number) << "gave the factor " << factors.per_slice.at(0);
    for (const double factor : factors.per_slice) EXPECT_NEAR(factor / std::stod(row.outcome), 1, 1e-8);
    EXPECT_FALSE(factors.provenance.steps.empty());
    std::vector<std::string> found;
    for (const record::Warning& warning : factors.warnings) found.push_back(warning.code);
    EXPECT_EQ(found, row.warnings);
  } catch (const base::Error& error) {
    EXPECT_EQ(error.code(), row.outcome);
    EXPECT_EQ(error.kind(), base::ErrorKind::input);
    EXPECT_TRUE(error.tag().has_value());
    EXPECT_EQ(error.accept().value_or(error.code()), error.code());
  }
}

TEST(HeaderCorruptions, EachGivesItsNumberOrItsRefusal) {
  std::ifstream table(std::string(NETPET_TEST_DATA) + "/unit/suv/header_corruptions.txt");
  ASSERT_TRUE(table.is_open());
  int rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.starts_with('#') || line.find("->") == std::string::npos) continue;
    SCOPED_TRACE(line);
    ++rows;
    expect_outcome(read_row(line));
  }
  EXPECT_GE(rows, 300);
}

}  // namespace
}  // namespace netpet::suv
