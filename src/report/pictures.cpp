#include "report/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

#include "base/parallel_for.h"
#include "image/silhouette.h"
#include "report/lesion_picture.h"
#include "report/mip_picture.h"
#include "report/palette.h"
#include "report/phenotype_picture.h"
#include "report/references_picture.h"
#include "report/registration_picture.h"
#include "report/shown.h"

namespace netpet::report {
namespace {

using record::Role;

constexpr double kProjectionPx = 1300;  // height of the taller projection
constexpr double kFinestPixelMm = 0.4;
constexpr int kTilesARow = 3;

struct View {
  Role role;
  const image::PetVolume* suv;
  const image::CtVolume* ct;
  const ReferenceRegions* references;
  const image::LabelMap* lesions;
  Window window;
};

std::vector<View> views_of(const ReportInput& input) {
  std::vector<View> views;
  if (input.sstr_suv)
    views.push_back(
        {Role::sstr, input.sstr_suv, input.sstr_ct, input.sstr_references, input.lesions_sstr, kSstrWindow});
  if (input.fdg_suv)
    views.push_back(
        {Role::fdg, input.fdg_suv, input.fdg_ct, input.fdg_references, input.lesions_fdg, kFdgWindow});
  return views;
}

double height_mm(const image::PetVolume& volume) {
  const space::Geometry& grid = volume.geometry();
  double height = 0;
  for (int axis = 0; axis < 3; ++axis)
    height +=
        std::abs(grid.direction(2, axis)) * grid.spacing[axis] * grid.size[static_cast<std::size_t>(axis)];
  return height;
}

double greatest_suv(const record::Lesion& lesion) {
  return std::max(lesion.sstr ? lesion.sstr->suvmax.value_or(0) : 0,
                  lesion.fdg ? lesion.fdg->suvmax.value_or(0) : 0);
}

// What is less likely a lesion than not must not crowd out those that are.
constexpr double kDoubtfulBelow = 0.5;

/// Uptake that is as black as the window has it is numbered, however doubtful.
LesionMark::Emphasis emphasis_of(const record::Lesion& lesion, const View& view, const std::string& target) {
  if (lesion.id == target) return LesionMark::Emphasis::target;
  const auto& uptake = view.role == Role::sstr ? lesion.sstr : lesion.fdg;
  const bool black = uptake && uptake->suvmax.value_or(0) >= view.window.top;
  const bool doubtful = !black && !lesion.decides && lesion.status_confidence < kDoubtfulBelow;
  return doubtful ? LesionMark::Emphasis::doubtful : LesionMark::Emphasis::none;
}

/// Where the lesion lies in the patient space of a scan.
std::optional<space::PointLps> place_of(const record::Lesion& lesion, Role role,
                                        const record::Reading& reading) {
  if (role == Role::sstr || (!lesion.centroid_fdg_lps_mm && !reading.sstr)) return lesion.centroid_lps_mm;
  return lesion.centroid_fdg_lps_mm;
}

using Silhouettes = std::map<std::uint16_t, image::Silhouette>;

/// Of the lesion "Ln", which has the label n.
const image::Silhouette* outline_of(const record::Lesion& lesion, const Silhouettes& outlines) {
  for (const auto& [label, outline] : outlines)
    if (lesion.id == fmt::format("L{}", label)) return &outline;
  return nullptr;
}

/// The lesions, the most important first: the target, those that decide, then by uptake.
std::vector<const record::Lesion*> ranked(const record::Reading& reading) {
  const std::string target = target_of(reading);
  std::vector<const record::Lesion*> lesions;
  for (const record::Lesion& lesion : reading.lesions) lesions.push_back(&lesion);
  std::stable_sort(lesions.begin(), lesions.end(), [&](const record::Lesion* a, const record::Lesion* b) {
    const auto rank = [&](const record::Lesion* lesion) {
      return std::tuple(lesion->id != target, !lesion->decides, -greatest_suv(*lesion));
    };
    return rank(a) < rank(b);
  });
  return lesions;
}

/// The most important first.
std::vector<LesionMark> marks_of(const record::Reading& reading, const View& view,
                                 const Silhouettes& outlines) {
  const std::string target = target_of(reading);
  std::vector<LesionMark> marks;
  for (const record::Lesion* lesion : ranked(reading)) {
    const auto at = place_of(*lesion, view.role, reading);
    if (!at) continue;
    marks.push_back({lesion->id, *at, outline_of(*lesion, outlines), class_of(*lesion),
                     emphasis_of(*lesion, view, target)});
  }
  return marks;
}

std::string subtitle_of(const record::TracerScan& scan) {
  std::vector<std::string> parts;
  if (const std::string time = shown(scan.acquired); !time.empty()) parts.push_back(time);
  if (scan.suv.dose_bq) parts.push_back(shown_dose(*scan.suv.dose_bq));
  if (const auto minutes = uptake_minutes(scan))
    parts.push_back(fmt::format("{} min p.i.", decimals(*minutes, 0)));
  return fmt::format("{}", fmt::join(parts, " · "));
}

MipPanel panel_of(const ReportInput& input, const View& view, const image::Mip& mip,
                  const Silhouettes& outlines, const Texts& texts) {
  MipPanel panel{mip, view.window,       texts["tracer." + std::string(name_of(view.role))],
                 "",  texts["bar.unit"], marks_of(input.reading, view, outlines)};
  if (const auto& scan = input.reading.scan(view.role)) {
    if (!scan->tracer.name.empty()) panel.title += " · " + scan->tracer.name;
    panel.subtitle = subtitle_of(*scan);
  }
  return panel;
}

void draw_projections(DrawnReport& drawn, const ReportInput& input, const Texts& texts,
                      const base::Run& run) {
  const auto views = views_of(input);
  double tallest = 0;
  for (const View& view : views) tallest = std::max(tallest, height_mm(*view.suv));
  const double pixel_mm = std::max(kFinestPixelMm, tallest / kProjectionPx);
  std::vector<image::Picture> coronal;
  for (const View& view : views)
    for (const image::MipView direction : {image::MipView::coronal, image::MipView::sagittal}) {
      const image::Mip mip = image::project_maximum(*view.suv, direction, pixel_mm, run);
      const Silhouettes outlines = view.lesions ? image::project_labels(*view.lesions, mip) : Silhouettes();
      DrawnPanel panel = draw_panel(panel_of(input, view, mip, outlines, texts));
      const bool is_coronal = direction == image::MipView::coronal;
      drawn.files.push_back({fmt::format("mip_{}{}.png", name_of(view.role), is_coronal ? "" : "_sagittal"),
                             image::encode_png(panel.picture)});
      if (!is_coronal) continue;
      drawn.page.unnumbered = std::max(drawn.page.unnumbered, panel.unnumbered);
      coronal.push_back(panel.picture);
      drawn.projections.push_back({view.role, std::move(panel.picture)});
    }
  if (!coronal.empty()) drawn.page.projections = image::encode_png(side_by_side(coronal));
}

/// The label of the lesion "Ln".
std::uint16_t label_of(const record::Lesion& lesion) {
  std::uint16_t label = 0;
  const std::string_view id = lesion.id;
  if (id.starts_with('L')) std::from_chars(id.data() + 1, id.data() + id.size(), label);
  return label;
}

std::vector<LesionView> views_of(const record::Lesion& lesion, const ReportInput& input, const Texts& texts) {
  std::vector<LesionView> views;
  for (const View& view : views_of(input)) {
    const auto at = place_of(lesion, view.role, input.reading);
    if (!at) continue;
    const std::string tracer = texts["tracer." + std::string(name_of(view.role))];
    views.push_back({view.suv, view.ct, view.lesions, label_of(lesion), *at, view.window,
                     colour_of(class_of(lesion)), fmt::format("{} · {}", lesion.id, tracer),
                     fmt::format(fmt::runtime(texts["picture.on_ct"]), tracer)});
  }
  return views;
}

// More would make the page heavy; the files have them all.
constexpr std::size_t kLesionsOnPage = 16;

/// The target lesion for the first page, the most important ones for the page, and all that count as files.
void draw_lesions(DrawnReport& drawn, const ReportInput& input, const Texts& texts, const base::Run& run) {
  std::vector<const record::Lesion*> lesions = ranked(input.reading);
  std::erase_if(lesions, [](const record::Lesion* lesion) { return !lesion->counts(); });
  struct Pngs {
    std::string large, small;
  };
  std::vector<Pngs> pngs(lesions.size());
  const base::Run by_one;
  base::parallel_for(run, lesions.size(), 1, [&](std::size_t n, std::size_t) {
    const auto views = views_of(*lesions[n], input, texts);
    const auto drawn_at = [&](int tile_px) {
      return image::encode_png(draw_lesion(views, tile_px, texts["bar.unit"], by_one));
    };
    if (views.empty()) return;
    pngs[n].large = drawn_at(kLargeTile);
    if (n < kLesionsOnPage) pngs[n].small = drawn_at(kSmallTile);
  });
  const std::string target = target_of(input.reading);
  for (std::size_t n = 0; n < lesions.size(); ++n) {
    if (pngs[n].large.empty()) continue;
    if (lesions[n]->id == target) drawn.page.target = pngs[n].large;
    if (!pngs[n].small.empty()) drawn.page.lesions.emplace_back(lesions[n]->id, std::move(pngs[n].small));
    drawn.files.push_back({fmt::format("lesion_{}.png", lesions[n]->id), std::move(pngs[n].large)});
  }
}

void draw_references(DrawnReport& drawn, const ReportInput& input, const Texts& texts) {
  std::vector<RegionTile> tiles;
  for (const View& view : views_of(input)) {
    if (!view.references) continue;
    for (const char* name : {"liver", "blood_pool", "spleen"})
      if (const auto region = view.references->find(name);
          region != view.references->end() && !region->second.empty())
        tiles.push_back({*view.suv, region->second, view.window,
                         fmt::format("{} · {}", texts["tracer." + std::string(name_of(view.role))],
                                     texts.named("region", name))});
  }
  if (tiles.empty()) return;
  drawn.page.references = image::encode_png(draw_regions(tiles, kTilesARow));
  drawn.files.push_back({"references.png", drawn.page.references});
}

void draw_alignment(DrawnReport& drawn, const ReportInput& input) {
  if (!input.reading.registration || !input.sstr_ct || !input.fdg_ct) return;
  drawn.page.registration =
      image::encode_png(draw_registration(*input.sstr_ct, *input.fdg_ct, *input.reading.registration));
  drawn.files.push_back({"registration.png", drawn.page.registration});
}

void draw_histogram(DrawnReport& drawn, const ReportInput& input, const Texts& texts) {
  const image::Picture picture = draw_phenotypes(uptakes_of_lesions(input), input.reading, texts);
  if (picture.samples.empty()) return;
  drawn.page.phenotypes = image::encode_png(picture);
  drawn.files.push_back({"phenotypes.png", drawn.page.phenotypes});
}

}  // namespace

DrawnReport draw_report(const ReportInput& input, const Texts& texts, const base::Run& run) {
  DrawnReport drawn;
  draw_projections(drawn, input, texts, run);
  draw_lesions(drawn, input, texts, run);
  draw_references(drawn, input, texts);
  draw_alignment(drawn, input);
  draw_histogram(drawn, input, texts);
  return drawn;
}

}  // namespace netpet::report
