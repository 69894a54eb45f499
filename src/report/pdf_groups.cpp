#include "report/piece_maker.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "report/palette.h"

namespace netpet::report {

using namespace print;

namespace {

constexpr double kUnbreakable = 0.6 * Paper::kHeight;  // what is taller must be broken somewhere
constexpr Colour kAlertGround{255, 246, 229}, kAlertEdge{224, 168, 74};

std::function<void(Paper&, double, double)> side_by_side(Piece one, Piece other, double left) {
  return [one = std::move(one), other = std::move(other), left](Paper& paper, double x, double y) {
    one.draw(paper, x, y);
    other.draw(paper, x + left, y);
  };
}

TextRun value_run(const Line& value) {
  std::string text;
  for (const Words& words : value.words) text += words.text;
  constexpr std::size_t kShort = 16;
  return {text, text.size() <= kShort ? 13.0 : 9.5, Weight::bold, kInk};
}

}  // namespace

void PieceMaker::add(const Group& group) {
  switch (group.kind) {
    case Group::Kind::section:
    case Group::Kind::folded:
      gap(kSectionGap);
      add_heading(group.heading, kHeading, PageRole::heading, kAccent);
      put(inside(group.blocks, width_));
      break;
    case Group::Kind::alerts:
      add_alerts(group);
      break;
    case Group::Kind::columns:
      add_columns(group);
      break;
    case Group::Kind::spread:
      add_spread(std::get<Group>(group.blocks[0].content), std::get<Group>(group.blocks[1].content));
      break;
    case Group::Kind::part:
      if (!group.heading.empty()) add_heading(group.heading, kSubheading, PageRole::subheading, kInk);
      put(inside(group.blocks, width_));
      break;
  }
}

void PieceMaker::add_alerts(const Group& group) {
  PieceMaker maker(width_ - 2 * kPadding, paper_);
  maker.gap(kPadding / 2);
  maker.add_heading(group.heading, 9.5, PageRole::heading, kCaveat);
  maker.add(group.blocks);
  gap(kSectionGap / 2);
  put(on_ground(maker.taken(), width_, kPadding + 2, kAlertGround, kAlertEdge, 4));
}

void PieceMaker::add_columns(const Group& group) {
  const auto count = double(std::max<std::size_t>(2, group.blocks.size()));
  const double wide = (width_ - kColumnGap * (count - 1)) / count;
  std::vector<Piece> columns;
  double height = 0;
  for (const Block& block : group.blocks) {
    columns.push_back(joined(inside({block}, wide)));
    height = std::max(height, columns.back().height);
  }
  if (height > kUnbreakable) return put(inside(group.blocks, width_));
  pieces_.push_back({height, [columns, wide](Paper& paper, double x, double y) {
                       for (const Piece& column : columns) {
                         column.draw(paper, x, y);
                         x += wide + kColumnGap;
                       }
                     }});
}

void PieceMaker::add_spread(const Group& first, const Group& second) {
  constexpr double kFirst = 0.58;
  const double wide = kFirst * (width_ - kColumnGap), left = wide + kColumnGap;
  const Pieces beside = inside(second.blocks, width_ - left);
  const Piece one = joined(inside(first.blocks, wide)), other = joined(beside);
  Piece whole{std::max(one.height, other.height), side_by_side(one, other, left)};
  std::size_t next = 0;
  for (const Block& block : first.blocks) {
    Pieces here;
    const Piece column = joined(inside({block}, wide));
    for (double used = 0; next < beside.size() && used + beside[next].height <= column.height; ++next) {
      used += beside[next].height;
      here.push_back(beside[next]);
    }
    whole.parts.push_back({column.height, side_by_side(column, joined(std::move(here)), left)});
  }
  for (; next < beside.size(); ++next) whole.parts.push_back(shifted(beside[next], left));
  pieces_.push_back(std::move(whole));
}

void PieceMaker::add(const Card& card) {
  if (card.kind == Card::Kind::headline)
    add_headline(card);
  else
    add_scale(card);
}

void PieceMaker::add_headline(const Card& card) {
  constexpr double kValueWidth = 84, kValueSize = 32;
  Pieces left = lines({{card.title, kRemark, Weight::normal, kMuted}}, PageRole::paragraph, kValueWidth);
  for (Piece& line : lines(runs_of(card.value, kValueSize, Weight::bold, kInk), PageRole::title, kValueWidth))
    left.push_back(std::move(line));
  Pieces right = inside(card.blocks, width_ - kValueWidth - 3 * kPadding);
  const double height = std::max(height_of(left), height_of(right)) + kPadding;
  gap(kSectionGap / 2);
  Pieces whole{{height, [value = joined(std::move(left)), words = joined(std::move(right)), height](
                            Paper& paper, double x, double y) {
                  value.draw(paper, x, y + (height - value.height) / 2);
                  words.draw(paper, x + kValueWidth + kPadding, y + (height - words.height) / 2);
                }}};
  put(on_ground(std::move(whole), width_, kPadding, kSoft, kAccent, 4));
}

void PieceMaker::add_scale(const Card& card) {
  gap(kParagraphGap);
  pieces_.push_back({2,
                     [width = width_](Paper& paper, double x, double y) {
                       paper.fill({x, y, width, 0.6}, kHairline);
                     },
                     Piece::Break::not_after});
  Pieces title = lines({{card.title + "  ", kText, Weight::bold, kMuted}, value_run(card.value)},
                       PageRole::subheading, width_);
  for (Piece& line : title) line.after = Piece::Break::not_after;
  put(std::move(title));
  gap(kParagraphGap);
  pieces_.back().after = Piece::Break::not_after;
  put(inside(card.blocks, width_));
}

}  // namespace netpet::report
