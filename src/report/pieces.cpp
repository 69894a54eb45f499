#include "report/pieces.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "report/palette.h"

namespace netpet::report {
namespace {

constexpr double kSmaller = 0.86;  // remarks beside plain text

Colour colour_of_words(const Words& words, Colour plain) {
  if (words.lesion_class) return colour_of(*words.lesion_class);
  switch (words.tone) {
    case Tone::note:
    case Tone::small:
    case Tone::unit:
    case Tone::code:
    case Tone::missing:
      return kMuted;
    case Tone::flag:
    case Tone::caveat:
      return kCaveat;
    case Tone::plain:
    case Tone::strong:
      break;
  }
  return plain;
}

bool is_smaller(Tone tone) {
  return tone == Tone::unit || tone == Tone::code || tone == Tone::flag;
}

}  // namespace

Piece space(double height) {
  return {height, nullptr};
}

bool is_space(const Piece& piece) {
  return !piece.draw;
}

double height_of(const Pieces& pieces) {
  double height = 0;
  for (const Piece& piece : pieces) height += piece.height;
  return height;
}

Piece joined(Pieces pieces) {
  const double height = height_of(pieces);
  return {height, [all = std::move(pieces)](Paper& paper, double x, double y) {
            for (const Piece& piece : all) {
              if (piece.draw) piece.draw(paper, x, y);
              y += piece.height;
            }
          }};
}

Piece shifted(const Piece& piece, double by) {
  Piece moved = piece;
  if (piece.draw)
    moved.draw = [inner = piece.draw, by](Paper& paper, double x, double y) { inner(paper, x + by, y); };
  if (piece.again_on_top)
    moved.again_on_top = std::make_shared<const Piece>(shifted(*piece.again_on_top, by));
  return moved;
}

Pieces on_ground(Pieces pieces, double width, double indent, Colour ground, Colour edge, double edge_pt) {
  for (Piece& piece : pieces)
    piece.draw = [inner = std::move(piece.draw), height = piece.height, width, indent, ground, edge, edge_pt](
                     Paper& paper, double x, double y) {
      paper.fill({x, y, width, height + 0.3}, ground);  // no gap shows between pieces
      paper.fill({x, y, edge_pt, height + 0.3}, edge);
      if (inner) inner(paper, x + indent, y);
    };
  return pieces;
}

std::vector<TextRun> runs_of(const Line& line, double size_pt, Weight weight, Colour colour) {
  std::vector<TextRun> runs;
  const Words* before = nullptr;
  for (const Words& words : line.words) {
    const double size = is_smaller(words.tone) ? kSmaller * size_pt : size_pt;
    std::string text = words.text;
    if (before && words.tone == Tone::unit) text.insert(0, "\n");
    if (before && words.tone == Tone::flag) text.insert(0, before->tone == Tone::flag ? ", " : "\n");
    const Weight own = words.tone == Tone::strong ? Weight::bold
                       : is_smaller(words.tone)   ? Weight::normal
                                                  : weight;
    runs.push_back({std::move(text), size, own, colour_of_words(words, colour)});
    before = &words;
  }
  return runs;
}

Pieces text_pieces(const LaidText& text, PageRole role) {
  Pieces pieces;
  for (std::size_t i = 0; i < text.lines(); ++i)
    pieces.push_back({text.height_of(i), [text, i, role](Paper& paper, double x, double y) {
                        paper.begin_role(role);
                        paper.draw(text, i, i + 1, x, y);
                        paper.end_role(role);
                      }});
  return pieces;
}

}  // namespace netpet::report
