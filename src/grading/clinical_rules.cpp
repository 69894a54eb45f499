#include "grading/clinical_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/table.h"
#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Clinical;
using record::GradingCase;
using record::Therapy;

bool among(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

struct Days {
  base::Date first, last;
};

/// The days on which a therapy is known to have worked; `endless` therapies reach to the end of time.
std::optional<Days> days_of(const Therapy& therapy, bool endless) {
  constexpr base::Date kEndOfTime{1'000'000};
  const auto first = therapy.start ? therapy.start : therapy.last_dose ? therapy.last_dose : therapy.end;
  if (!first) return std::nullopt;
  const auto last = therapy.end ? therapy.end : therapy.last_dose;
  if (last) return Days{*first, *last};
  return Days{*first, endless ? kEndOfTime : *first};
}

}  // namespace

ClinicalRules::ClinicalRules(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/clinical.json", [this](base::Table& table) {
    table.text("source");
    group_of_primary_ = table.dictionary("group_of_primary");
    therapy_kinds_ = table.texts("therapy_kinds");
    go_on_without_end_ = table.texts("therapies_that_go_on_without_end");
    analogue_ = table.text("long_acting_analogue");
    analogue_within_days_ = table.number("long_acting_analogue_within_days");
    glucose_at_most_ = table.number("glucose_mmol_l_at_most");
  });
}

std::string ClinicalRules::group_of_primary(const GradingCase& one) const {
  if (!one.clinical) return "";
  const auto found = group_of_primary_.find(one.clinical->primary);
  return found == group_of_primary_.end() ? "" : found->second;
}

bool ClinicalRules::goes_on_without_end(const Therapy& therapy) const {
  return among(go_on_without_end_, therapy.kind);
}

std::string ClinicalRules::recent_analogue(const GradingCase& one) const {
  if (!one.clinical || !one.sstr_date) return "";
  const base::Date scan = *one.sstr_date;
  for (const Therapy& therapy : one.clinical->therapies) {
    if (therapy.kind != analogue_) continue;
    const bool started = !therapy.start || *therapy.start <= scan;
    const auto last = therapy.last_dose ? therapy.last_dose : therapy.end;
    if (last) {
      const auto days = static_cast<double>(scan.days - last->days);
      if (days >= 0 && !exceeds(days, analogue_within_days_))
        return fmt::format(
            "the last dose of a long-acting somatostatin analogue was given {:g} days before the "
            "SSTR scan: spleen and liver may be suppressed and Krenning 4 is doubtful",
            days);
      // A dose after the scan: it was a repeated one if the therapy had begun before.
      if (days < 0 && therapy.start && started)
        return "a long-acting somatostatin analogue went on at the time of the SSTR scan: spleen and liver "
               "may "
               "be suppressed and Krenning 4 is doubtful";
    } else if (therapy.start && started) {
      return "a long-acting somatostatin analogue was begun before the SSTR scan and no end is given: spleen "
             "and liver may be suppressed and Krenning 4 is doubtful";
    }
  }
  return "";
}

std::string ClinicalRules::therapy_between(const GradingCase& one) const {
  if (!one.clinical || !one.sstr_date || !one.fdg_date) return "";
  const auto [first, second] = std::minmax(*one.sstr_date, *one.fdg_date);
  std::vector<std::string> kinds;
  for (const Therapy& therapy : one.clinical->therapies) {
    const auto days = days_of(therapy, goes_on_without_end(therapy));
    if (days && days->last >= first && days->first <= second && !among(kinds, therapy.kind))
      kinds.push_back(therapy.kind);
  }
  if (kinds.empty()) return "";
  for (std::string& kind : kinds) kind = organ_in_words(kind);
  return fmt::format("between the scans of {} and {} lies therapy: {}", base::iso(first), base::iso(second),
                     list_in_words(kinds));
}

std::string ClinicalRules::therapies_without_date(const GradingCase& one) const {
  if (!one.clinical || one.clinical->therapies.empty()) return "";
  if (one.sstr_given && one.fdg_given && !(one.sstr_date && one.fdg_date))
    return "therapies are named, but without the days of both scans it is not known whether one lies between";
  for (const Therapy& therapy : one.clinical->therapies)
    if (!days_of(therapy, false))
      return fmt::format("no date is given for {}: whether it lies between the scans is not known",
                         organ_in_words(therapy.kind));
  return "";
}

std::string ClinicalRules::unknown_words(const Clinical& clinical) const {
  std::vector<std::string> words;
  if (!clinical.primary.empty() && !group_of_primary_.contains(clinical.primary))
    words.push_back(fmt::format("primary \"{}\"", clinical.primary));
  for (const Therapy& therapy : clinical.therapies)
    if (!among(therapy_kinds_, therapy.kind)) words.push_back(fmt::format("therapy \"{}\"", therapy.kind));
  if (words.empty()) return "";
  return fmt::format("no rule knows {}: check the spelling", list_in_words(words));
}

std::vector<record::Warning> ClinicalRules::warnings(const GradingCase& one) const {
  std::vector<record::Warning> warnings;
  if (!one.clinical) return warnings;
  const Clinical& clinical = *one.clinical;
  if (const std::string what = unknown_words(clinical); !what.empty())
    warnings.push_back({"clinical_unknown_word", what});
  if (const std::string what = recent_analogue(one); !what.empty())
    warnings.push_back({"ssa_within_28d", what});
  if (const std::string what = therapy_between(one); !what.empty())
    warnings.push_back({"therapy_between", what});
  if (one.fdg_given && clinical.glucose_mmol_l && exceeds(*clinical.glucose_mmol_l, glucose_at_most_))
    warnings.push_back(
        {"glucose_high", fmt::format("glucose was {:g} mmol/L, above {:g}: FDG uptake of lesions "
                                     "is lowered",
                                     *clinical.glucose_mmol_l, glucose_at_most_)});
  if (one.fdg_given && clinical.g_csf.value_or(false))
    warnings.push_back({"fdg_uptake_altered",
                        "G-CSF raises FDG uptake of marrow and spleen: bone lesions and "
                        "the marrow background are less sure"});
  if (one.fdg_given && clinical.metformin.value_or(false))
    warnings.push_back({"fdg_uptake_altered",
                        "metformin raises FDG uptake of the bowel: it may hide or feign "
                        "lesions there"});
  if (clinical.splenectomy.value_or(false) && one.sstr_references.contains("spleen"))
    warnings.push_back({"spleen_after_splenectomy",
                        "a spleen reference was given though the spleen was removed: "
                        "it was not used"});
  return warnings;
}

}  // namespace netpet::grading
