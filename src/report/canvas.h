#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "image/png.h"

namespace netpet::report {

/// 0 … 255 each, and how much it covers (0 … 1).
struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  double opacity = 1;
  bool operator==(const Colour&) const = default;
};

enum class Align { left, centre, right };
enum class Weight { normal, bold };

struct TextStyle {
  double size_px = 20;
  Weight weight = Weight::normal;
  Colour colour;
  Align align = Align::left;
};

struct Segment {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
};

struct Rectangle {
  double x = 0, y = 0, width = 0, height = 0;
};

/// A drawing surface in pixels, x to the right, y down. Texts are UTF-8 in any script; bytes that are not
/// UTF-8 are replaced. One canvas belongs to one thread.
class Canvas {
 public:
  Canvas(int width, int height, Colour background);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  void fill(Rectangle area, Colour colour, double corner_radius = 0);
  void stroke(Rectangle area, Colour colour, double line_px, double corner_radius = 0);
  void line(double x1, double y1, double x2, double y2, Colour colour, double line_px);
  void circle(double x, double y, double radius, Colour colour, double line_px);
  /// Lines that meet in corners, drawn as one, so that crossings do not show through.
  void lines(const std::vector<Segment>& segments, Colour colour, double line_px);
  /// `y` is the top of the text; `x` its left edge, centre or right edge.
  void text(const std::string& utf8, double x, double y, const TextStyle& style);
  double text_width(const std::string& utf8, const TextStyle& style);
  /// Copies a grey or colour picture with its upper left corner at (x, y), pixel for pixel.
  void picture(const image::Picture& picture, int x, int y);
  /// What was drawn, red-green-blue.
  image::Picture taken() const;

 private:
  struct Surface;
  std::unique_ptr<Surface> surface_;
};

}  // namespace netpet::report
