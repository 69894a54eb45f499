#include "report/paper.h"

#include <cairo/cairo-pdf.h>
#include <cairo/cairo.h>
#include <fmt/format.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

#include "base/error.h"
#include "report/escape.h"
#include "report/pango_handles.h"

namespace netpet::report {
namespace {

struct AttributesRelease {
  void operator()(PangoAttrList* list) const { pango_attr_list_unref(list); }
};
struct IterRelease {
  void operator()(PangoLayoutIter* iter) const { pango_layout_iter_free(iter); }
};

double points(int pango_units) {
  return double(pango_units) / PANGO_SCALE;
}

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

struct PngBytes {
  const std::string& bytes;
  std::size_t at = 0;
};

cairo_status_t read_png(void* from, unsigned char* data, unsigned int size) {
  auto& png = *static_cast<PngBytes*>(from);
  if (png.bytes.size() - png.at < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, png.bytes.data() + png.at, size);
  png.at += size;
  return CAIRO_STATUS_SUCCESS;
}

const char* tag_of(PageRole role) {
  switch (role) {
    case PageRole::title:
      return "H1";
    case PageRole::heading:
      return "H2";
    case PageRole::subheading:
      return "H3";
    case PageRole::paragraph:
      return "P";
    case PageRole::figure:
      return "Figure";
    case PageRole::decoration:
      break;
  }
  return nullptr;
}

void add(PangoAttrList* list, PangoAttribute* attribute, std::size_t begin, std::size_t end) {
  attribute->start_index = static_cast<guint>(begin);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

guint16 channel(std::uint8_t value) {
  return static_cast<guint16>(value * 257);
}

/// The words of the runs with their looks.
void put_runs(PangoLayout* layout, const std::vector<TextRun>& runs) {
  const std::unique_ptr<PangoAttrList, AttributesRelease> looks(pango_attr_list_new());
  std::string text;
  for (const TextRun& run : runs) {
    const std::size_t begin = text.size();
    text += valid_utf8(run.text);
    const auto put = [&](PangoAttribute* attribute) { add(looks.get(), attribute, begin, text.size()); };
    put(pango_attr_size_new_absolute(static_cast<int>(run.size_pt * PANGO_SCALE)));
    put(pango_attr_foreground_new(channel(run.colour.red), channel(run.colour.green),
                                  channel(run.colour.blue)));
    if (run.weight == Weight::bold) put(pango_attr_weight_new(PANGO_WEIGHT_BOLD));
  }
  // A code that is broken must not gain a hyphen.
  add(looks.get(), pango_attr_insert_hyphens_new(FALSE), 0, text.size());
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  pango_layout_set_attributes(layout, looks.get());
}

}  // namespace

struct LaidText::Layout {
  LayoutPointer pango;
  struct Placed {
    double left, baseline, height;  ///< baseline from the top of the line
  };
  std::vector<Placed> lines;
};

std::size_t LaidText::lines() const {
  return layout_->lines.size();
}

double LaidText::height_of(std::size_t line) const {
  return layout_->lines[line].height;
}

double LaidText::height() const {
  double sum = 0;
  for (const Layout::Placed& line : layout_->lines) sum += line.height;
  return sum;
}

double LaidText::width() const {
  PangoRectangle extent;
  pango_layout_get_extents(layout_->pango.get(), nullptr, &extent);
  return points(extent.width);
}

double LaidText::longest_word() const {
  const LayoutPointer broken(pango_layout_copy(layout_->pango.get()));
  pango_layout_set_wrap(broken.get(), PANGO_WRAP_WORD);
  pango_layout_set_width(broken.get(), 0);
  PangoRectangle extent;
  pango_layout_get_extents(broken.get(), nullptr, &extent);
  return points(extent.width);
}

struct Paper::Surface {
  std::string bytes;
  cairo_surface_t* pdf;
  cairo_t* pen;
  int page = 1;
  std::unique_ptr<PangoContext, ObjectRelease> context;

  Surface()
      : pdf(cairo_pdf_surface_create_for_stream(&append, &bytes, kWidth, kHeight)), pen(cairo_create(pdf)) {
    context.reset(pango_cairo_create_context(pen));
    // Lengths must not depend on a screen.
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    pango_cairo_context_set_font_options(context.get(), options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context.get(), 72);
  }
  ~Surface() {
    context.reset();
    cairo_destroy(pen);
    cairo_surface_destroy(pdf);
  }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;

