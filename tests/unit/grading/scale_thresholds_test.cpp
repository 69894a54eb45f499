// Each scale at, just below and just above every threshold, as its own table states it: a table that changes
// moves the test with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>

#include "made_up_case.h"

namespace netpet::grading {
namespace {

using namespace testing;  // NOLINT(google-build-using-namespace)
using nlohmann::json;
using record::GradingCase;
using record::GradingLesion;

json table(const std::string& name) {
  return json::parse(base::Resources().text("data/scales/" + name + ".json"));
}

/// One threshold of one scale: what stands in the table, and the scale's answer for a value against it.
struct Threshold {
  std::string name;
  double at;
  std::function<std::string(double)> answer;
  std::string below, equal, above;
};

void PrintTo(const Threshold& threshold, std::ostream* out) {
  *out << threshold.name;
}

/// FDG liver maximum 3, so a ratio q is an SUVmax of 3 q.
constexpr double kLiverMax = 3;

std::string by_fdg_suvmax(const char* scale, double suvmax, std::optional<double> liver_max = kLiverMax) {
  GradingLesion one = lesion("L1", 20, 1.0);
  one.fdg = {suvmax, suvmax};
  GradingCase patient = usual_case({one});
  patient.fdg_references["liver"].max = liver_max;
  const auto result = grader().grade(patient);
  if (std::string(scale) != "binderup") return value(result, scale);
  const bool above_9 = field<base::Computed<bool>>(result, scale, "above_9").value();
  const bool above_3 = field<base::Computed<bool>>(result, scale, "above_3").value();
  return above_9 ? "above both" : above_3 ? "above 3" : "not above";
}

std::string netpet_by_ratio(double r) {
  const json windows = table("netpet")["windows"];
  const double sstr = windows["sstr_suv"];
  return graded(usual_case({lesion("L1", sstr, r * windows["fdg_suv"].get<double>())}));
}

std::string netpet_by_size(double size_mm) {
  return graded(usual_case({lesion("L1", 1.2, 5, size_mm)}));
}

std::string netpet_by_lesions(double count) {
  std::vector<GradingLesion> lesions;
  for (int i = 0; i < static_cast<int>(count); ++i) lesions.push_back(lesion("L" + std::to_string(i), 20, 4));
  return graded(usual_case(lesions));
}

std::string krenning(double sstr, double spleen_ml = 100) {
  GradingCase one = usual_case({lesion("L1", sstr, 1)});
  one.sstr_references["spleen"].volume_ml = spleen_ml;
  return std::to_string(static_cast<int>(grader().grade(one).lesions[0].krenning.value()));
}

std::string lococo(double ratio) {
  GradingCase one = usual_case({lesion("L1", 10 * ratio, 10, 30, "lung")});
  one.clinical.emplace().primary = "lung";
  return graded(one, "lococo");
}

std::string kratochwil(double suvmax) {
  return graded(usual_case({lesion("L1", suvmax, 1, 30, "liver")}), "kratochwil");
}

std::string kratochwil_ratio(double ratio) {
  const auto result = grader().grade(usual_case({lesion("L1", 8.4 * ratio, 1, 30, "liver")}));
  for (const auto& [name, one] : field<record::AlternativeValues>(result, "kratochwil", "alternatives"))
    if (name == "tumour_to_liver_max") return one.value();
  return "missing";
}

std::string mtc(double size_mm, double fdg) {
  GradingCase one = usual_case({lesion("L1", 10, fdg, size_mm)});
  one.clinical.emplace().primary = "medullary_thyroid";
  return graded(one, "mtc");
}

std::string heterogeneity(double size_mm) {
  GradingCase one = usual_case({lesion("L1", 20, 1, size_mm), lesion("L2", 20, 1, 40)});
  one.lesions[0].heterogeneous = false;
  one.lesions[1].heterogeneous = true;
  return std::to_string(
      field<std::vector<std::string>>(grader().grade(one), "heterogeneity", "targets").size());
}

std::string who(std::optional<double> ki67, std::optional<double> mitoses, const std::string& primary,
                record::Differentiation differentiation = record::Differentiation::well) {
  GradingCase one = usual_case({lesion("L1", 20, 1)});
  one.clinical.emplace().primary = primary;
  record::Pathology specimen;
  specimen.ki67_percent = ki67;
  specimen.mitoses_per_2mm2 = mitoses;
  specimen.differentiation = differentiation;
  specimen.necrosis = false;
  one.clinical->pathology = {specimen};
  return graded(one, "who");
}

std::string biopsy(double size_mm) {
  const auto result = grader().grade(usual_case({lesion("L1", 5, 9, size_mm), lesion("L2", 20, 4, 30)}));
  return *result.biopsy_target;
}

std::string interval(double days) {
  GradingCase one = usual_case({lesion("L1", 20, 4)});
  one.interval_days = days;
  const auto result = grader().grade(one);
  return result.warnings.empty() ? "" : result.warnings[0].code;
}

std::vector<Threshold> thresholds() {
  const json netpet = table("netpet"), positivity = table("positivity"), ezziddin = table("ezziddin"),
             garin = table("bahri_garin"), binderup = table("binderup"), scale_krenning = table("krenning"),
             scale_kratochwil = table("kratochwil"), scale_mtc = table("mtc"), scale_who = table("who"),
             scale_heterogeneity = table("heterogeneity"), scale_biopsy = table("biopsy");
  const json g2 = scale_who["g2_from"], g3 = scale_who["g3_above"], lung = scale_who["lung"];
  const double liver = kLiverMax;
  return {
      {"netpet_p3_from", netpet["p3_from_ratio"], netpet_by_ratio, "P2a", "P3a", "P3a"},
      {"netpet_p3_to", netpet["p3_to_ratio"], netpet_by_ratio, "P3a", "P3a", "P4a"},
      {"netpet_letter", netpet["letter_b_from_lesions"], netpet_by_lesions, "P2a", "P2b", "P2b"},
      {"netpet_interval", netpet["interval_days_at_most"], interval, "", "", "interval_gt_31d"},
      {"large_size", positivity["large"]["size_mm"], netpet_by_size, "P0", "P5", "P5"},
      {"large_volume", positivity["large"]["volume_ml"],
       [](double ml) {
         GradingLesion one = lesion("L1", 1.2, 5);
         one.size_mm.reset();
         one.volume_ml = ml;
         return graded(usual_case({one}));
       },
       "P0", "P5", "P5"},
      {"hot", positivity["hot_above_suvmax_to_liver_max"],
       [](double q) { return graded(usual_case({lesion("L1", 1.2, kLiverMax * q, 5)})); }, "P0", "P0", "P5"},
      {"small_lesion", positivity["small_lesion"]["limit_times_mean"],
       [](double times) {
         GradingLesion one = lesion("L1", 20, 1.6 * times);
         one.volume_ml = 0.9;
         return graded(usual_case({one}));
       },
       "P1", "P1", "P2a"},
      {"ezziddin_mg1", ezziddin["mg1_to_ratio"],
       [=](double q) { return by_fdg_suvmax("ezziddin", liver * q); }, "mG1", "mG1", "mG2"},
      {"ezziddin_mg2", ezziddin["mg2_to_ratio"],
       [=](double q) { return by_fdg_suvmax("ezziddin", liver * q); }, "mG2", "mG2", "mG3"},
      {"garin_suvmax", garin["positive_above_suvmax"],
       [](double suvmax) { return by_fdg_suvmax("bahri_garin", suvmax, 100.0); }, "negative", "negative",
       "positive"},
      {"garin_ratio", garin["positive_from_ratio"],
       [](double q) { return by_fdg_suvmax("bahri_garin", q, 1.0); }, "negative", "positive", "positive"},
      {"binderup_pfs", binderup["pfs_above_suvmax"], [](double v) { return by_fdg_suvmax("binderup", v); },
       "not above", "not above", "above 3"},
      {"binderup_os", binderup["os_above_suvmax"], [](double v) { return by_fdg_suvmax("binderup", v); },
       "above 3", "above 3", "above both"},
      {"krenning_0", scale_krenning["score_0_below_share_of_blood_pool"],
       [](double share) { return krenning(1.5 * share); }, "0", "1", "1"},
      {"krenning_1", 1.9, [](double s) { return krenning(s); }, "1", "1", "2"},
      {"krenning_2", 7.6, [](double s) { return krenning(s); }, "2", "2", "3"},
      {"krenning_3", 20, [](double s) { return krenning(s); }, "3", "4", "4"},
      {"spleen_volume", scale_krenning["spleen_least_volume_ml"], [](double ml) { return krenning(25, ml); },
       "3", "4", "4"},
      {"lococo", table("lococo")["typical_from_ratio"], lococo, "atypical", "typical", "typical"},
      {"kratochwil_suvmax", scale_kratochwil["response_above_suvmax"], kratochwil, "none_above", "none_above",
       "all_above"},
      {"kratochwil_ratio", scale_kratochwil["response_above_tumour_to_liver"], kratochwil_ratio, "none_above",
       "none_above", "all_above"},
      {"mtc_size", scale_mtc["favourable_below_size_mm"], [](double mm) { return mtc(mm, 1); },
       "all_favourable", "none_favourable", "none_favourable"},
      {"mtc_suvmax", scale_mtc["favourable_below_fdg_suvmax"], [](double v) { return mtc(5, v); },
       "all_favourable", "none_favourable", "none_favourable"},
      {"heterogeneity_size", scale_heterogeneity["target_from_size_mm"], heterogeneity, "1", "2", "2"},
      {"who_g2_ki67", g2["ki67_percent"], [](double v) { return who(v, std::nullopt, "pancreas"); }, "NET G1",
       "NET G2", "NET G2"},
      {"who_g2_mitoses", g2["mitoses_per_2mm2"], [](double v) { return who(std::nullopt, v, "pancreas"); },
       "NET G1", "NET G2", "NET G2"},
      {"who_g3_ki67", g3["ki67_percent"], [](double v) { return who(v, 1, "pancreas"); }, "NET G2", "NET G2",
       "NET G3"},
      {"who_g3_mitoses", g3["mitoses_per_2mm2"], [](double v) { return who(1, v, "midgut"); }, "NET G2",
       "NET G2", "NET G3"},
      {"who_lung_atypical", lung["atypical_from_mitoses_per_2mm2"],
       [](double v) { return who(50, v, "lung"); }, "typical carcinoid", "atypical carcinoid",
       "atypical carcinoid"},
      {"who_lung_carcinoma", lung["carcinoma_above_mitoses_per_2mm2"],
       [](double v) { return who(1, v, "lung"); }, "atypical carcinoid", "atypical carcinoid",
       "LCNEC or SCLC"},
      {"biopsy_size", scale_biopsy["size_mm_at_least"], biopsy, "L2", "L1", "L1"},
  };
}

class ScaleThreshold : public ::testing::TestWithParam<Threshold> {};

TEST_P(ScaleThreshold, DecidesBelowAtAndAbove) {
  const Threshold& one = GetParam();
  EXPECT_EQ(one.answer(one.at * (1 - 1e-4)), one.below) << "just below " << one.at;
  EXPECT_EQ(one.answer(one.at), one.equal) << "at " << one.at;
  EXPECT_EQ(one.answer(one.at * (1 + 1e-4)), one.above) << "just above " << one.at;
}

INSTANTIATE_TEST_SUITE_P(All, ScaleThreshold, ::testing::ValuesIn(thresholds()),
                         [](const auto& one) { return one.param.name; });

TEST(Heterogeneity, OfExactlyHalfOfTheLesionsCounts) {
  const double share = table("heterogeneity")["heterogeneous_from_share"];
  ASSERT_EQ(share, 0.5);
  GradingCase one = usual_case({lesion("L1", 20, 1, 30, "liver"), lesion("L2", 20, 1, 30, "bone"),
                                lesion("L3", 20, 1, 30, "node"), lesion("L4", 20, 1, 30, "lung")});
  const auto with = [&](int heterogeneous) {
    for (int i = 0; i < 4; ++i) one.lesions[static_cast<std::size_t>(i)].heterogeneous = i < heterogeneous;
    return graded(one, "heterogeneity");
  };
  EXPECT_EQ(with(1), "homogeneous");
  EXPECT_EQ(with(2), "heterogeneous");
  EXPECT_EQ(with(3), "heterogeneous");
}

}  // namespace
}  // namespace netpet::grading
