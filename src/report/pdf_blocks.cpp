#include "report/piece_maker.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "report/palette.h"

namespace netpet::report {

namespace {

constexpr double kFigureGap = 8, kPointsPerMm = 72 / 25.4;

bool is_small_figure(const Block& block) {
  const auto* figure = std::get_if<Figure>(&block.content);
  return figure && figure->caption.empty();
}

}  // namespace

using namespace print;

Pieces pieces_of(const std::vector<Block>& blocks, double width, const Paper& paper) {
  PieceMaker maker(width, paper);
  maker.add(blocks);
  return maker.taken();
}

void PieceMaker::add(const std::vector<Block>& blocks) {
  for (const Block& block : blocks) {
    if (!is_small_figure(block)) end_figures();
    std::visit([&](const auto& content) { add(content); }, block.content);
  }
  end_figures();
}

void PieceMaker::put(Pieces pieces) {
  pieces_.insert(pieces_.end(), std::make_move_iterator(pieces.begin()),
                 std::make_move_iterator(pieces.end()));
}

Pieces PieceMaker::lines(const std::vector<TextRun>& runs, PageRole role, double width) const {
  return text_pieces(paper_.lay_out(runs, width), role);
}

Pieces PieceMaker::inside(const std::vector<Block>& blocks, double width) const {
  PieceMaker maker(width, paper_);
  maker.add(blocks);
  return maker.taken();
}

void PieceMaker::add(const Table& table) {
  put(pieces_of(table, width_, paper_));
  gap(kParagraphGap);
}

PieceMaker::PlacedFigure PieceMaker::fitted(const Figure& figure) const {
  const PictureSize pixels = size_of_png(figure.png);
  const double scale = std::min(width_ / pixels.width, figure.print_height_mm * kPointsPerMm / pixels.height);
  return {figure.png, 0, scale * pixels.width, scale * pixels.height};
}

void PieceMaker::add(const Figure& figure) {
  PlacedFigure placed = fitted(figure);
  if (figure.caption.empty()) {
    if (!figures_.empty() && figures_.back().x + figures_.back().width + kFigureGap + placed.width > width_)
      end_figures();
    if (!figures_.empty()) placed.x = figures_.back().x + figures_.back().width + kFigureGap;
    figures_.push_back(std::move(placed));
    return;
  }
  placed.x = (width_ - placed.width) / 2;
  figures_.push_back(std::move(placed));
  end_figures();
  pieces_.back().after = Piece::Break::not_after;
  Pieces caption = lines({{figure.caption, kRemark, Weight::normal, kMuted}}, PageRole::paragraph, width_);
  put(std::move(caption));
  gap(kParagraphGap);
}

void PieceMaker::end_figures() {
  if (figures_.empty()) return;
  double height = 0;
  for (const PlacedFigure& one : figures_) height = std::max(height, one.height);
  pieces_.push_back({height,
                     [row = std::exchange(figures_, {})](Paper& paper, double x, double y) {
                       paper.begin_role(PageRole::figure);
                       for (const PlacedFigure& one : row)
                         paper.picture(one.png, {x + one.x, y, one.width, one.height});
                       paper.end_role(PageRole::figure);
                     },
                     Piece::Break::not_after});
  gap(4);
}

}  // namespace netpet::report
