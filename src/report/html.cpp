#include "report/html.h"

#include <fmt/format.h>

#include "report/escape.h"
#include "report/grade_words.h"
#include "report/html_parts.h"
#include "report/shown.h"

namespace netpet::report {
namespace {

std::string legend(const Texts& texts) {
  std::string items;
  for (const LesionClass one : {LesionClass::sstr_only, LesionClass::both, LesionClass::fdg_only,
                                LesionClass::neither, LesionClass::one_tracer, LesionClass::not_counted})
    items += fmt::format("<li><i class=\"{0}\"></i>{1}</li>\n", name_of(one),
                         escape_html(texts[fmt::format("legend.{}", name_of(one))]));
  items += fmt::format("<li><i class=\"target\"></i>{}</li>\n", escape_html(texts["legend.target"]));
  return "<ul class=\"legend\">\n" + items + "</ul>\n";
}

/// What the projections show, for those who cannot see them.
std::string projections_in_words(const record::Reading& reading, const Texts& texts) {
  std::string words = texts["report.picture_note"];
  for (const record::Lesion& lesion : reading.lesions)
    if (lesion.counts())
      words += fmt::format(" {}: {}, {}.", lesion.id, texts.named("site", lesion.site),
                           texts[fmt::format("legend.{}", name_of(class_of(lesion)))]);
  return words;
}

std::string projections(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  if (pictures.projections.empty()) return {};
  std::string caption = texts["report.picture_note"];
  if (pictures.unnumbered > 0)
    caption += " " + fmt::format(fmt::runtime(texts["report.picture_omitted"]), pictures.unnumbered);
  return html::section(
      texts["report.pictures"],
      legend(texts) + html::figure(pictures.projections, projections_in_words(reading, texts), caption),
      "projections");
}

std::string target_lesion(const record::Reading& reading, const ReportPictures& pictures,
                          const Texts& texts) {
  if (pictures.target.empty()) return {};
  const std::string heading = fmt::format("{} {}", texts["report.target"], target_of(reading));
  return html::section(heading,
                       html::figure(pictures.target, heading + ". " + texts["report.target_caption"],
                                    texts["report.target_caption"]),
                       "target-lesion");
}

std::string lesion_pictures(const ReportPictures& pictures, const Texts& texts) {
  if (pictures.lesions.empty()) return {};
  std::string figures;
  for (const auto& [id, png] : pictures.lesions)
    figures += html::figure(
        png, fmt::format("{} {}. {}", texts["column.id"], id, texts["report.target_caption"]), "");
  return fmt::format(
      "<section class=\"lesion-pictures\">\n<details>\n<summary>{}</summary>\n{}{}</details>\n</section>\n",
      escape_html(texts["report.lesion_pictures"]), html::paragraph(texts["report.target_caption"], "note"),
      figures);
}

}  // namespace

std::string html_report(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  const record::Software& software = reading.software;
  const std::string title =
      fmt::format("{} – {}", texts["report.title"],
                  reading.patient.id.empty() ? texts["report.unknown"] : reading.patient.id);
  std::string page = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n<meta "
      "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src "
      "'unsafe-inline'\">\n<title>{}</title>\n<style>",
      escape_html(texts.language()), escape_html(title));
  page += html::style();
  const bool is_signed = reading.review && reading.review->is_signed;
  page += "</style>\n</head>\n<body>\n";
  if (!is_signed)
    page += fmt::format("<div class=\"watermark\" aria-hidden=\"true\"><span>{}</span></div>\n",
                        escape_html(texts["report.unsigned"]));
  page +=
      fmt::format("<div class=\"banner\" role=\"note\"><span>{}</span><strong>{}</strong></div>\n<main>\n",
                  escape_html(texts["report.research"]), escape_html(signature_in_words(reading, texts)));
  page += html::header(reading, texts);
  page += html::warnings(reading, texts);
  page += html::headline(reading, texts);
  page += projections(reading, pictures, texts);
  page += target_lesion(reading, pictures, texts);
  page += html::grade_table(reading, texts);
  page += html::impression(reading, texts);
  page += html::lesions(reading, texts);
  page += lesion_pictures(pictures, texts);
  page += html::physiologic(reading, texts);
  page += html::grades(reading, texts);
  page += html::post_therapy(reading, texts);
  page += html::burden(reading, texts);
  page += html::references(reading, pictures.references, texts);
  page += html::registration(reading, pictures.registration, texts);
  page += html::suv(reading, texts);
  page += html::flag_glossary(reading, texts);
  page += html::settings(reading, texts);
  page += "</main>\n<footer>\n";
  page += html::paragraph(texts["report.research"]);
  page += html::paragraph(fmt::format(fmt::runtime(texts["report.made_by"]), software.name, software.version,
                                      software.revision, software.rules.substr(0, 12)));
  page += "</footer>\n</body>\n</html>\n";
  return page;
}

}  // namespace netpet::report
