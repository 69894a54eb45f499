#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "phantom/anatomy.h"

namespace netpet::phantom {
namespace {

using record::Organ;

constexpr std::uint64_t kStream = 110;

/// Loops of small bowel: rows from side to side, each at its own depth, from the left flank down into the
/// pelvis.
std::vector<TubeNode> loops(const BodyPlan& plan) {
  base::Random random(plan.seed, kStream);
  std::vector<TubeNode> nodes;
  double direction = -1;
  int layer = 0;
  for (double z = 206; z > 62; z -= 24, ++layer) {
    for (int depth_row = 0; depth_row < 2; ++depth_row) {
      const double y = depth_row == (layer % 2) ? -52 + random.uniform(-6, 6) : -18 + random.uniform(-6, 6);
      const double half = (y < -40 ? 58 : 66) * (z < 100 ? 0.72 : 1);
      for (double t = -1; t <= 1.001; t += 0.4)
        nodes.push_back({{direction * t * half, y + random.uniform(-7, 7), z + random.uniform(-8, 8)},
                         random.uniform(9.5, 13)});
      direction = -direction;
    }
  }
  return nodes;
}

/// Haustra: the colon's radius swells and narrows along its course.
std::vector<TubeNode> with_haustra(const std::vector<TubeNode>& nodes) {
  std::vector<TubeNode> fine = curve(nodes, 6);
  for (std::size_t n = 0; n < fine.size(); ++n)
    fine[n].radius *= 1 + 0.13 * std::sin(static_cast<double>(n) * 1.35);
  return fine;
}

}  // namespace

void add_bowel(const BodyPlan& plan, std::vector<Part>& parts) {
  const Vec3 p = plan.pancreas_shift;
  add(parts, Organ::duodenum, Tissue::bowel_wall,
      tube({{Vec3{-18, -46, 268} + p, 11},
            {Vec3{-44, -36, 276} + p, 12},
            {Vec3{-60, -10, 262} + p, 12},
            {Vec3{-60, -2, 222} + p, 12},
            {Vec3{-42, 2, 200} + p, 11.5},
            {Vec3{0, -6, 198} + p, 10.5},
            {Vec3{24, -10, 214} + p, 10.5},
            {Vec3{30, -24, 224} + p, 10.5}}),
      Inside::hollow_gut);
  add(parts, Organ::colon, Tissue::bowel_wall,
      tube(with_haustra(
          {{{-84, -10, 62}, 20},  {{-90, -4, 100}, 22},  {{-94, 10, 160}, 21}, {{-92, 6, 214}, 20},
           {{-74, -34, 232}, 18}, {{-40, -64, 222}, 17}, {{0, -72, 208}, 17},  {{44, -66, 226}, 17},
           {{82, -30, 258}, 17},  {{99, 12, 276}, 16},   {{100, 24, 236}, 15}, {{98, 18, 170}, 15},
           {{92, 6, 110}, 14.5},  {{70, -4, 78}, 14.5},  {{34, 8, 96}, 14},    {{4, 34, 86}, 14},
           {{0, 48, 58}, 15},     {{0, 50, 26}, 17},     {{0, 46, -4}, 15},    {{0, 46, -28}, 9}})),
      Inside::hollow_gut);
  add(parts, Organ::small_bowel, Tissue::bowel_wall, tube(loops(plan)), Inside::hollow_gut);
}

}  // namespace netpet::phantom
