#include "report/canvas.h"

#include <cairo/cairo.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <numbers>

#include "base/error.h"
#include "report/escape.h"
#include "report/pango_handles.h"

namespace netpet::report {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

}  // namespace

struct Canvas::Surface {
  cairo_surface_t* pixels = nullptr;
  cairo_t* pen = nullptr;
  int width = 0, height = 0;

  Surface(int width_px, int height_px)
      : pixels(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width_px, height_px)),
        pen(cairo_create(pixels)),
        width(width_px),
        height(height_px) {}
  ~Surface() {
    cairo_destroy(pen);
    cairo_surface_destroy(pixels);
  }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  void use(Colour colour) {
    cairo_set_source_rgba(pen, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, colour.opacity);
  }

  void outline(Rectangle area, double radius) {
    cairo_new_path(pen);
    if (radius <= 0) {
      cairo_rectangle(pen, area.x, area.y, area.width, area.height);
      return;
    }
    const double right = area.x + area.width, bottom = area.y + area.height;
    cairo_arc(pen, right - radius, area.y + radius, radius, -kTurn / 4, 0);
    cairo_arc(pen, right - radius, bottom - radius, radius, 0, kTurn / 4);
    cairo_arc(pen, area.x + radius, bottom - radius, radius, kTurn / 4, kTurn / 2);
    cairo_arc(pen, area.x + radius, area.y + radius, radius, kTurn / 2, kTurn * 3 / 4);
    cairo_close_path(pen);
  }

  LayoutPointer layout_of(const std::string& utf8, const TextStyle& style) {
    LayoutPointer layout(pango_cairo_create_layout(pen));
    const FontPointer font(pango_font_description_new());
    pango_font_description_set_family(font.get(), kFontFamily);
    pango_font_description_set_absolute_size(font.get(), style.size_px * PANGO_SCALE);
    if (style.weight == Weight::bold) pango_font_description_set_weight(font.get(), PANGO_WEIGHT_BOLD);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_single_paragraph_mode(layout.get(), TRUE);
    pango_layout_set_text(layout.get(), valid_utf8(utf8).c_str(), -1);
    return layout;
  }
};

Canvas::Canvas(int width, int height, Colour background)
    : surface_(std::make_unique<Surface>(width, height)) {
  base::check(cairo_status(surface_->pen) == CAIRO_STATUS_SUCCESS, "cairo does not make a surface");
  fill({0, 0, double(width), double(height)}, background);
}

Canvas::~Canvas() = default;

void Canvas::fill(Rectangle area, Colour colour, double corner_radius) {
  surface_->use(colour);
  surface_->outline(area, corner_radius);
  cairo_fill(surface_->pen);
}

void Canvas::stroke(Rectangle area, Colour colour, double line_px, double corner_radius) {
  surface_->use(colour);
  surface_->outline(area, corner_radius);
  cairo_set_line_width(surface_->pen, line_px);
  cairo_stroke(surface_->pen);
}

void Canvas::line(double x1, double y1, double x2, double y2, Colour colour, double line_px) {
  surface_->use(colour);
  cairo_new_path(surface_->pen);
  cairo_set_line_width(surface_->pen, line_px);
  cairo_move_to(surface_->pen, x1, y1);
  cairo_line_to(surface_->pen, x2, y2);
  cairo_stroke(surface_->pen);
}

void Canvas::circle(double x, double y, double radius, Colour colour, double line_px) {
  surface_->use(colour);
  cairo_new_path(surface_->pen);
  cairo_set_line_width(surface_->pen, line_px);
  cairo_arc(surface_->pen, x, y, radius, 0, kTurn);
  cairo_stroke(surface_->pen);
}

void Canvas::lines(const std::vector<Segment>& segments, Colour colour, double line_px) {
  surface_->use(colour);
  cairo_new_path(surface_->pen);
  cairo_set_line_width(surface_->pen, line_px);
  cairo_set_line_cap(surface_->pen, CAIRO_LINE_CAP_SQUARE);
  for (const Segment& segment : segments) {
    cairo_move_to(surface_->pen, segment.x1, segment.y1);
    cairo_line_to(surface_->pen, segment.x2, segment.y2);
  }
  cairo_stroke(surface_->pen);
  cairo_set_line_cap(surface_->pen, CAIRO_LINE_CAP_BUTT);
}

void Canvas::text(const std::string& utf8, double x, double y, const TextStyle& style) {
  const auto layout = surface_->layout_of(utf8, style);
  int width = 0, height = 0;
  pango_layout_get_pixel_size(layout.get(), &width, &height);
  const double shift = style.align == Align::left ? 0 : style.align == Align::right ? width : width / 2.0;
  surface_->use(style.colour);
  cairo_move_to(surface_->pen, x - shift, y);
  pango_cairo_show_layout(surface_->pen, layout.get());
}

double Canvas::text_width(const std::string& utf8, const TextStyle& style) {
  int width = 0, height = 0;
  pango_layout_get_pixel_size(surface_->layout_of(utf8, style).get(), &width, &height);
  return width;
}

void Canvas::picture(const image::Picture& picture, int x, int y) {
  cairo_surface_flush(surface_->pixels);
  unsigned char* bytes = cairo_image_surface_get_data(surface_->pixels);
  const int stride = cairo_image_surface_get_stride(surface_->pixels);
  for (int row = std::max(0, -y); row < picture.height && row + y < surface_->height; ++row) {
    auto* target = reinterpret_cast<std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(row + y) * stride);
    for (int column = std::max(0, -x); column < picture.width && column + x < surface_->width; ++column) {
      const std::uint8_t* sample = picture.at(column, row);
      const std::uint32_t red = sample[0], green = picture.channels == 3 ? sample[1] : red,
                          blue = picture.channels == 3 ? sample[2] : red;
      target[column + x] = red << 16 | green << 8 | blue;
    }
  }
  cairo_surface_mark_dirty(surface_->pixels);
}

image::Picture Canvas::taken() const {
  cairo_surface_flush(surface_->pixels);
  const unsigned char* bytes = cairo_image_surface_get_data(surface_->pixels);
  const int stride = cairo_image_surface_get_stride(surface_->pixels);
  image::Picture result(surface_->width, surface_->height, 3);
  for (int y = 0; y < result.height; ++y) {
    const auto* row = reinterpret_cast<const std::uint32_t*>(bytes + static_cast<std::ptrdiff_t>(y) * stride);
    for (int x = 0; x < result.width; ++x) {
      std::uint8_t* sample = result.at(x, y);
      sample[0] = static_cast<std::uint8_t>(row[x] >> 16);
      sample[1] = static_cast<std::uint8_t>(row[x] >> 8);
      sample[2] = static_cast<std::uint8_t>(row[x]);
    }
  }
  return result;
}

}  // namespace netpet::report
