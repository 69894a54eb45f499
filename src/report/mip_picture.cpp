#include "report/mip_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
  canvas.text(unit, x + kWidth, top + rows + 14, {kBarPx * 0.9, Weight::normal, kMuted, Align::centre});
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

struct Mark {
  const LesionMark* lesion;
  Anchor anchor;
};

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

/// Rings around all lesions, numbers for those that count; returns how many found no room.
std::size_t draw_marks(Canvas& canvas, const MipPanel& panel, const Frame& frame) {
  std::vector<Mark> counted;
  for (const LesionMark& lesion : panel.marks) {
    const image::PixelPoint at = panel.mip.pixel_of(lesion.at);
    const Mark mark{&lesion,
                    {{at.x - frame.columns.begin + frame.left, at.y + kTop},
                     std::max(kSmallestRing, lesion.radius_mm / panel.mip.pixel_mm + 4)}};
    if (mark.anchor.at.x < frame.left || mark.anchor.at.x > frame.right() || mark.anchor.at.y < kTop ||
        mark.anchor.at.y > kTop + panel.mip.height)
      continue;  // outside this scan's field of view
    const Colour colour = colour_of(lesion.lesion_class);
    if (lesion.lesion_class == LesionClass::not_counted) {
      canvas.circle(mark.anchor.at.x, mark.anchor.at.y, kSmallestRing * 0.7, colour, 1.5);
      continue;
    }
    canvas.circle(mark.anchor.at.x, mark.anchor.at.y, mark.anchor.radius, {255, 255, 255, 0.7}, 4.5);
    canvas.circle(mark.anchor.at.x, mark.anchor.at.y, mark.anchor.radius, colour, 2.5);
    counted.push_back(mark);
  }
  const LabelColumns columns{frame.left - 14.0, frame.right() + 14.0, double(kTop),
                             double(kTop + panel.mip.height), kLabelHeight + kLabelGap};
  const std::size_t room = std::min(counted.size(), label_capacity(columns));
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < room; ++i) anchors.push_back(counted[i].anchor);
  const auto labels = place_labels(anchors, columns);
  for (std::size_t i = 0; i < room; ++i) draw_label(canvas, *counted[i].lesion, labels[i]);
  return counted.size() - room;
}

}  // namespace

std::uint8_t grey_of(float suv, Window window) {
  const double share = std::clamp(double(suv) / window.top, 0.0, 1.0);
  return static_cast<std::uint8_t>(std::lround(255 * (1 - share)));
}

std::vector<double> bar_values(Window window) {
  double step = 1;
  while (window.top / step > 7.5) step = step == 1 ? 3 : step * 2;
  std::vector<double> values;
  for (double value = 0; value <= window.top * (1 + 1e-9); value += step) values.push_back(value);
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
