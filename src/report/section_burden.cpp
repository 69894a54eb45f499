#include <fmt/format.h>

#include <algorithm>

#include "report/sections.h"

namespace netpet::report {
namespace {

using record::OutlineAlternative;
using record::Role;

Line with_range(const base::Computed<double>& value, const std::optional<record::Range>& range,
                const Texts& texts) {
  Line line = number_line(value, 1, "mL", texts);
  if (range && value.has_value())
    line.add({fmt::format(fmt::runtime(texts["burden.range"]), decimals(range->least, 1),
                          decimals(range->most, 1)),
              Tone::unit});
  return line;
}

Facts sums(const record::Burden& burden, const Texts& texts) {
  Facts facts;
  const auto& ranges = burden.within_alignment;
  const auto shared = [&](const std::string& key, const base::Computed<double>& value,
                          record::Range record::PhenotypeRanges::*part) {
    if (!value.does_not_apply())
      facts.add(texts["burden." + key],
                with_range(value, ranges ? std::optional((*ranges).*part) : std::nullopt, texts));
  };
  shared("sstr_only_ml", burden.sstr_only_ml, &record::PhenotypeRanges::sstr_only_ml);
  shared("both_ml", burden.both_ml, &record::PhenotypeRanges::both_ml);
  shared("fdg_only_ml", burden.fdg_only_ml, &record::PhenotypeRanges::fdg_only_ml);
  const auto add = [&](const std::string& key, const base::Computed<double>& value, const std::string& unit) {
    if (!value.does_not_apply()) facts.add(texts["burden." + key], number_line(value, 1, unit, texts));
  };
  add("sstr_volume_ml", burden.sstr_volume_ml, "mL");
  add("fdg_volume_ml", burden.fdg_volume_ml, "mL");
  add("sstr_total_uptake", burden.sstr_total_uptake, "g");
  add("fdg_total_uptake", burden.fdg_total_uptake, "g");
  return facts;
}

/// Nothing where one site has all.
Blocks by_site(const record::Burden& burden, const Texts& texts) {
  if (burden.by_site.size() < 2) return {};
  const auto n = ColumnKind::number;
  Table table{texts["burden.by_site"],
              {{texts["column.site"], ""},
               {texts["column.lesions"], "", n},
               {texts["column.volume"], "mL", n},
               {texts["column.total_uptake"], "g", n},
               {texts["column.volume"], "mL", n},
               {texts["column.total_uptake"], "g", n}},
              {{"", 2}, {texts["tracer.sstr"], 2}, {texts["tracer.fdg"], 2}}};
  for (const auto& [site, sum] : burden.by_site)
    table.row({texts.named("site", site), fmt::format("{}", sum.lesions), decimals(sum.sstr_volume_ml, 1),
               decimals(sum.sstr_total_uptake, 1), decimals(sum.fdg_volume_ml, 1),
               decimals(sum.fdg_total_uptake, 1)});
  return {std::move(table)};
}

const OutlineAlternative* find(const record::Reading& reading, Role role, const std::string& method) {
  for (const OutlineAlternative& one : reading.outline_alternatives)
    if (one.tracer == role && one.method == method) return &one;
  return nullptr;
}

void add_cells(std::vector<Line>& cells, const OutlineAlternative* one, const Texts& texts) {
  if (!one) {
    for (int n = 0; n < 3; ++n) cells.emplace_back("–");
    return;
  }
  if (!one->volume_ml.has_value()) {
    cells.emplace_back(number_line(one->volume_ml, 1, texts));
    cells.emplace_back("–");
    cells.emplace_back("–");
    return;
  }
  Line volume = number_line(one->volume_ml, 1, texts);
  if (one->used) volume.words.front().tone = Tone::strong;
  cells.push_back(std::move(volume));
  cells.emplace_back(fmt::format("{} / {}", one->outlined, one->lesions));
  cells.emplace_back(one->netpet.value_or("–"));
}

}  // namespace

Blocks burden(const record::Reading& reading, const std::string& histogram_png, const Texts& texts) {
  Facts facts = sums(reading.burden, texts);
  if (facts.facts.empty()) return {};
  Blocks content{std::move(facts)};
  if (reading.burden.within_alignment)
    content.emplace_back(Paragraph{Line(texts["burden.range_note"]), Tone::note});
  for (Block& block : by_site(reading.burden, texts)) content.push_back(std::move(block));
  if (!histogram_png.empty())
    content.emplace_back(Figure{histogram_png, texts["burden.histogram"], texts["burden.histogram"]});
  return section(texts["report.burden"], std::move(content));
}

Blocks outline_alternatives(const record::Reading& reading, const Texts& texts) {
  if (reading.outline_alternatives.empty()) return {};
  const auto n = ColumnKind::number;
  Table table{texts["outlines.note"],
              {{texts["column.outline"], ""},
               {texts["column.volume"], "mL", n},
               {texts["column.outlined"], "", n},
               {texts["column.netpet"], ""},
               {texts["column.volume"], "mL", n},
               {texts["column.outlined"], "", n},
               {texts["column.netpet"], ""}},
              {{"", 1}, {texts["tracer.sstr"], 3}, {texts["tracer.fdg"], 3}}};
  std::vector<std::string> methods;
  for (const OutlineAlternative& one : reading.outline_alternatives)
    if (std::find(methods.begin(), methods.end(), one.method) == methods.end()) methods.push_back(one.method);
  for (const std::string& method : methods) {
    std::vector<Line> cells{method};
    for (const Role role : {Role::sstr, Role::fdg}) add_cells(cells, find(reading, role, method), texts);
    table.row(std::move(cells));
  }
  return {Group{Group::Kind::folded, texts["outlines.heading"], "", {std::move(table)}}};
}

}  // namespace netpet::report
