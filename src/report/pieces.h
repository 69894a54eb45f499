#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "report/document.h"
#include "report/paper.h"

namespace netpet::report {

/// A part of a document that stands on one page, at full width of its column.
struct Piece {
  double height = 0;  ///< points
  std::function<void(Paper&, double x, double y)> draw;
  enum class Break { anywhere, not_after } after = Break::anywhere;  ///< headings stay with what follows
  std::shared_ptr<const Piece> again_on_top = nullptr;  ///< where it begins a page: the head of its table
  std::vector<Piece> parts = {};  ///< stand instead of it where it does not fit on what is left of a page
};
using Pieces = std::vector<Piece>;

/// Empty room; none is left on top of a page.
Piece space(double height);
bool is_space(const Piece& piece);
double height_of(const Pieces& pieces);
/// The pieces as one that cannot be broken.
Piece joined(Pieces pieces);
/// The piece moved to the right.
Piece shifted(const Piece& piece, double by);
/// Pieces moved to the right, on a ground with a coloured edge on the left.
Pieces on_ground(Pieces pieces, double width, double indent, Colour ground, Colour edge, double edge_pt);

/// What blocks of a document become on paper of a width; `paper` measures the texts and is not drawn on.
Pieces pieces_of(const std::vector<Block>& blocks, double width, const Paper& paper);

/// The rows of a table, each a piece, with its head again on top of every page.
Pieces pieces_of(const Table& table, double width, const Paper& paper);

/// The words of a line in the type of paper, `size_pt` for plain ones.
std::vector<TextRun> runs_of(const Line& line, double size_pt, Weight weight = Weight::normal,
                             Colour colour = {});
/// One piece a line of text.
Pieces text_pieces(const LaidText& text, PageRole role);

}  // namespace netpet::report
