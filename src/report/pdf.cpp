#include "report/pdf.h"

#include <fmt/format.h>

#include "report/palette.h"
#include "report/pieces.h"

namespace netpet::report {
namespace {

constexpr double kMargin = 34, kTop = 46, kBottom = 40;
constexpr double kWidth = Paper::kWidth - 2 * kMargin;
constexpr double kRoom = Paper::kHeight - kTop - kBottom;
constexpr Colour kWatermark{27, 38, 49, 0.055};

using Page = std::vector<const Piece*>;

/// How much must stand on one page from piece `i` on: pieces up to the first after which a page may end.
double together(const Pieces& pieces, std::size_t i) {
  double height = 0;
  for (; i < pieces.size(); ++i) {
    height += pieces[i].height;
    if (pieces[i].after == Piece::Break::anywhere) break;
  }
  return height;
}

/// Places pieces on pages.
class Pagination {
 public:
  void place(const Pieces& pieces) {
    for (std::size_t i = 0; i < pieces.size(); ++i) {
      const Piece& piece = pieces[i];
      const double need = bound_ ? piece.height : std::min(together(pieces, i), kRoom);
      if (!pages_.back().empty() && used_ + need > kRoom) {
        if (!piece.parts.empty()) {
          place(piece.parts);
          continue;
        }
        next_page(piece);
      }
      bound_ = piece.after == Piece::Break::not_after;
      if (pages_.back().empty() && is_space(piece)) continue;
      put(piece);
    }
  }
  const std::vector<Page>& pages() const { return pages_; }

 private:
  void put(const Piece& piece) {
    pages_.back().push_back(&piece);
    used_ += piece.height;
  }
  void next_page(const Piece& first) {
    pages_.emplace_back();
    used_ = 0;
    if (first.again_on_top) put(*first.again_on_top);
  }

  std::vector<Page> pages_ = std::vector<Page>(1);
  double used_ = 0;
  bool bound_ = false;  // what came before asked to be followed on the same page
};

void draw_frame(Paper& paper, const Document& document, std::size_t page, std::size_t pages) {
  constexpr double kSize = 6.8;
  const auto line = [&](const std::string& text, Align align, Weight weight, Colour colour) {
    return paper.lay_out({{text, kSize, weight, colour}}, kWidth, align);
  };
  paper.begin_role(PageRole::paragraph);
  paper.fill({0, 0, Paper::kWidth, 24}, kAccent);
  paper.draw(line(document.bound, Align::left, Weight::normal, kWhite), kMargin, 8);
  paper.draw(line(document.signature, Align::right, Weight::bold, kWhite), kMargin, 8);
  const double y = Paper::kHeight - kBottom + 16;
  const bool named = document.title.find(document.subject) != std::string::npos;
  paper.draw(line(named ? document.title : fmt::format("{} · {}", document.title, document.subject),
                  Align::left, Weight::normal, kMuted),
             kMargin, y);
  paper.draw(line(fmt::format("{} / {}", page, pages), Align::right, Weight::normal, kMuted), kMargin, y);
  paper.end_role(PageRole::paragraph);
}

Pieces title_of(const Document& document, const Paper& paper) {
  Pieces pieces =
      text_pieces(paper.lay_out({{document.kind, 7.6, Weight::normal, kMuted}}, kWidth), PageRole::paragraph);
  for (Piece& line :
       text_pieces(paper.lay_out({{document.subject, 15, Weight::bold, kInk}}, kWidth), PageRole::title))
    pieces.push_back(std::move(line));
  pieces.push_back(space(4));
  return pieces;
}

Pieces whole(const Document& document, const Paper& paper) {
  Pieces pieces = title_of(document, paper);
  const auto add = [&](Pieces more) {
    for (Piece& piece : more) pieces.push_back(std::move(piece));
  };
  add(pieces_of(document.head, kWidth, paper));
  pieces.push_back({2, [](Paper& page, double x, double y) { page.fill({x, y, kWidth, 1}, kInk); }});
  add(pieces_of(document.body, kWidth, paper));
  pieces.push_back(space(8));
  for (const std::string& line : document.foot)
    add(text_pieces(paper.lay_out({{line, 6.8, Weight::normal, kMuted}}, kWidth), PageRole::paragraph));
  return pieces;
}

}  // namespace

std::string to_pdf(const Document& document) {
  Paper paper({document.title, document.kind, document.dated});
  const Pieces pieces = whole(document, paper);
  Pagination pagination;
  pagination.place(pieces);
  const std::vector<Page>& pages = pagination.pages();
  for (std::size_t page = 0; page < pages.size(); ++page) {
    if (page > 0) paper.next_page();
    draw_frame(paper, document, page + 1, pages.size());
    double y = kTop;
    for (const Piece* piece : pages[page]) {
      if (piece->draw) piece->draw(paper, kMargin, y);
      y += piece->height;
    }
    if (!document.is_signed) paper.watermark(document.signature, kWatermark);
  }
  return paper.finished();
}

}  // namespace netpet::report
