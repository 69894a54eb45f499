#include "report/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string_view>
#include <tuple>

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
constexpr std::size_t kLesionsOnPage = 16;  // more would make the page heavy; the files have them all

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

double pixel_mm_of(const ReportInput& input) {
  double tallest = 0;
  for (const View& view : views_of(input)) tallest = std::max(tallest, height_mm(*view.suv));
  return std::max(kFinestPixelMm, tallest / kProjectionPx);
}

DrawnPanel draw_projection(const ReportInput& input, const View& view, image::MipView direction,
                           const Texts& texts) {
  const image::Mip mip = image::project_maximum(*view.suv, direction, pixel_mm_of(input), {});
  const Silhouettes outlines = view.lesions ? image::project_labels(*view.lesions, mip) : Silhouettes();
  return draw_panel(panel_of(input, view, mip, outlines, texts));
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

}  // namespace

ReportDrawing::ReportDrawing(const ReportInput& input, const Texts& texts)
    : input_(input), texts_(texts), lesions_(ranked(input.reading)) {
  std::erase_if(lesions_, [](const record::Lesion* lesion) { return !lesion->counts(); });
  lesion_pngs_.resize(lesions_.size());
}

void ReportDrawing::add_to(base::Jobs& jobs) {
  jobs.emplace_back([this] { draw_coronal(); });
  for (const View& view : views_of(input_)) {
    auto& picture = sagittal_[view.role];
    jobs.emplace_back([this, view, &picture] {
      picture = image::encode_png(draw_projection(input_, view, image::MipView::sagittal, texts_).picture);
    });
  }
  jobs.emplace_back([this] { draw_references(); });
  jobs.emplace_back([this] { draw_alignment(); });
  jobs.emplace_back([this] { draw_histogram(); });
  for (std::size_t rank = 0; rank < lesions_.size(); ++rank)
    jobs.emplace_back([this, rank] { draw_lesion(rank); });
}

void ReportDrawing::draw_coronal() {
  std::vector<image::Picture> panels;
  for (const View& view : views_of(input_)) {
    DrawnPanel panel = draw_projection(input_, view, image::MipView::coronal, texts_);
    coronal_[view.role] = image::encode_png(panel.picture);
    drawn_.page.unnumbered = std::max(drawn_.page.unnumbered, panel.unnumbered);
    panels.push_back(panel.picture);
    drawn_.projections.push_back({view.role, std::move(panel.picture)});
  }
  if (!panels.empty()) drawn_.page.projections = image::encode_png(side_by_side(panels));
}

void ReportDrawing::draw_lesion(std::size_t rank) {
  const auto views = views_of(*lesions_[rank], input_, texts_);
  if (views.empty()) return;
  const auto drawn_at = [&](int tile_px) {
    return image::encode_png(report::draw_lesion(views, tile_px, texts_["bar.unit"], {}));
  };
  lesion_pngs_[rank].large = drawn_at(kLargeTile);
  if (rank < kLesionsOnPage) lesion_pngs_[rank].small = drawn_at(kSmallTile);
}

void ReportDrawing::draw_references() {
  std::vector<std::vector<RegionView>> rows;
  for (const View& view : views_of(input_)) {
    if (!view.references) continue;
    std::vector<RegionView>& row = rows.emplace_back();
    const std::string tracer = texts_["tracer." + std::string(name_of(view.role))];
    for (const char* name : {"liver", "blood_pool", "spleen"})
      if (const auto region = view.references->find(name);
          region != view.references->end() && !region->second.empty())
        row.push_back({view.suv, view.ct, &region->second, view.window,
                       fmt::format("{} · {}", tracer, texts_.named("region", name)), texts_["picture.ct"]});
  }
  const image::Picture picture = draw_regions(rows, texts_["bar.unit"], {});
  if (!picture.samples.empty()) drawn_.page.references = image::encode_png(picture);
}

void ReportDrawing::draw_alignment() {
  if (!input_.reading.registration || !input_.sstr_ct || !input_.fdg_ct) return;
  drawn_.page.registration =
      image::encode_png(draw_registration(*input_.sstr_ct, *input_.fdg_ct, *input_.reading.registration));
}

void ReportDrawing::draw_histogram() {
  const image::Picture picture = draw_phenotypes(uptakes_of_lesions(input_), input_.reading, texts_);
  if (!picture.samples.empty()) drawn_.page.phenotypes = image::encode_png(picture);
}

DrawnReport ReportDrawing::taken() {
  const auto add = [&](std::string name, std::string png) {
    if (!png.empty()) drawn_.files.push_back({std::move(name), std::move(png)});
  };
  for (auto& [role, png] : coronal_) add(fmt::format("mip_{}.png", name_of(role)), std::move(png));
  for (auto& [role, png] : sagittal_) add(fmt::format("mip_{}_sagittal.png", name_of(role)), std::move(png));
  const std::string target = target_of(input_.reading);
  for (std::size_t rank = 0; rank < lesions_.size(); ++rank) {
    auto& [large, small] = lesion_pngs_[rank];
    const std::string& id = lesions_[rank]->id;
    if (id == target) drawn_.page.target = large;
    if (!small.empty()) drawn_.page.lesions.emplace_back(id, std::move(small));
    add(fmt::format("lesion_{}.png", id), std::move(large));
  }
  add("references.png", drawn_.page.references);
  add("registration.png", drawn_.page.registration);
  add("phenotypes.png", drawn_.page.phenotypes);
  return std::move(drawn_);
}

}  // namespace netpet::report
