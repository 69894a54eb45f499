#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "report/escape.h"
#include "report/html_parts.h"
#include "report/shown.h"

namespace netpet::report::html {
namespace {

using record::Role;

std::string tracer_name(Role role, const Texts& texts) {
  return texts["tracer." + std::string(name_of(role))];
}

std::string number_or_dash(const std::optional<double>& value, int places) {
  return value ? decimals(*value, places) : "–";
}

/// How the numbers came about, as one paragraph: every step, then what was missing, repaired or doubtful.
std::string told(const record::SuvProvenance& suv, const Texts& texts) {
  const std::string doubts = suv.doubts.empty()
                                 ? texts["suv.no_doubts"]
                                 : fmt::format("{}: {}.", texts["suv.doubts"], fmt::join(suv.doubts, "; "));
  return fmt::format("{} {}", fmt::join(suv.steps, " "), doubts);
}

std::string suv_of(const record::TracerScan& scan, Role role, const Texts& texts) {
  const record::SuvProvenance& suv = scan.suv;
  FactList facts;
  facts.add(texts["label.rule"], suv.rule);
  facts.add(texts["label.factor"], suv.factor[0] == suv.factor[1]
                                       ? fmt::format("{:.6g}", suv.factor[0])
                                       : fmt::format("{:.6g} – {:.6g}", suv.factor[0], suv.factor[1]));
  if (suv.dose_bq) facts.add(texts["label.dose"], fmt::format("{:.6g} MBq", *suv.dose_bq / 1e6));
  if (suv.weight_kg) facts.add(texts["label.weight"], fmt::format("{:.6g} kg", *suv.weight_kg));
  if (suv.half_life_s) facts.add(texts["label.half_life"], fmt::format("{:.6g} s", *suv.half_life_s));
  if (suv.administered) facts.add(texts["label.administered"], base::iso(*suv.administered));
  if (suv.reference_time) facts.add(texts["label.reference_time"], base::iso(*suv.reference_time));
  if (suv.decay_factor) facts.add(texts["label.decay_factor"], fmt::format("{:.6g}", *suv.decay_factor));
  facts.add_html(texts["label.series"], "<span class=\"code\">" + escape_html(scan.series_uid) + "</span>");
  return fmt::format("<div><h3>{} · SUV{} ({})</h3>{}{}</div>\n", escape_html(tracer_name(role, texts)),
                     escape_html(suv.type), escape_html(suv.unit), paragraph(told(suv, texts), "steps"),
                     facts.markup());
}

void collect(std::set<std::string>& codes, const std::vector<std::string>& more) {
  codes.insert(more.begin(), more.end());
}

}  // namespace

std::string burden(const record::Reading& reading, const Texts& texts) {
  const record::Burden& burden = reading.burden;
  FactList facts;
  const auto add = [&](const std::string& key, const base::Computed<double>& value, const std::string& unit) {
    if (!value.does_not_apply())
      facts.add_html(texts["burden." + key],
                     number(value, 1, texts) + (value.has_value() ? " " + escape_html(unit) : std::string()));
  };
  add("sstr_only_ml", burden.sstr_only_ml, "mL");
  add("both_ml", burden.both_ml, "mL");
  add("fdg_only_ml", burden.fdg_only_ml, "mL");
  add("sstr_volume_ml", burden.sstr_volume_ml, "mL");
  add("fdg_volume_ml", burden.fdg_volume_ml, "mL");
  add("sstr_total_uptake", burden.sstr_total_uptake, "g");
  add("fdg_total_uptake", burden.fdg_total_uptake, "g");
  return section(texts["report.burden"], facts.markup());
}

std::string post_therapy(const record::Reading& reading, const Texts& texts) {
  if (!reading.post_therapy) return {};
  const auto percent = [&](const base::Computed<double>& value) {
    return number(value, 2, texts) + (value.has_value() ? " %" : "");
  };
  FactList facts;
  facts.add_html(texts["retention.hours"],
                 number(reading.post_therapy->hours_after_administration, 1, texts) + " h");
  facts.add_html(texts["retention.total"], percent(reading.post_therapy->total_percent));
  for (const auto& one : reading.post_therapy->lesions)
    facts.add_html(escape_html(one.lesion), percent(one.percent));
  return section(texts["report.post_therapy"], paragraph(texts["retention.note"]) + facts.markup());
}

std::string references(const record::Reading& reading, const std::string& png, const Texts& texts) {
  const auto n = CellKind::number;
  Table table(texts["report.references_note"], {{texts["label.region"], ""},
                                                {texts["label.tracer"], ""},
                                                {texts["label.mean"], "g/mL", n},
                                                {texts["label.sd"], "g/mL", n},
                                                {texts["label.max"], "g/mL", n},
                                                {texts["label.volume"], "mL", n},
                                                {texts["label.origin"], ""},
                                                {texts["label.note"], ""}});
  bool any = false;
  for (const Role role : {Role::sstr, Role::fdg})
    for (const auto& [name, reference] : reading.references(role)) {
      any = true;
      table.row({escape_html(texts.named("region", name)), escape_html(tracer_name(role, texts)),
                 decimals(reference.mean, 2), decimals(reference.sd, 2), number_or_dash(reference.max, 2),
                 number_or_dash(reference.volume_ml, 1), escape_html(reference.source),
                 escape_html(reference.note)});
    }
  std::string content = any ? table.markup() : paragraph(texts["label.none"], "note");
  if (!reading.organs_source.empty())
    content += paragraph(fmt::format("{}: {}", texts["label.organs"], reading.organs_source), "note");
  return section(texts["report.references"], content + figure(png, texts["report.references_caption"],
                                                              texts["report.references_caption"]));
}

std::string registration(const record::Reading& reading, const std::string& png, const Texts& texts) {
  if (!reading.registration)
    return section(texts["report.registration"], paragraph(texts["report.registration_none"], "note"));
  const record::Registration& registration = *reading.registration;
  FactList facts;
  facts.add(texts["label.method"], registration.method);
  const auto add = [&](const std::string& name, const base::Computed<double>& value, int places,
                       const std::string& unit) {
    if (!value.does_not_apply())
      facts.add_html(name,
                     number(value, places, texts) + (value.has_value() ? escape_html(unit) : std::string()));
  };
  const record::RegistrationQuality& quality = registration.quality;
  add(texts["label.error"], registration.error_mm, 1, " mm");
  add(texts["quality.dice_body"], quality.dice_body, 3, "");
  add(texts["quality.dice_bone"], quality.dice_bone, 3, "");
  add(texts["quality.ncc"], quality.ncc, 3, "");
  add(texts["quality.inlier_share"], quality.inlier_share, 2, "");
  add(texts["quality.residual_mm"], quality.residual_mm, 2, " mm");
  add(texts["quality.min_jacobian"], quality.min_jacobian, 3, "");
  add(texts["quality.folded_fraction"], quality.folded_fraction, 4, "");
  return section(texts["report.registration"],
                 facts.markup() + "<br>\n" +
                     figure(png, texts["report.registration_caption"], texts["report.registration_caption"]));
}

std::string suv(const record::Reading& reading, const Texts& texts) {
  std::string columns;
  for (const Role role : {Role::sstr, Role::fdg})
    if (reading.scan(role)) columns += suv_of(*reading.scan(role), role, texts);
  if (columns.empty()) return {};
  return section(texts["report.suv"], "<div class=\"two\">\n" + columns + "</div>\n");
}

std::string flag_glossary(const record::Reading& reading, const Texts& texts) {
  std::set<std::string> codes;
  for (const record::Grade& grade : reading.grades) collect(codes, grade.flags);
  for (const record::Lesion& lesion : reading.lesions) collect(codes, lesion.flags);
  FactList facts;
  for (const std::string& code : codes)
    if (texts.has("flag", code)) facts.add_html(code, escape_html(texts.named("flag", code)));
  return section(texts["report.flags"], facts.markup(), "glossary");
}

std::string settings(const record::Reading& reading, const Texts& texts) {
  const record::Software& software = reading.software;
  FactList facts;
  facts.add(texts["label.version"],
            fmt::format("{} {} ({})", software.name, software.version, software.revision));
  facts.add_html(texts["label.rules"], "<span class=\"code\">" + escape_html(software.rules) + "</span>");
  facts.add(texts["label.accepted"], reading.accepted.empty()
                                         ? texts["label.none"]
                                         : fmt::format("{}", fmt::join(reading.accepted, ", ")));
  return section(texts["report.settings"], facts.markup());
}

}  // namespace netpet::report::html
