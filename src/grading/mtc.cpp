#include "grading/mtc.h"

#include <fmt/format.h>

#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {

MedullaryThyroid::MedullaryThyroid(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/mtc.json", [this](base::Table& table) {
    head_.read(table, "mtc");
    below_size_mm_ = table.number("favourable_below_size_mm");
    below_suvmax_ = table.number("favourable_below_fdg_suvmax");
  });
}

record::Grade MedullaryThyroid::grade(const Assessment& assessment) const {
  if (primary_is(assessment, "medullary_thyroid") != Known::yes)
    return head_.does_not_apply(assessment, "no medullary thyroid carcinoma is named");
  if (!assessment.grading_case.fdg_given) return head_.not_computable(assessment, "there is no FDG study");
  std::vector<std::string> favourable, others;
  record::Grade grade = head_.begin(assessment);
  for (const record::GradingLesion& lesion : assessment.grading_case.lesions) {
    if (lesion.excluded) continue;
    if (!lesion.size_mm || !lesion.fdg.suvmax)
      return head_.not_computable(
          assessment, fmt::format("{} lacks {}", lesion.id, lesion.size_mm ? "FDG SUVmax" : "its size"));
    const bool small = !reaches(*lesion.size_mm, below_size_mm_);
    const bool quiet = !reaches(*lesion.fdg.suvmax, below_suvmax_);
    (small && quiet ? favourable : others).push_back(lesion.id);
    grade.evidence.push_back(fmt::format("{}: {}, {} {:g} mm; FDG SUVmax {}, {} {:g}: {}.", lesion.id,
                                         size_in_words(lesion), small ? "below" : "not below", below_size_mm_,
                                         in_words(*lesion.fdg.suvmax), quiet ? "below" : "not below",
                                         below_suvmax_, small && quiet ? "favourable" : "not favourable"));
  }
  if (favourable.empty() && others.empty()) return head_.does_not_apply(assessment, "there is no lesion");
  grade.value = std::string(others.empty()       ? "all_favourable"
                            : favourable.empty() ? "none_favourable"
                                                 : "some_favourable");
  grade.fields = {{"favourable", favourable}, {"not_favourable", others}};
  return grade;
}

}  // namespace netpet::grading
