#pragma once

#include <string>
#include <vector>

#include "image/mip.h"
#include "image/png.h"
#include "image/silhouette.h"
#include "report/shown.h"

namespace netpet::report {

/// The colour window of a tracer: SUV 0 is white, `top` and above is black.
struct Window {
  double top = 15;
};
constexpr Window kSstrWindow{15};  ///< the published visual comparison: SSTR 0–15
constexpr Window kFdgWindow{7};    ///< and FDG 0–7

/// The grey of an SUV, inverted: 255 at 0, 0 at the top of the window and above.
std::uint8_t grey_of(float suv, Window window);
/// The values written beside a colour bar, from 0 to the top in equal steps.
std::vector<double> bar_values(Window window);

/// A lesion to be marked on a projection.
struct LesionMark {
  std::string id;
  space::PointLps at;                          ///< in the patient space of the projected scan
  const image::Silhouette* outline = nullptr;  ///< on the projection's pixels; null: a small ring instead
  LesionClass lesion_class = LesionClass::one_tracer;
  /// A doubtful one is outlined thinly and has no number.
  enum class Emphasis { doubtful, none, target } emphasis = Emphasis::none;
};

/// One projection with everything around it. Texts are ready to be drawn.
struct MipPanel {
  const image::Mip& mip;
  Window window;
  std::string title;
  std::string subtitle;
  std::string bar_unit;
  std::vector<LesionMark> marks;  ///< in the order of importance: the first are numbered where room is scarce
};

/// The part of a projection that holds the body, in pixels.
struct Columns {
  int begin = 0;
  int end = 0;
};
Columns body_columns(const image::Mip& mip);

/// A finished panel and how many lesions that count were marked without a number.
struct DrawnPanel {
  image::Picture picture;
  std::size_t unnumbered = 0;
};

/// Draws a projection in inverted grey with title, colour bar in SUV, orientation marks, the outline of every
/// lesion and its number beside the image.
DrawnPanel draw_panel(const MipPanel& panel);

/// Pictures beside each other on white, tops aligned.
image::Picture side_by_side(const std::vector<image::Picture>& pictures);

}  // namespace netpet::report
