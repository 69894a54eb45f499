#include <fmt/format.h>

#include "report/sections.h"

namespace netpet::report {
namespace {

constexpr double kProjectionsMm = 74, kTargetMm = 42, kLesionMm = 26;  // heights on paper

Legend legend(const Texts& texts) {
  Legend legend;
  for (const LesionClass one : {LesionClass::sstr_only, LesionClass::both, LesionClass::fdg_only,
                                LesionClass::neither, LesionClass::one_tracer, LesionClass::not_counted})
    legend.entries.push_back({one, texts[fmt::format("legend.{}", name_of(one))]});
  legend.entries.push_back({std::nullopt, texts["legend.target"]});
  return legend;
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

}  // namespace

Blocks projections(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  if (pictures.projections.empty()) return {};
  std::string caption = texts["report.picture_note"];
  if (pictures.unnumbered > 0)
    caption += " " + fmt::format(fmt::runtime(texts["report.picture_omitted"]), pictures.unnumbered);
  return section(texts["report.pictures"],
                 {legend(texts), Figure{pictures.projections, projections_in_words(reading, texts), caption,
                                        kProjectionsMm}});
}

Blocks target_lesion(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  if (pictures.target.empty()) return {};
  const std::string heading = fmt::format("{} {}", texts["report.target"], target_of(reading));
  const std::string& caption = texts["report.target_caption"];
  return section(heading, {Figure{pictures.target, heading + ". " + caption, caption, kTargetMm}});
}

Blocks lesion_pictures(const ReportPictures& pictures, const Texts& texts) {
  if (pictures.lesions.empty()) return {};
  const std::string& caption = texts["report.target_caption"];
  Group group{Group::Kind::folded, texts["report.lesion_pictures"], "lesion-pictures", {}};
  add_paragraph(group.blocks, caption, Tone::note);
  for (const auto& [id, png] : pictures.lesions)
    group.blocks.emplace_back(
        Figure{png, fmt::format("{} {}. {}", texts["column.id"], id, caption), "", kLesionMm});
  return {group};
}

}  // namespace netpet::report
