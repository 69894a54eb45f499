#include <fmt/format.h>

#include <algorithm>

#include "report/sections.h"

namespace netpet::report {
namespace {

using record::Lesion;
using record::Uptake;

Line uptake_number(const std::optional<Uptake>& uptake, base::Computed<double> Uptake::*part, int places,
                   const Texts& texts) {
  return number_line(uptake ? (*uptake).*part : base::Computed<double>(), places, texts);
}

Line size_line(const Lesion& lesion, const Texts& texts) {
  Line line = number_line(lesion.size_mm, 0, texts);
  if (lesion.size_mm.has_value())
    line.add({texts.named("size", std::string(name_of(lesion.size_source))), Tone::unit});
  return line;
}

Line pattern_line(const Lesion& lesion) {
  if (lesion.pattern.empty()) return "–";
  std::string pattern;
  for (const char c : lesion.pattern) pattern += c == '-' ? std::string("−") : std::string(1, c);
  Line line(Words{pattern, Tone::strong, "", class_of(lesion)});
  if (!lesion.netpet_pattern.empty() && lesion.netpet_pattern != "none")
    line.add({lesion.netpet_pattern, Tone::unit});
  return line;
}

Line status_line(const Lesion& lesion, const Texts& texts) {
  Line line(texts.named("status", std::string(name_of(lesion.status))));
  if (lesion.status_by != "auto") line.add({lesion.status_by, Tone::unit});
  return line;
}

void add_row(Table& table, const Lesion& lesion, const std::string& target, const Texts& texts) {
  Line place(lesion.location);
  add_flags(place, lesion.flags, texts);
  table.row(
      {lesion.id, texts.named("site", lesion.site), std::move(place), size_line(lesion, texts),
       uptake_number(lesion.sstr, &Uptake::suvmax, 1, texts),
       uptake_number(lesion.sstr, &Uptake::suvpeak, 1, texts),
       uptake_number(lesion.sstr, &Uptake::volume_ml, 1, texts),
       uptake_number(lesion.fdg, &Uptake::suvmax, 1, texts),
       uptake_number(lesion.fdg, &Uptake::suvpeak, 1, texts),
       uptake_number(lesion.fdg, &Uptake::volume_ml, 1, texts), number_line(lesion.fdg_to_sstr, 2, texts),
       number_line(lesion.krenning, 0, texts), pattern_line(lesion), status_line(lesion, texts)},
      lesion.id == target ? RowKind::target : RowKind::plain);
}

}  // namespace

Blocks lesion_table(const record::Reading& reading, const Texts& texts) {
  const auto n = ColumnKind::number;
  const std::string suv = "g/mL";
  Table table{texts["report.lesions_note"],
              {{texts["column.id"], ""},
               {texts["column.site"], ""},
               {texts["column.location"], ""},
               {texts["column.size"], "mm", n},
               {texts["column.suvmax"], suv, n},
               {texts["column.suvpeak"], suv, n},
               {texts["column.volume"], "mL", n},
               {texts["column.suvmax"], suv, n},
               {texts["column.suvpeak"], suv, n},
               {texts["column.volume"], "mL", n},
               {texts["column.ratio"], "FDG : SSTR", n},
               {texts["column.krenning"], "0–4", n},
               {texts["column.pattern"], ""},
               {texts["column.status"], ""}},
              {{"", 4}, {texts["tracer.sstr"], 3}, {texts["tracer.fdg"], 3}, {"", 4}}};
  const std::string target = target_of(reading);
  for (const Lesion& lesion : reading.lesions)
    if (lesion.counts()) add_row(table, lesion, target, texts);
  if (table.rows.empty())
    return section(texts["report.lesions"], {Paragraph{Line(texts["report.no_lesions"])}});
  return section(texts["report.lesions"], {std::move(table)});
}

Blocks physiologic(const record::Reading& reading, const Texts& texts) {
  Table table{texts["report.physiologic_note"],
              {{texts["column.id"], ""},
               {texts["column.site"], ""},
               {texts["column.location"], ""},
               {texts["tracer.sstr"] + " " + texts["column.suvmax"], "g/mL", ColumnKind::number},
               {texts["tracer.fdg"] + " " + texts["column.suvmax"], "g/mL", ColumnKind::number},
               {texts["column.status"], ""},
               {texts["column.why"], ""}}};
  for (const Lesion& lesion : reading.lesions)
    if (!lesion.counts())
      table.row({lesion.id, texts.named("site", lesion.site), lesion.location,
                 uptake_number(lesion.sstr, &Uptake::suvmax, 1, texts),
                 uptake_number(lesion.fdg, &Uptake::suvmax, 1, texts), status_line(lesion, texts),
                 lesion.status_reason});
  if (table.rows.empty()) return {};
  const std::string heading = fmt::format(fmt::runtime(texts["report.physiologic"]), table.rows.size());
  return {Group{Group::Kind::folded, heading, "", {std::move(table)}}};
}

}  // namespace netpet::report
