#pragma once

#include <memory>
#include <string>
#include <vector>

#include "report/canvas.h"

namespace netpet::report {

/// Text of one look; lengths on paper are in points (1/72 inch).
struct TextRun {
  std::string text;  ///< UTF-8 in any script; other bytes are replaced
  double size_pt = 8.5;
  Weight weight = Weight::normal;
  Colour colour;
};

/// Text that was broken into lines of a width. Copies share it.
class LaidText {
 public:
  std::size_t lines() const;
  double height_of(std::size_t line) const;
  double height() const;
  /// Of the longest line.
  double width() const;
  /// Of the longest word.
  double longest_word() const;

 private:
  friend class Paper;
  struct Layout;
  std::shared_ptr<const Layout> layout_;
};

/// What a part of a page is, for those who have it read to them.
enum class PageRole { title, heading, subheading, paragraph, figure, decoration };

/// A PDF that is drawn page by page on A4. x to the right, y down, in points. One paper belongs to one
/// thread.
class Paper {
 public:
  static constexpr double kWidth = 595.28, kHeight = 841.89;

  struct Properties {
    std::string title;
    std::string subject;
    std::string
        dated;  ///< ISO 8601; never the time of drawing, so that the same document gives the same bytes
  };
  explicit Paper(const Properties& properties);
  ~Paper();
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;

  /// Breaks runs of text into lines of `width_pt` between words, within a word where one is too long.
  LaidText lay_out(const std::vector<TextRun>& runs, double width_pt, Align align = Align::left) const;
  /// Draws lines [begin, end) with the upper left corner of the first at (x, y).
  void draw(const LaidText& text, std::size_t begin, std::size_t end, double x, double y);
  void draw(const LaidText& text, double x, double y) { draw(text, 0, text.lines(), x, y); }
  void fill(Rectangle area, Colour colour);
  void stroke(Rectangle area, Colour colour, double line_pt);
  void circle(double x, double y, double radius, Colour colour, double line_pt);
  /// A PNG, stretched to the rectangle.
  void picture(const std::string& png, Rectangle area);
  /// Large letters across the page that are no text to be read or copied.
  void watermark(const std::string& utf8, Colour colour);

  /// What is drawn until `end_role` is one part of that kind.
  void begin_role(PageRole role);
  void end_role(PageRole role);
  /// A bookmark to a height of this page.
  void bookmark(const std::string& utf8, double y);
  void next_page();
  /// The finished file; nothing may be drawn after it.
  std::string finished();

 private:
  struct Surface;
  std::unique_ptr<Surface> surface_;
};

/// Width and height of a PNG in pixels, of its header; our own pictures only.
struct PictureSize {
  double width = 0, height = 0;
};
PictureSize size_of_png(const std::string& png);

}  // namespace netpet::report
