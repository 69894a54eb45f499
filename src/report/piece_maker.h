#pragma once

#include "report/pieces.h"

namespace netpet::report {

/// Sizes of type and gaps of the report on paper, in points.
namespace print {
constexpr double kText = 8.2, kRemark = 7.2, kFactName = 6.6;
constexpr double kHeading = 11.5, kSubheading = 8.8;
constexpr double kParagraphGap = 2.5, kSectionGap = 11, kHeadingGap = 3.5, kColumnGap = 22, kPadding = 9;
constexpr Colour kSoft{245, 247, 249};
}  // namespace print

/// Makes pieces of blocks for one width.
class PieceMaker {
 public:
  PieceMaker(double width, const Paper& paper) : width_(width), paper_(paper) {}

  void add(const std::vector<Block>& blocks);
  void add_heading(const std::string& text, double size, PageRole role, Colour colour);
  void gap(double height) { pieces_.push_back(space(height)); }
  Pieces taken() { return std::move(pieces_); }

 private:
  void add(const Paragraph& paragraph);
  void add(const Bullets& bullets);
  /// Names above values, as many beside each other as have room.
  void add(const Facts& list);
  void add(const Table& table);
  void add(const Preformatted& block);
  void add(const Legend& legend);
  /// Figures without words of their own stand beside each other.
  void add(const Figure& figure);
  void end_figures();
  void add(const Group& group);
  void add_alerts(const Group& group);
  void add_columns(const Group& group);
  /// The first group, which has the pictures, gets more of the width. Where both do not fit on what is left
  /// of a page, it may end below each of the blocks of the first.
  void add_spread(const Group& first, const Group& second);
  void add(const Card& card);
  /// The value large on the left, the reasons beside it.
  void add_headline(const Card& card);
  void add_scale(const Card& card);

  void put(Pieces pieces);
  Pieces lines(const std::vector<TextRun>& runs, PageRole role, double width) const;
  Pieces inside(const std::vector<Block>& blocks, double width) const;

  struct PlacedFigure {
    std::string png;
    double x, width, height;
  };
  PlacedFigure fitted(const Figure& figure) const;

  double width_;
  const Paper& paper_;
  Pieces pieces_;
  std::vector<PlacedFigure> figures_;
};

}  // namespace netpet::report
