#include "report/label_layout.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "base/random.h"

namespace netpet::report {
namespace {

constexpr LabelColumns kColumns{100, 700, 50, 1050, 40};

std::vector<Anchor> scattered(std::size_t count, std::uint64_t seed) {
  base::Random random(seed);
  std::vector<Anchor> anchors;
  for (std::size_t i = 0; i < count; ++i)
    anchors.push_back({{random.uniform(110, 690), random.uniform(60, 1040)}, random.uniform(8, 30)});
  return anchors;
}

double turn(image::PixelPoint a, image::PixelPoint b, image::PixelPoint p) {
  return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
}

TEST(LabelLayout, LabelsNeverOverlapAndStayInTheirColumns) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto labels = place_labels(scattered(40, seed), kColumns);
    for (std::size_t i = 0; i < labels.size(); ++i) {
      EXPECT_GE(labels[i].middle_y, kColumns.top + kColumns.label_height / 2 - 1e-9);
      EXPECT_LE(labels[i].middle_y, kColumns.bottom - kColumns.label_height / 2 + 1e-9);
      for (std::size_t j = i + 1; j < labels.size(); ++j)
        if (labels[i].side == labels[j].side) {
          EXPECT_GE(std::abs(labels[i].middle_y - labels[j].middle_y), kColumns.label_height - 1e-9);
        }
    }
  }
}

TEST(LabelLayout, LeaderLinesDoNotCross) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto anchors = scattered(30, seed);
    const auto labels = place_labels(anchors, kColumns);
    for (std::size_t i = 0; i < labels.size(); ++i)
      for (std::size_t j = i + 1; j < labels.size(); ++j) {
        const auto a = labels[i].leader_start, b = anchors[i].at, c = labels[j].leader_start,
                   d = anchors[j].at;
        EXPECT_FALSE(turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0);
      }
  }
}

TEST(LabelLayout, ALeaderEndsAtItsLesionsRing) {
  const auto anchors = scattered(25, 3);
  const auto labels = place_labels(anchors, kColumns);
  for (std::size_t i = 0; i < labels.size(); ++i)
    EXPECT_NEAR(
        std::hypot(labels[i].leader_end.x - anchors[i].at.x, labels[i].leader_end.y - anchors[i].at.y),
        std::min(anchors[i].radius, std::hypot(labels[i].leader_start.x - anchors[i].at.x,
                                               labels[i].leader_start.y - anchors[i].at.y) < anchors[i].radius
                                        ? 0.0
                                        : anchors[i].radius),
        1e-6);
}

TEST(LabelLayout, ASingleLabelStandsAtTheHeightOfItsLesion) {
  const auto labels = place_labels({{{200, 333}, 10}}, kColumns);
  EXPECT_DOUBLE_EQ(labels[0].middle_y, 333);
  EXPECT_EQ(labels[0].side, Side::left);
}

TEST(LabelLayout, LesionsOnOneSpotFillBothColumnsWhenOneIsFull) {
  std::vector<Anchor> anchors(label_capacity(kColumns), Anchor{{200, 500}, 10});
  const auto labels = place_labels(anchors, kColumns);
  EXPECT_EQ(std::count_if(labels.begin(), labels.end(), [](const auto& l) { return l.side == Side::left; }),
            25);
  anchors.push_back(anchors[0]);
  EXPECT_THROW(place_labels(anchors, kColumns), base::Error);
}

}  // namespace
}  // namespace netpet::report
