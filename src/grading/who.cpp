#include "grading/who.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include "grading/threshold.h"
#include "grading/wording.h"

namespace netpet::grading {
namespace {

using record::Differentiation;
using record::Pathology;

std::string specimen_in_words(const Pathology& specimen) {
  std::string words = specimen.site.empty() ? "Specimen" : organ_in_words(specimen.site);
  words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
  if (specimen.date) words += ", " + base::iso(*specimen.date);
  return words;
}

std::string indices_in_words(const Pathology& specimen) {
  std::vector<std::string> words;
  if (specimen.differentiation)
    words.emplace_back(*specimen.differentiation == Differentiation::well ? "well differentiated"
                                                                          : "poorly differentiated");
  if (specimen.mitoses_per_2mm2)
    words.push_back(fmt::format("{:g} mitoses/2 mm²", *specimen.mitoses_per_2mm2));
  if (specimen.ki67_percent) words.push_back(fmt::format("Ki-67 {:g} %", *specimen.ki67_percent));
  if (specimen.necrosis) words.emplace_back(*specimen.necrosis ? "necrosis" : "no necrosis");
  return words.empty() ? "nothing measured" : list_in_words(words);
}

}  // namespace

WhoGrade::WhoGrade(const base::Resources& resources) {
  base::Table::read(resources, "data/scales/who.json", [this](base::Table& table) {
    head_.read(table, "who");
    which_specimen_ = table.text("which_specimen");
    if (which_specimen_ != "highest" && which_specimen_ != "latest")
      table.refuse("which_specimen must be highest or latest");
    edition_where_not_given_ = table.text("edition_where_not_given");
    net_g3_in_edition_ = table.dictionary("net_g3_in_edition");
    if (!net_g3_in_edition_.contains(edition_where_not_given_))
      table.refuse("edition_where_not_given is none of net_g3_in_edition");
    table.part("g2_from", [this](base::Table& part) {
      mitoses_.g2_from = part.number("mitoses_per_2mm2");
      ki67_.g2_from = part.number("ki67_percent");
    });
    table.part("g3_above", [this](base::Table& part) {
      mitoses_.g3_above = part.number("mitoses_per_2mm2");
      ki67_.g3_above = part.number("ki67_percent");
    });
    nec_split_ki67_ = table.number("nec_split_ki67_percent");
    table.part("lung", [this](base::Table& part) {
      lung_atypical_from_ = part.number("atypical_from_mitoses_per_2mm2");
      lung_carcinoma_above_ = part.number("carcinoma_above_mitoses_per_2mm2");
    });
    not_graded_groups_ = table.texts("not_graded_groups");
  });
}

int WhoGrade::Index::grade_of(double value) const {
  if (exceeds(value, g3_above)) return 3;
  return reaches(value, g2_from) ? 2 : 1;
}

std::string WhoGrade::edition_of(const Pathology& specimen) const {
  static const std::regex year("(19|20)[0-9][0-9]");
  std::smatch found;
  if (std::regex_search(specimen.edition, found, year) && net_g3_in_edition_.contains(found.str()))
    return found.str();
  return edition_where_not_given_;
}

bool WhoGrade::has_net_g3(const std::string& edition, const std::string& primary,
                          const std::string& group) const {
  const std::string& where = net_g3_in_edition_.at(edition);
  return where == group || where == primary || (where == "digestive" && (group == "gep" || group.empty()));
}

WhoGrade::Answer WhoGrade::digestive(const Pathology& specimen, const std::string& edition,
                                     const std::string& primary, const std::string& group) const {
  const bool poor = specimen.differentiation == Differentiation::poor;
  const bool well = specimen.differentiation == Differentiation::well;
  Answer answer;
  const int by_mitoses = specimen.mitoses_per_2mm2 ? mitoses_.grade_of(*specimen.mitoses_per_2mm2) : 0;
  const int by_ki67 = specimen.ki67_percent ? ki67_.grade_of(*specimen.ki67_percent) : 0;
  const int index = std::max(by_mitoses, by_ki67);
  if (by_mitoses && by_ki67 && by_mitoses != by_ki67) answer.why = ", of which the higher decides";
  if (poor) {
    answer.value = "NEC";
    answer.rank = 5;
    if (index > 0 && index < 3)
      answer.caveat =
          "poorly differentiated, but neither index is in the range of a carcinoma: ask the pathologist";
  } else if (index == 0) {
    answer.caveat = "neither mitoses nor Ki-67 are given";
  } else if (index < 3) {
    answer.value = fmt::format("NET G{}", index);
    answer.rank = index;
  } else if (!has_net_g3(edition, primary, group)) {
    answer.value = "NEC G3";
    answer.rank = 5;
    if (well) answer.caveat = fmt::format("the edition of {} knows no well-differentiated G3 here", edition);
  } else {
    answer.value = well ? "NET G3" : "NET G3 or NEC";
    answer.rank = well ? 3 : 4;
    if (!well) answer.caveat = "the differentiation, which tells NET G3 from NEC, is not given";
  }
  if (answer.rank >= 4 && specimen.ki67_percent)
    answer.why +=
        fmt::format(", Ki-67 {} {:g} %", reaches(*specimen.ki67_percent, nec_split_ki67_) ? "from" : "below",
                    nec_split_ki67_);
  return answer;
}

WhoGrade::Answer WhoGrade::lung(const Pathology& specimen) const {
  if (specimen.differentiation == Differentiation::poor) return {"LCNEC or SCLC", 5, "", ""};
  if (!specimen.mitoses_per_2mm2)
    return {"", 0, "", "carcinoids of the lung are classed by mitoses and necrosis; Ki-67 is no criterion"};
  const double mitoses = *specimen.mitoses_per_2mm2;
  if (exceeds(mitoses, lung_carcinoma_above_)) return {"LCNEC or SCLC", 5, "", ""};
  if (reaches(mitoses, lung_atypical_from_) || specimen.necrosis.value_or(false))
    return {"atypical carcinoid", 2, "", ""};
  if (specimen.necrosis) return {"typical carcinoid", 1, "", ""};
  return {"typical or atypical carcinoid", 1, "",
          "whether there is necrosis, which makes it atypical, is not given"};
}

WhoGrade::Answer WhoGrade::answer(const Pathology& specimen, const std::string& edition,
                                  const Assessment& assessment) const {
  const std::string& primary = assessment.grading_case.clinical->primary;
  if (assessment.primary_group == "lung") return lung(specimen);
  return digestive(specimen, edition, primary, assessment.primary_group);
}

base::Computed<std::string> WhoGrade::value_in_edition(const Assessment& assessment,
                                                       const std::string& edition) const {
  Answer highest;
  for (const Pathology& specimen : assessment.grading_case.clinical->pathology)
    if (const Answer one = answer(specimen, edition, assessment); one.rank > highest.rank) highest = one;
  if (highest.rank == 0) return base::NotComputable{"no specimen has the indices that it needs"};
  return highest.value;
}

record::AlternativeValues WhoGrade::alternatives(const Assessment& assessment) const {
  record::AlternativeValues all;
  const Pathology* latest = nullptr;
  Answer highest;
  for (const Pathology& specimen : assessment.grading_case.clinical->pathology) {
    const Answer one = answer(specimen, edition_of(specimen), assessment);
    if (one.rank > highest.rank) highest = one;
    if (one.rank > 0 && specimen.date && (!latest || *latest->date < *specimen.date)) latest = &specimen;
  }
  using Text = base::Computed<std::string>;
  all.emplace_back("highest_specimen",
                   highest.rank ? Text(highest.value) : base::NotComputable{"no specimen could be graded"});
  all.emplace_back("latest_specimen", latest ? Text(answer(*latest, edition_of(*latest), assessment).value)
                                             : base::NotComputable{"no graded specimen has a date"});
  if (assessment.primary_group != "lung")
    for (const auto& [edition, where] : net_g3_in_edition_)
      all.emplace_back("who_" + edition, value_in_edition(assessment, edition));
  return all;
}

record::Grade WhoGrade::grade(const Assessment& assessment) const {
  const auto& clinical = assessment.grading_case.clinical;
  if (!clinical || clinical->pathology.empty())
    return head_.not_computable(assessment, "no pathology is given");
  if (std::find(not_graded_groups_.begin(), not_graded_groups_.end(), assessment.primary_group) !=
      not_graded_groups_.end())
    return head_.does_not_apply(
        assessment, fmt::format("the grade is not made for {}", organ_in_words(clinical->primary)));
  record::Grade grade = head_.begin(assessment);
  const record::AlternativeValues all = alternatives(assessment);
  for (const Pathology& specimen : clinical->pathology) {
    const std::string edition = edition_of(specimen);
    const Answer one = answer(specimen, edition, assessment);
    const std::string by = assessment.primary_group == "lung" ? "lung" : "WHO " + edition;
    grade.evidence.push_back(fmt::format("{}: {}{}: {} ({}).", specimen_in_words(specimen),
                                         indices_in_words(specimen), one.why,
                                         one.value.empty() ? "no grade" : one.value, by));
    if (!one.caveat.empty()) grade.caveats.push_back(one.caveat);
  }
  if (assessment.primary_group.empty() || assessment.primary_group == "unknown")
    grade.caveats.push_back("graded as digestive, as the primary is not known");
  grade.value = all[which_specimen_ == "highest" ? 0 : 1].second;
  if (clinical->pathology.size() > 1)
    grade.evidence.push_back(fmt::format("Of {} specimens the {} counts: {}.", clinical->pathology.size(),
                                         which_specimen_, grade.value.value_or("no grade")));
  grade.fields = {{"alternatives", all}};
  return grade;
}

}  // namespace netpet::grading
