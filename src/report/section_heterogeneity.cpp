#include <fmt/format.h>

#include <vector>

#include "report/sections.h"

namespace netpet::report {
namespace {

using record::Lesion;
using record::Uptake;

std::string parts_of(const Lesion& lesion, const Texts& texts) {
  std::vector<std::string> parts;
  for (const record::SubRegion& part : lesion.sub_regions)
    parts.push_back(fmt::format(fmt::runtime(texts["heterogeneity.part"]), part.krenning,
                                decimals(part.volume_ml, 1), decimals(part.suvmean, 1)));
  return fmt::format("{}", fmt::join(parts, "; "));
}

Line shape_number(const Lesion& lesion, base::Computed<double> Uptake::*part, const Texts& texts) {
  return lesion.sstr ? number_line((*lesion.sstr).*part, 2, texts) : Line("–");
}

}  // namespace

Blocks heterogeneity(const record::Reading& reading, const Texts& texts) {
  Table table{texts["heterogeneity.note"],
              {{texts["column.id"], ""},
               {texts["column.site"], ""},
               {texts["column.parts"], ""},
               {texts["column.score_changes"], ""},
               {texts["column.cov"], "", ColumnKind::number},
               {texts["column.asphericity"], "", ColumnKind::number}}};
  for (const Lesion& lesion : reading.lesions)
    if (lesion.counts() && lesion.heterogeneous.has_value() && !lesion.sub_regions.empty())
      table.row({lesion.id, texts.named("site", lesion.site), parts_of(lesion, texts),
                 texts[lesion.heterogeneous.value() ? "label.yes" : "label.no"],
                 shape_number(lesion, &Uptake::cov, texts),
                 shape_number(lesion, &Uptake::asphericity, texts)});
  if (table.rows.empty()) return {};
  return {Group{Group::Kind::folded, texts["heterogeneity.heading"], "", {std::move(table)}}};
}

}  // namespace netpet::report
