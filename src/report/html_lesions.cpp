#include <fmt/format.h>

#include <algorithm>

#include "report/escape.h"
#include "report/html_parts.h"
#include "report/shown.h"

namespace netpet::report::html {
namespace {

using record::Lesion;
using record::Uptake;

std::string uptake_number(const std::optional<Uptake>& uptake, base::Computed<double> Uptake::*part,
                          int places, const Texts& texts) {
  return number(uptake ? (*uptake).*part : base::Computed<double>(), places, texts);
}

std::string size_markup(const Lesion& lesion, const Texts& texts) {
  const std::string value = number(lesion.size_mm, 0, texts);
  if (!lesion.size_mm.has_value()) return value;
  return fmt::format("{} <span class=\"unit\">{}</span>", value,
                     escape_html(texts.named("size", std::string(name_of(lesion.size_source)))));
}

std::string pattern_markup(const Lesion& lesion) {
  if (lesion.pattern.empty()) return "–";
  std::string shown_pattern;
  for (const char c : lesion.pattern) shown_pattern += c == '-' ? std::string("−") : std::string(1, c);
  std::string markup = fmt::format("<span class=\"pattern {}\">{}</span>", name_of(class_of(lesion)),
                                   escape_html(shown_pattern));
  if (!lesion.netpet_pattern.empty() && lesion.netpet_pattern != "none")
    markup += fmt::format(" <span class=\"unit\">{}</span>", escape_html(lesion.netpet_pattern));
  return markup;
}

std::string status_markup(const Lesion& lesion, const Texts& texts) {
  std::string markup = escape_html(texts.named("status", std::string(name_of(lesion.status))));
  if (lesion.status_by != "auto")
    markup += fmt::format(" <span class=\"unit\">{}</span>", escape_html(lesion.status_by));
  return markup;
}

void add_row(Table& table, const Lesion& lesion, const std::string& target, const Texts& texts) {
  std::string place = escape_html(lesion.location);
  if (!lesion.flags.empty()) place += (place.empty() ? "" : "<br>") + flags(lesion.flags, texts);
  table.row({escape_html(lesion.id), escape_html(texts.named("site", lesion.site)), place,
             size_markup(lesion, texts), uptake_number(lesion.sstr, &Uptake::suvmax, 1, texts),
             uptake_number(lesion.sstr, &Uptake::suvpeak, 1, texts),
             uptake_number(lesion.sstr, &Uptake::volume_ml, 1, texts),
             uptake_number(lesion.fdg, &Uptake::suvmax, 1, texts),
             uptake_number(lesion.fdg, &Uptake::suvpeak, 1, texts),
             uptake_number(lesion.fdg, &Uptake::volume_ml, 1, texts), number(lesion.fdg_to_sstr, 2, texts),
             number(lesion.krenning, 0, texts), pattern_markup(lesion), status_markup(lesion, texts)},
            lesion.id == target ? "target" : "");
}

}  // namespace

std::string lesions(const record::Reading& reading, const Texts& texts) {
  const auto n = CellKind::number;
  const std::string suv = "g/mL";
  Table table(texts["report.lesions_note"], {{texts["column.id"], ""},
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
                                             {texts["column.status"], ""}});
  table.group({{"", 4}, {texts["tracer.sstr"], 3}, {texts["tracer.fdg"], 3}, {"", 4}});
  const std::string target = target_of(reading);
  const auto counted = std::count_if(reading.lesions.begin(), reading.lesions.end(),
                                     [](const Lesion& lesion) { return lesion.counts(); });
  if (counted == 0) return section(texts["report.lesions"], paragraph(texts["report.no_lesions"]));
  for (const Lesion& lesion : reading.lesions)
    if (lesion.counts()) add_row(table, lesion, target, texts);
  return section(texts["report.lesions"], table.markup());
}

std::string physiologic(const record::Reading& reading, const Texts& texts) {
  Table table(texts["report.physiologic_note"],
              {{texts["column.id"], ""},
               {texts["column.site"], ""},
               {texts["column.location"], ""},
               {texts["tracer.sstr"] + " " + texts["column.suvmax"], "g/mL", CellKind::number},
               {texts["tracer.fdg"] + " " + texts["column.suvmax"], "g/mL", CellKind::number},
               {texts["column.status"], ""},
               {texts["column.why"], ""}});
  std::size_t count = 0;
  for (const Lesion& lesion : reading.lesions) {
    if (lesion.counts()) continue;
    ++count;
    table.row({escape_html(lesion.id), escape_html(texts.named("site", lesion.site)),
               escape_html(lesion.location), uptake_number(lesion.sstr, &Uptake::suvmax, 1, texts),
               uptake_number(lesion.fdg, &Uptake::suvmax, 1, texts), status_markup(lesion, texts),
               escape_html(lesion.status_reason)});
  }
  if (count == 0) return {};
  return fmt::format("<section>\n<details>\n<summary>{}</summary>\n{}</details>\n</section>\n",
                     escape_html(fmt::format(fmt::runtime(texts["report.physiologic"]), count)),
                     table.markup());
}

}  // namespace netpet::report::html
