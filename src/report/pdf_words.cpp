#include "report/piece_maker.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "report/footnotes.h"
#include "report/palette.h"

namespace netpet::report {

using namespace print;

namespace {

constexpr double kFactWidth = 118;

std::vector<TextRun> toned(const Line& line, Tone tone) {
  const bool remark = tone == Tone::note || tone == Tone::small;
  std::vector<TextRun> runs =
      runs_of(line, remark ? kRemark : kText, tone == Tone::strong ? Weight::bold : Weight::normal,
              remark                 ? kMuted
              : tone == Tone::caveat ? kCaveat
                                     : kInk);
  for (const Words& words : line.words)
    if (Footnotes::needs_reason(words))
      runs.push_back({" (" + words.explanation + ")", kRemark, Weight::normal, kMuted});
  return runs;
}

}  // namespace

void PieceMaker::add_heading(const std::string& text, double size, PageRole role, Colour colour) {
  Pieces made = lines({{text, size, Weight::bold, colour}}, role, width_);
  for (Piece& line : made) line.after = Piece::Break::not_after;
  if (role == PageRole::heading)
    made.front().draw = [inner = made.front().draw, text](Paper& paper, double x, double y) {
      paper.bookmark(text, y);
      inner(paper, x, y);
    };
  put(std::move(made));
  gap(kHeadingGap);
  pieces_.back().after = Piece::Break::not_after;
}

void PieceMaker::add(const Paragraph& paragraph) {
  put(lines(toned(paragraph.line, paragraph.tone), PageRole::paragraph, width_));
  gap(kParagraphGap);
}

void PieceMaker::add(const Bullets& bullets) {
  constexpr double kIndent = 9;
  for (const Line& item : bullets.items) {
    Pieces made = lines(toned(item, bullets.tone), PageRole::paragraph, width_ - kIndent);
    for (std::size_t i = 0; i < made.size(); ++i)
      made[i].draw = [inner = std::move(made[i].draw), i](Paper& paper, double x, double y) {
        if (i == 0) paper.fill({x + 2, y + 0.5 * kText - 0.3, 2, 2}, kInk);
        inner(paper, x + kIndent, y);
      };
    put(std::move(made));
    gap(1);
  }
  gap(kParagraphGap - 1);
}

void PieceMaker::add(const Facts& list) {
  const auto columns = static_cast<std::size_t>(std::max(1.0, width_ / kFactWidth));
  const double wide = width_ / double(columns);
  for (std::size_t begin = 0; begin < list.facts.size(); begin += columns) {
    double height = 0;
    std::vector<std::pair<LaidText, LaidText>> row;
    for (std::size_t i = begin; i < std::min(begin + columns, list.facts.size()); ++i) {
      const auto& [name, value] = list.facts[i];
      row.emplace_back(paper_.lay_out({{name, 6.6, Weight::normal, kMuted}}, wide - 6),
                       paper_.lay_out(toned(value, Tone::plain), wide - 6));
      height = std::max(height, row.back().first.height() + row.back().second.height());
    }
    pieces_.push_back({height + 2.5, [row, wide](Paper& paper, double x, double y) {
                         for (const auto& [name, value] : row) {
                           paper.begin_role(PageRole::paragraph);
                           paper.draw(name, x, y);
                           paper.draw(value, x, y + name.height());
                           paper.end_role(PageRole::paragraph);
                           x += wide;
                         }
                       }});
  }
  gap(kParagraphGap);
}

void PieceMaker::add(const Preformatted& block) {
  Pieces made{space(kPadding / 2)};
  for (Piece& line :
       lines({{block.text, kText, Weight::normal, kInk}}, PageRole::paragraph, width_ - 2 * kPadding))
    made.push_back(std::move(line));
  put(on_ground(std::move(made), width_, kPadding, kSoft, kHairline, 1));
  gap(kParagraphGap);
}

void PieceMaker::add(const Legend& legend) {
  constexpr double kRing = 3.2, kRoom = 11;
  struct Entry {
    LaidText text;
    Colour colour;
    double x;
    bool is_target;
  };
  std::vector<Entry> row;
  double x = 0, height = 0;
  const auto end_row = [&] {
    pieces_.push_back({height + 3,
                       [row](Paper& paper, double left, double y) {
                         for (const Entry& one : row) {
                           const double middle = y + one.text.height() / 2;
                           if (one.is_target)
                             paper.fill({left + one.x, middle - kRing, 2 * kRing, 2 * kRing}, one.colour);
                           else
                             paper.circle(left + one.x + kRing, middle, kRing, one.colour, 1.6);
                           paper.draw(one.text, left + one.x + kRoom, y);
                         }
                       },
                       Piece::Break::not_after});
    row.clear();
    x = 0;
  };
  for (const Legend::Entry& entry : legend.entries) {
    LaidText text = paper_.lay_out({{entry.text, kRemark, Weight::normal, kInk}}, width_ - kRoom);
    const double wide = kRoom + text.width() + 8;
    if (!row.empty() && x + wide > width_) end_row();
    height = std::max(height, text.height());
    row.push_back({std::move(text), entry.lesion_class ? colour_of(*entry.lesion_class) : kInk, x,
                   !entry.lesion_class});
    x += wide;
  }
  if (!row.empty()) end_row();
}

}  // namespace netpet::report
