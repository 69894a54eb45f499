#include "grading/ppgl.h"

#include <fmt/format.h>

#include <algorithm>

namespace netpet::grading {
namespace {

constexpr const char* kSporadicAdrenal = "sporadic_phaeochromocytoma";
constexpr const char* kInheritedNotSdh = "inherited_not_sdh";
constexpr const char* kSporadicHeadNeck = "sporadic_head_neck";
constexpr const char* kOthers = "extra_adrenal_metastatic_or_sdh";

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Ppgl::Ppgl(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/ppgl.json", [this](base::Table& table) {
    head_.read(table, "ppgl");
    adrenal_primaries_ = table.texts("adrenal_primaries");
    head_neck_primaries_ = table.texts("head_neck_primaries");
    sdh_genes_ = table.texts("sdh_genes");
    sporadic_words_ = table.texts("sporadic_words");
    table.part("orders", [this](base::Table& orders) {
      for (const char* key : {kSporadicAdrenal, kInheritedNotSdh, kSporadicHeadNeck, kOthers})
        orders.part(key, [&](base::Table& order) {
          orders_[key] = {order.text("text"), order.texts("tracers")};
          if (orders_[key].tracers.size() != 3)
            order.refuse("tracers must be first, second and third choice");
        });
    });
    sdhb_detection_ = table.dictionary("sdhb_detection_percent", {"SSTR", "FDG", "FDOPA"});
  });
}

Ppgl::Germline Ppgl::germline_of(const std::string& gene) const {
  if (gene.empty()) return Germline::unknown;
  if (among(sporadic_words_, gene)) return Germline::sporadic;
  return among(sdh_genes_, gene) ? Germline::sdh : Germline::inherited;
}

std::string Ppgl::order_for(const record::Clinical& clinical) const {
  const Germline germline = germline_of(clinical.germline);
  if (clinical.metastatic.value_or(false) || germline == Germline::sdh) return kOthers;
  const bool adrenal = among(adrenal_primaries_, clinical.primary);
  const bool head_neck = among(head_neck_primaries_, clinical.primary);
  if (!adrenal && !head_neck) return kOthers;
  // Without these two a sporadic, local tumour cannot be told from one of the last kind.
  if (!clinical.metastatic || germline == Germline::unknown) return "";
  if (adrenal) return germline == Germline::sporadic ? kSporadicAdrenal : kInheritedNotSdh;
  return germline == Germline::sporadic ? kSporadicHeadNeck : kOthers;
}

record::Grade Ppgl::grade(const Assessment& assessment) const {
  if (primary_is(assessment, "ppgl") != Known::yes)
    return head_.does_not_apply(assessment, "no phaeochromocytoma or paraganglioma is named");
  const record::Clinical& clinical = *assessment.grading_case.clinical;
  const std::string key = order_for(clinical);
  if (key.empty())
    return head_.not_computable(assessment,
                                "whether the disease is metastatic, and the germline, must be known");
  const Order& order = orders_.at(key);
  record::Grade grade = head_.begin(assessment);
  grade.value = key;
  using Text = base::Computed<std::string>;
  grade.fields = {{"first_choice", Text(order.tracers[0])},
                  {"second_choice", Text(order.tracers[1])},
                  {"third_choice", Text(order.tracers[2])}};
  grade.evidence = {fmt::format("For {} the guideline names {} first, {} second, {} third.", order.text,
                                order.tracers[0], order.tracers[1], order.tracers[2])};
  if (clinical.germline == "SDHB")
    grade.evidence.push_back(fmt::format(
        "In SDHB-related disease SSTR showed {} % of lesions, FDG {} %, FDOPA {} % (17 patients).",
        sdhb_detection_.at("SSTR"), sdhb_detection_.at("FDG"), sdhb_detection_.at("FDOPA")));
  grade.caveats.push_back(
      "for therapy the agent with the highest uptake before it is preferred; see target coverage");
  return grade;
}

}  // namespace netpet::grading
