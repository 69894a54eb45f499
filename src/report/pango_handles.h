#pragma once

#include <pango/pango.h>

#include <memory>

namespace netpet::report {

/// What every text is set in, on pictures and on paper; for canvas.cpp and paper.cpp only.
constexpr const char* kFontFamily = "DejaVu Sans, Sans";

struct ObjectRelease {
  void operator()(void* object) const { g_object_unref(object); }
};
struct FontRelease {
  void operator()(PangoFontDescription* font) const { pango_font_description_free(font); }
};
using LayoutPointer = std::unique_ptr<PangoLayout, ObjectRelease>;
using FontPointer = std::unique_ptr<PangoFontDescription, FontRelease>;

}  // namespace netpet::report