  void use(Colour colour) const {
    cairo_set_source_rgba(pen, colour.red / 255.0, colour.green / 255.0, colour.blue / 255.0, colour.opacity);
  }
};

Paper::Paper(const Properties& properties) : surface_(std::make_unique<Surface>()) {
  base::check(cairo_status(surface_->pen) == CAIRO_STATUS_SUCCESS, "cairo does not make a PDF");
  const auto put = [&](cairo_pdf_metadata_t what, const std::string& text) {
    cairo_pdf_surface_set_metadata(surface_->pdf, what, valid_utf8(text).c_str());
  };
  put(CAIRO_PDF_METADATA_TITLE, properties.title);
  put(CAIRO_PDF_METADATA_SUBJECT, properties.subject);
  put(CAIRO_PDF_METADATA_CREATOR, "netpet");
  put(CAIRO_PDF_METADATA_CREATE_DATE, properties.dated);
}

Paper::~Paper() = default;

LaidText Paper::lay_out(const std::vector<TextRun>& runs, double width_pt, Align align) const {
  auto layout = std::make_shared<LaidText::Layout>();
  layout->pango.reset(pango_layout_new(surface_->context.get()));
  PangoLayout* pango = layout->pango.get();
  const FontPointer font(pango_font_description_new());
  pango_font_description_set_family(font.get(), kFontFamily);
  // An empty line has a height, too.
  pango_font_description_set_absolute_size(font.get(), (runs.empty() ? 1 : runs[0].size_pt) * PANGO_SCALE);
  pango_layout_set_font_description(pango, font.get());
  pango_layout_set_wrap(pango, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width(pango, static_cast<int>(width_pt * PANGO_SCALE));
  pango_layout_set_alignment(pango, align == Align::left    ? PANGO_ALIGN_LEFT
                                    : align == Align::right ? PANGO_ALIGN_RIGHT
                                                            : PANGO_ALIGN_CENTER);
  put_runs(pango, runs);
  const std::unique_ptr<PangoLayoutIter, IterRelease> iter(pango_layout_get_iter(pango));
  do {
    PangoRectangle extent;
    pango_layout_iter_get_line_extents(iter.get(), nullptr, &extent);
    layout->lines.push_back({points(extent.x), points(pango_layout_iter_get_baseline(iter.get()) - extent.y),
                             points(extent.height)});
  } while (pango_layout_iter_next_line(iter.get()));
  LaidText text;
  text.layout_ = std::move(layout);
  return text;
}

void Paper::draw(const LaidText& text, std::size_t begin, std::size_t end, double x, double y) {
  for (std::size_t i = begin; i < end; ++i) {
    const LaidText::Layout::Placed& line = text.layout_->lines[i];
    cairo_move_to(surface_->pen, x + line.left, y + line.baseline);
    pango_cairo_show_layout_line(
        surface_->pen, pango_layout_get_line_readonly(text.layout_->pango.get(), static_cast<int>(i)));
    y += line.height;
  }
}

void Paper::fill(Rectangle area, Colour colour) {
  surface_->use(colour);
  cairo_rectangle(surface_->pen, area.x, area.y, area.width, area.height);
  cairo_fill(surface_->pen);
}

void Paper::stroke(Rectangle area, Colour colour, double line_pt) {
  surface_->use(colour);
  cairo_set_line_width(surface_->pen, line_pt);
  cairo_rectangle(surface_->pen, area.x, area.y, area.width, area.height);
  cairo_stroke(surface_->pen);
}

void Paper::circle(double x, double y, double radius, Colour colour, double line_pt) {
  surface_->use(colour);
  cairo_set_line_width(surface_->pen, line_pt);
  cairo_new_path(surface_->pen);
  cairo_arc(surface_->pen, x, y, radius, 0, 2 * std::numbers::pi);
  cairo_stroke(surface_->pen);
}

void Paper::picture(const std::string& png, Rectangle area) {
  PngBytes bytes{png};
  cairo_surface_t* pixels = cairo_image_surface_create_from_png_stream(&read_png, &bytes);
  base::check(cairo_surface_status(pixels) == CAIRO_STATUS_SUCCESS, "a picture of our own is no PNG");
  cairo_save(surface_->pen);
  cairo_translate(surface_->pen, area.x, area.y);
  cairo_scale(surface_->pen, area.width / cairo_image_surface_get_width(pixels),
              area.height / cairo_image_surface_get_height(pixels));
  cairo_set_source_surface(surface_->pen, pixels, 0, 0);
  cairo_paint(surface_->pen);
  cairo_restore(surface_->pen);
  cairo_surface_destroy(pixels);
}

void Paper::watermark(const std::string& utf8, Colour colour) {
  constexpr double kSizePt = 58, kTilt = -0.95;  // from the lower left to the upper right corner
  const LaidText text = lay_out({{utf8, kSizePt, Weight::bold, colour}}, 2 * kHeight);
  cairo_save(surface_->pen);
  cairo_translate(surface_->pen, kWidth / 2, kHeight / 2);
  cairo_rotate(surface_->pen, kTilt);
  const double room = 0.92 * std::hypot(kWidth, kHeight), scale = std::min(1.0, room / text.width());
  cairo_scale(surface_->pen, scale, scale);
  cairo_move_to(surface_->pen, -text.width() / 2, -text.height() / 2);
  pango_cairo_layout_path(surface_->pen, text.layout_->pango.get());
  surface_->use(colour);
  cairo_fill(surface_->pen);
  cairo_restore(surface_->pen);
}

void Paper::begin_role(PageRole role) {
  if (const char* tag = tag_of(role)) cairo_tag_begin(surface_->pen, tag, nullptr);
}

void Paper::end_role(PageRole role) {
  if (const char* tag = tag_of(role)) cairo_tag_end(surface_->pen, tag);
}

void Paper::bookmark(const std::string& utf8, double y) {
  cairo_pdf_surface_add_outline(surface_->pdf, CAIRO_PDF_OUTLINE_ROOT, valid_utf8(utf8).c_str(),
                                fmt::format("page={} pos=[0 {:.2f}]", surface_->page, y).c_str(),
                                static_cast<cairo_pdf_outline_flags_t>(0));
}

void Paper::next_page() {
  cairo_show_page(surface_->pen);
  ++surface_->page;
}

std::string Paper::finished() {
  cairo_surface_finish(surface_->pdf);
  base::check(cairo_status(surface_->pen) == CAIRO_STATUS_SUCCESS, "cairo could not draw the PDF");
  return std::move(surface_->bytes);
}

PictureSize size_of_png(const std::string& png) {
  constexpr std::size_t kHeader = 24;
  base::check(png.size() >= kHeader, "a picture of our own is no PNG");
  const auto number_at = [&](std::size_t at) {
    double value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value * 256 + static_cast<unsigned char>(png[at + i]);
    return value;
  };
  return {number_at(16), number_at(20)};
}

}  // namespace netpet::report
