#include "report/mip_picture.h"

#include <fmt/format.h>

#include <algorithm>

#include "report/canvas.h"
#include "report/label_layout.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

// The page shows these pictures at about half their size, so that print stays sharp.
constexpr double kTitlePx = 30;
constexpr double kSubtitlePx = 22;
constexpr double kLabelPx = 22;
constexpr double kMarkPx = 26;
constexpr double kBarPx = 20;
constexpr int kTop = 96;
constexpr int kBottom = 16;
constexpr int kLabelColumn = 96;
constexpr int kBarColumn = 120;
constexpr double kLabelHeight = 34;
constexpr double kLabelGap = 6;
constexpr double kSmallestRing = 9;

// Below this SUV the air around the body shows noise; a body column has some hundredths of its height above
// it.
constexpr float kBodySuv = 0.3F;
constexpr double kBodyShare = 0.02;
constexpr double kBodyMarginMm = 15;
constexpr double kNarrowestBodyMm = 80;

struct Frame {
  Columns columns;
  int left;  ///< picture x of the first shown column
  int right() const { return left + columns.end - columns.begin; }
};

image::Picture grey_picture(const image::Mip& mip, Columns columns, Window window) {
  image::Picture picture(columns.end - columns.begin, mip.height, 1);
  for (int y = 0; y < mip.height; ++y)
    for (int x = columns.begin; x < columns.end; ++x)
      *picture.at(x - columns.begin, y) = grey_of(mip.at(x, y), window);
  return picture;
}

void draw_bar(Canvas& canvas, double x, double top, double height, Window window, const std::string& unit) {
  constexpr int kWidth = 22;
  const int rows = static_cast<int>(height);
  image::Picture bar(kWidth, rows, 1);
  for (int y = 0; y < rows; ++y) {
    const double suv = window.top * (1 - (y + 0.5) / rows);
    for (int column = 0; column < kWidth; ++column)
      *bar.at(column, y) = grey_of(static_cast<float>(suv), window);
  }
  canvas.picture(bar, static_cast<int>(x), static_cast<int>(top));
  canvas.stroke({x, top, double(kWidth), double(rows)}, kMuted, 1.5);
  for (const double value : bar_values(window)) {
    const double y = top + rows * (1 - value / window.top);
    canvas.line(x + kWidth, y, x + kWidth + 6, y, kMuted, 1.5);
    canvas.text(fmt::format("{:g}", value), x + kWidth + 10, y - kBarPx * 0.6,
                {kBarPx, Weight::normal, kInk});
  }
  canvas.text(unit, x, top + rows + 14, {kBarPx * 0.9, Weight::normal, kMuted});
}

void draw_orientation(Canvas& canvas, const Frame& frame, int height, image::MipView view) {
  const bool coronal = view == image::MipView::coronal;
  const double middle = kTop + height * 0.5 - kMarkPx / 2;
  const TextStyle style{kMarkPx, Weight::bold, kMuted};
  const auto mark = [&](const char* letter, double x, double y, Align align) {
    TextStyle aligned = style;
    aligned.align = align;
    canvas.text(letter, x, y, aligned);
  };
  mark(coronal ? "R" : "A", frame.left + 8.0, middle, Align::left);
  mark(coronal ? "L" : "P", frame.right() - 8.0, middle, Align::right);
  mark("H", frame.left + 8.0, kTop + 4, Align::left);
  mark("F", frame.left + 8.0, kTop + height - kMarkPx - 12, Align::left);
}

/// The border of a silhouette along the edges of its pixels.
std::vector<Segment> border_of(const image::Silhouette& shape, double left, double top) {
  std::vector<Segment> border;
  for (int y = shape.top; y < shape.top + shape.height; ++y)
    for (int x = shape.left; x < shape.left + shape.width; ++x) {
      if (!shape.covers(x, y)) continue;
      const double x1 = left + x, y1 = top + y, x2 = x1 + 1, y2 = y1 + 1;
      if (!shape.covers(x - 1, y)) border.push_back({x1, y1, x1, y2});
      if (!shape.covers(x + 1, y)) border.push_back({x2, y1, x2, y2});
      if (!shape.covers(x, y - 1)) border.push_back({x1, y1, x2, y1});
      if (!shape.covers(x, y + 1)) border.push_back({x1, y2, x2, y2});
    }
  return border;
}

void draw_outline(Canvas& canvas, const LesionMark& lesion, const Anchor& anchor, const Frame& frame) {
  const Colour colour = colour_of(lesion.lesion_class);
  const bool plain =
      lesion.lesion_class == LesionClass::not_counted || lesion.emphasis == LesionMark::Emphasis::doubtful;
  constexpr Colour kHalo{255, 255, 255, 0.75};
  if (lesion.outline) {
    const auto border = border_of(*lesion.outline, frame.left - frame.columns.begin, kTop);
    if (!plain) canvas.lines(border, kHalo, 4.5);
    canvas.lines(border, colour, plain ? 1.2 : 2.2);
  } else {
    if (!plain) canvas.circle(anchor.at.x, anchor.at.y, anchor.radius, kHalo, 4.5);
    canvas.circle(anchor.at.x, anchor.at.y, anchor.radius, colour, plain ? 1.2 : 2.2);
  }
}

