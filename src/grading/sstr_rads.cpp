#include "grading/sstr_rads.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "grading/wording.h"

namespace netpet::grading {
namespace {

constexpr std::array kCategories{"1A", "1B", "2", "3A", "3B", "3C", "3D", "4", "5"};
constexpr const char* kNeedsSite = "site typicality";
constexpr const char* kNeedsAnatomy = "anatomical definiteness";

}  // namespace

SstrRads::SstrRads(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/sstr_rads.json", [this](base::Table& table) {
    head_.read(table, "sstr_rads");
    targets_.at_most = table.number("targets_at_most");
    targets_.at_most_per_site = table.number("targets_at_most_per_site");
    equivocal_from_level_ = table.number("equivocal_from_level");
    low_level_up_to_ = table.number("low_level_up_to");
    intense_from_level_ = table.number("intense_from_level");
    prrt_from_category_ = table.text("prrt_from_category");
    categories_ = table.dictionary("categories", {kCategories.begin(), kCategories.end()});
    unverified_ = table.texts("unverified_wording");
    if (!categories_.contains(prrt_from_category_)) table.refuse("prrt_from_category is none of categories");
  });
}

std::size_t SstrRads::rank(const std::string& category) const {
  return static_cast<std::size_t>(std::find(kCategories.begin(), kCategories.end(), category) -
                                  kCategories.begin());
}

std::string SstrRads::in_words(const std::string& category) const {
  const bool unverified = std::find(unverified_.begin(), unverified_.end(), category) != unverified_.end();
  return categories_.at(category) + (unverified ? " (unverified wording)" : "");
}

/// Uptake not above blood pool: an anatomical lesion without receptors, or nothing much.
SstrRads::Proposal SstrRads::propose_without_uptake(const record::SstrRadsFindings& reader,
                                                    double level) const {
  if (reader.anatomy.empty()) return {"", {kNeedsAnatomy}, ""};
  if (reader.anatomy != "indefinite") return {"3D", {}, ""};
  if (reader.site.empty()) return {"", {kNeedsSite}, ""};
  if (reader.site != "typical" && level <= low_level_up_to_) return {"2", {}, ""};
  return {"", {}, "no category is provided for faint uptake at a typical site without an anatomical lesion"};
}

SstrRads::Proposal SstrRads::propose(const record::GradingLesion& lesion, double level) const {
  const record::SstrRadsFindings& reader = lesion.sstr_rads;
  if (!reader.benign.empty()) return {level < equivocal_from_level_ ? "1A" : "1B", {}, ""};
  if (level < equivocal_from_level_) return propose_without_uptake(reader, level);
  if (level >= intense_from_level_) {
    if (reader.site == "highly_atypical") return {"3C", {}, ""};
    if (reader.site == "atypical")
      return {
          "", {}, "no category is provided for intense uptake at a site that is atypical, but not highly so"};
    std::vector<std::string> needs;
    if (reader.site.empty()) needs.emplace_back(kNeedsSite);
    if (reader.anatomy.empty()) needs.emplace_back(kNeedsAnatomy);
    if (!needs.empty()) return {"", needs, ""};
    return {reader.anatomy == "definite" ? "5" : "4", {}, ""};
  }
  if (reader.site.empty()) return {"", {kNeedsSite}, ""};
  if (reader.site == "typical") return {lesion.site == "bone" ? "3B" : "3A", {}, ""};
  if (level <= low_level_up_to_) return {"2", {}, ""};
  return {"", {}, "no category is provided for equivocal uptake at an atypical site"};
}

SstrRadsLesion SstrRads::lesion(const record::GradingLesion& lesion,
                                const base::Computed<double>& uptake_level) const {
  SstrRadsLesion answer;
  answer.uptake_level = uptake_level;
  if (!uptake_level.has_value()) {
    answer.category = base::NotComputable{"the uptake level is not known: " + uptake_level.reason()};
    return answer;
  }
  const Proposal one = propose(lesion, uptake_level.value());
  answer.needs_reader = one.needs;
  if (!one.category.empty()) {
    answer.category = one.category;
    answer.why = fmt::format("{}: uptake level {:g}: {}, {}", lesion.id, uptake_level.value(), one.category,
                             in_words(one.category));
  } else if (one.needs.empty()) {
    answer.category = base::NotComputable{one.none_because};
  }
  return answer;
}

record::Grade SstrRads::grade(const Assessment& assessment,
                              const std::vector<SstrRadsLesion>& lesions) const {
  const record::GradingCase& one = assessment.grading_case;
  if (!one.sstr_given || one.post_therapy)
    return head_.not_computable(assessment, "there is no SSTR PET scan");
  const std::vector<std::size_t> targets = target_lesions(assessment, targets_);
  if (targets.empty()) return head_.does_not_apply(assessment, "there is no lesion");
  record::Grade grade = head_.begin(assessment);
  std::vector<std::string> ids, open, none;
  std::string highest;
  double highest_level = 0;
  for (const std::size_t i : targets) {
    const SstrRadsLesion& lesion = lesions[i];
    ids.push_back(one.lesions[i].id);
    highest_level = std::max(highest_level, lesion.uptake_level.value_or(0));
    if (lesion.category.has_value()) {
      grade.evidence.push_back(lesion.why);
      if (highest.empty() || rank(lesion.category.value()) > rank(highest)) highest = lesion.category.value();
    } else {
      (lesion.needs_reader.empty() ? none : open).push_back(one.lesions[i].id);
    }
  }
  if (!none.empty())
    grade.caveats.push_back(fmt::format("no category is provided for {}", list_in_words(none)));
  // A lesion that is still open can only raise the highest category.
  const bool final = open.empty() || highest == kCategories.back();
  if (!final)
    grade.value = base::NotComputable{
        fmt::format("it needs the reader's {} and {} of {}", kNeedsSite, kNeedsAnatomy, list_in_words(open))};
  else if (highest.empty())
    grade.value = base::NotComputable{"no target lesion has a category"};
  else
    grade.value = highest;
  const bool negative_lesion = std::any_of(targets.begin(), targets.end(), [&](std::size_t i) {
    return lesions[i].category == base::Computed<std::string>(std::string("3D"));
  });
  const bool discordant =
      std::any_of(assessment.host_organ.begin(), assessment.host_organ.end(),
                  [](const LesionCall& call) { return call.counts() && call.discordant(); });
  base::Computed<bool> prrt = base::NotComputable{"there is no overall category"};
  if (grade.value.has_value())
    prrt = rank(highest) >= rank(prrt_from_category_) && !negative_lesion && !discordant;
  grade.fields = {{"targets", ids},
                  {"highest_uptake_level", base::Computed<double>(highest_level)},
                  {"prrt_may_be_considered", prrt}};
  if (grade.value.has_value()) {
    grade.evidence.push_back(fmt::format("The highest of {} target lesions counts: {}, {}.", ids.size(),
                                         highest, in_words(highest)));
    grade.caveats.push_back(
        "that the highest category counts, and PRRT from category 4 without negative or discordant lesions: "
        "unverified wording");
  }
  return grade;
}

}  // namespace netpet::grading