void draw_label(Canvas& canvas, const LesionMark& lesion, const PlacedLabel& label) {
  const Colour colour = colour_of(lesion.lesion_class);
  const bool target = lesion.emphasis == LesionMark::Emphasis::target;
  canvas.line(label.leader_start.x, label.leader_start.y, label.leader_end.x, label.leader_end.y,
              {colour.red, colour.green, colour.blue, 0.8}, 2);
  const TextStyle style{kLabelPx, Weight::bold, target ? kWhite : colour, Align::centre};
  const double width = canvas.text_width(lesion.id, style) + 18;
  const double x = label.side == Side::left ? label.leader_start.x - width : label.leader_start.x;
  const Rectangle box{x, label.middle_y - kLabelHeight / 2, width, kLabelHeight};
  canvas.fill(box, target ? colour : kWhite, 7);
  canvas.stroke(box, colour, 2, 7);
  canvas.text(lesion.id, x + width / 2, label.middle_y - kLabelPx * 0.62, style);
}

struct VisibleMark {
  const LesionMark* lesion;
  Anchor anchor;
};

/// Those within this scan's field of view.
std::vector<VisibleMark> visible_marks(const MipPanel& panel, const Frame& frame) {
  std::vector<VisibleMark> visible;
  for (const LesionMark& lesion : panel.marks) {
    const image::PixelPoint at = panel.mip.pixel_of(lesion.at);
    Anchor anchor{{at.x - frame.columns.begin + frame.left, at.y + kTop}, kSmallestRing};
    if (anchor.at.x < frame.left || anchor.at.x > frame.right() || anchor.at.y < kTop ||
        anchor.at.y > kTop + panel.mip.height)
      continue;
    if (lesion.outline) anchor.radius = std::min(lesion.outline->width, lesion.outline->height) / 2.0;
    visible.push_back({&lesion, anchor});
  }
  return visible;
}

/// Outlines all lesions and numbers those that count; returns how many of these got no number.
std::size_t draw_marks(Canvas& canvas, const MipPanel& panel, const Frame& frame) {
  const std::vector<VisibleMark> visible = visible_marks(panel, frame);
  // The most important last, so that no other outline covers its own.
  for (auto mark = visible.rbegin(); mark != visible.rend(); ++mark)
    draw_outline(canvas, *mark->lesion, mark->anchor, frame);

  std::size_t counted = 0;
  std::vector<const LesionMark*> numbered;
  std::vector<Anchor> anchors;
  for (const VisibleMark& mark : visible) {
    if (mark.lesion->lesion_class == LesionClass::not_counted) continue;
    ++counted;
    if (mark.lesion->emphasis == LesionMark::Emphasis::doubtful) continue;
    numbered.push_back(mark.lesion);
    anchors.push_back(mark.anchor);
  }
  const LabelColumns columns{frame.left - 14.0, frame.right() + 14.0, double(kTop),
                             double(kTop + panel.mip.height), kLabelHeight + kLabelGap};
  anchors.resize(std::min(anchors.size(), label_capacity(columns)));
  const auto labels = place_labels(anchors, columns);
  for (std::size_t i = 0; i < labels.size(); ++i) draw_label(canvas, *numbered[i], labels[i]);
  return counted - labels.size();
}

}  // namespace

std::uint8_t grey_of(float suv, Window window) {
  return sample_of(1 - double(suv) / window.top);
}

std::vector<double> bar_values(Window window) {
  double step = 1;
  while (window.top / step > 7.5) step = step == 1 ? 3 : step * 2;
  std::vector<double> values;
  const int count = static_cast<int>(window.top / step + 1e-9);
  for (int n = 0; n <= count; ++n) values.push_back(n * step);
  return values;
}

Columns body_columns(const image::Mip& mip) {
  const auto is_body = [&](int x) {
    int above = 0;
    for (int y = 0; y < mip.height; ++y) above += mip.at(x, y) > kBodySuv ? 1 : 0;
    return above > kBodyShare * mip.height;
  };
  Columns columns{0, mip.width};
  while (columns.begin < columns.end && !is_body(columns.begin)) ++columns.begin;
  while (columns.end > columns.begin && !is_body(columns.end - 1)) --columns.end;
  if ((columns.end - columns.begin) * mip.pixel_mm < kNarrowestBodyMm) return {0, mip.width};
  const int margin = static_cast<int>(kBodyMarginMm / mip.pixel_mm);
  return {std::max(0, columns.begin - margin), std::min(mip.width, columns.end + margin)};
}

DrawnPanel draw_panel(const MipPanel& panel) {
  const Frame frame{body_columns(panel.mip), kLabelColumn};
  const int width = frame.right() + kLabelColumn + kBarColumn;
  Canvas canvas(width, kTop + panel.mip.height + kBottom, kWhite);
  canvas.text(panel.title, frame.left, 6, {kTitlePx, Weight::bold, kInk});
  canvas.text(panel.subtitle, frame.left, 48, {kSubtitlePx, Weight::normal, kMuted});
  canvas.picture(grey_picture(panel.mip, frame.columns, panel.window), frame.left, kTop);
  canvas.stroke(
      {double(frame.left), double(kTop), double(frame.right() - frame.left), double(panel.mip.height)},
      kHairline, 1);
  draw_orientation(canvas, frame, panel.mip.height, panel.mip.view);
  draw_bar(canvas, frame.right() + kLabelColumn + 8, kTop + 20, std::min(420.0, panel.mip.height * 0.6),
           panel.window, panel.bar_unit);
  DrawnPanel drawn;
  drawn.unnumbered = draw_marks(canvas, panel, frame);
  drawn.picture = canvas.taken();
  return drawn;
}

image::Picture side_by_side(const std::vector<image::Picture>& pictures) {
  constexpr int kGap = 24;
  int width = -kGap, height = 1;
  for (const image::Picture& picture : pictures) {
    width += picture.width + kGap;
    height = std::max(height, picture.height);
  }
  Canvas canvas(std::max(1, width), height, kWhite);
  int x = 0;
  for (const image::Picture& picture : pictures) {
    canvas.picture(picture, x, 0);
    x += picture.width + kGap;
  }
  return canvas.taken();
}

}  // namespace netpet::report
