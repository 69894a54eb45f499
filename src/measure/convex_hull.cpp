#include "measure/convex_hull.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "image/mask.h"

namespace netpet::measure {

namespace {

HalfVoxel minus(const HalfVoxel& a, const HalfVoxel& b) {
  return {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
}
HalfVoxel cross(const HalfVoxel& a, const HalfVoxel& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
std::int64_t dot(const HalfVoxel& a, const HalfVoxel& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

struct Face {
  std::array<std::size_t, 3> corners;
  std::array<std::size_t, 3> beside{};  ///< the face over the edge corners[n] → corners[n + 1]
  HalfVoxel normal{};
  std::int64_t height = 0;           ///< of the plane along the normal
  std::vector<std::size_t> above{};  ///< points that see this face
  bool alive = true;
};

class Hull {
 public:
  explicit Hull(const std::vector<HalfVoxel>& points) : points_(points) {}

  std::vector<std::array<std::size_t, 3>> run() {
    begin();
    for (std::size_t face = 0; face < faces_.size(); ++face)
      if (faces_[face].alive && !faces_[face].above.empty()) add_farthest(face);
    std::vector<std::array<std::size_t, 3>> triangles;
    for (const Face& face : faces_)
      if (face.alive) triangles.push_back(face.corners);
    return triangles;
  }

 private:
  std::int64_t over(const Face& face, std::size_t point) const {
    return dot(face.normal, points_[point]) - face.height;
  }

  std::size_t make_face(std::size_t a, std::size_t b, std::size_t c) {
    Face face;
    face.corners = {a, b, c};
    face.normal = cross(minus(points_[b], points_[a]), minus(points_[c], points_[a]));
    face.height = dot(face.normal, points_[a]);
    faces_.push_back(std::move(face));
    return faces_.size() - 1;
  }

  template <class Measure>
  std::size_t best(Measure&& measure) const {
    std::size_t best = 0;
    auto highest = measure(std::size_t{0});
    for (std::size_t point = 1; point < points_.size(); ++point)
      if (const auto value = measure(point); value > highest) {
        highest = value;
        best = point;
      }
    return best;
  }

  /// Four points that span a volume.
  void begin() {
    base::check(points_.size() >= 4, "a convex hull needs four points");
    const std::size_t a = best([&](std::size_t p) { return -points_[p][0]; });
    const auto from_a = [&](std::size_t p) { return minus(points_[p], points_[a]); };
    const std::size_t b = best([&](std::size_t p) { return dot(from_a(p), from_a(p)); });
    const auto off_line = [&](std::size_t p) {
      const HalfVoxel n = cross(from_a(b), from_a(p));
      return static_cast<double>(n[0]) * static_cast<double>(n[0]) +
             static_cast<double>(n[1]) * static_cast<double>(n[1]) +
             static_cast<double>(n[2]) * static_cast<double>(n[2]);
    };
    const std::size_t c = best(off_line);
    const HalfVoxel normal = cross(from_a(b), from_a(c));
    const std::size_t d = best([&](std::size_t p) { return std::abs(dot(normal, from_a(p))); });
    const std::int64_t side = dot(normal, from_a(d));
    base::check(side != 0, "the points of a convex hull lie in one plane");
    const std::size_t p = side < 0 ? b : c, q = side < 0 ? c : b;  // now a, p, q faces away from d
    make_face(a, p, q);
    make_face(a, d, p);
    make_face(p, d, q);
    make_face(q, d, a);
    join_all();
    std::vector<std::size_t> all;
    for (std::size_t point = 0; point < points_.size(); ++point) all.push_back(point);
    hand_out(all, 0);
  }

  void join_all() {
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> owner;
    for (std::size_t face = 0; face < faces_.size(); ++face)
      for (std::size_t n = 0; n < 3; ++n)
        owner[{faces_[face].corners[n], faces_[face].corners[(n + 1) % 3]}] = face;
    for (Face& face : faces_)
      for (std::size_t n = 0; n < 3; ++n)
        face.beside[n] = owner.at({face.corners[(n + 1) % 3], face.corners[n]});
  }

  /// Gives each point to the first of the faces from `first` on that it sees; what sees none lies inside.
  void hand_out(const std::vector<std::size_t>& points, std::size_t first) {
    for (const std::size_t point : points)
      for (std::size_t face = first; face < faces_.size(); ++face)
        if (over(faces_[face], point) > 0) {
          faces_[face].above.push_back(point);
          break;
        }
  }

  struct Rim {
    std::size_t from, to, face;  ///< an edge of what is seen, and the face beyond it
  };

  void add_farthest(std::size_t seen_face) {
    const auto& above = faces_[seen_face].above;
    const std::size_t apex = *std::max_element(above.begin(), above.end(), [&](std::size_t a, std::size_t b) {
      return over(faces_[seen_face], a) < over(faces_[seen_face], b);
    });
    std::vector<std::size_t> seen{seen_face}, orphans;
    std::vector<Rim> rim;
    faces_[seen_face].alive = false;
    for (std::size_t at = 0; at < seen.size(); ++at) {
      const Face face = faces_[seen[at]];
      orphans.insert(orphans.end(), face.above.begin(), face.above.end());
      for (std::size_t n = 0; n < 3; ++n) {
        Face& beyond = faces_[face.beside[n]];
        if (!beyond.alive) continue;
        if (over(beyond, apex) > 0) {
          beyond.alive = false;
          seen.push_back(face.beside[n]);
        }
      }
    }
    for (const std::size_t one : seen)
      for (std::size_t n = 0; n < 3; ++n)
        if (faces_[faces_[one].beside[n]].alive)
          rim.push_back({faces_[one].corners[n], faces_[one].corners[(n + 1) % 3], faces_[one].beside[n]});
    close(rim, apex, orphans);
  }

  /// A fan from the apex to the rim.
  void close(const std::vector<Rim>& rim, std::size_t apex, const std::vector<std::size_t>& orphans) {
    const std::size_t first = faces_.size();
    std::map<std::size_t, std::size_t> starting_at, ending_at;
    for (const Rim& edge : rim) {
      const std::size_t face = make_face(edge.from, edge.to, apex);
      starting_at[edge.from] = face;
      ending_at[edge.to] = face;
      faces_[face].beside[0] = edge.face;
      Face& beyond = faces_[edge.face];
      for (std::size_t n = 0; n < 3; ++n)
        if (beyond.corners[n] == edge.to && beyond.corners[(n + 1) % 3] == edge.from) beyond.beside[n] = face;
    }
    base::check(starting_at.size() == rim.size(), "the rim of a convex hull is no ring");
    for (std::size_t face = first; face < faces_.size(); ++face) {
      faces_[face].beside[1] = starting_at.at(faces_[face].corners[1]);
      faces_[face].beside[2] = ending_at.at(faces_[face].corners[0]);
    }
    std::vector<std::size_t> others;
    std::copy_if(orphans.begin(), orphans.end(), std::back_inserter(others),
                 [&](std::size_t point) { return point != apex; });
    hand_out(others, first);
  }

  const std::vector<HalfVoxel>& points_;
  std::vector<Face> faces_;
};

}  // namespace

std::vector<std::array<std::size_t, 3>> convex_hull(const std::vector<HalfVoxel>& points) {
  return Hull(points).run();
}

image::Region inside_convex_hull(const image::Region& region, const space::Geometry& grid) {
  if (region.empty()) return {};
  std::set<HalfVoxel> middles;  // of faces that two voxels do not share
  for (const std::size_t voxel : region) {
    const space::IndexIjk at = grid.index(voxel);
    for (std::size_t axis = 0; axis < 3; ++axis)
      for (const int side : {-1, 1}) {
        HalfVoxel middle{2 * at.i, 2 * at.j, 2 * at.k};
        middle[axis] += side;
        if (const auto [shared, is_new] = middles.insert(middle); !is_new) middles.erase(shared);
      }
  }
  const std::vector<HalfVoxel> points(middles.begin(), middles.end());
  struct Plane {
    HalfVoxel normal;
    std::int64_t most;
  };
  std::vector<Plane> planes;
  for (const auto& [a, b, c] : convex_hull(points)) {
    const HalfVoxel normal = cross(minus(points[b], points[a]), minus(points[c], points[a]));
    planes.push_back({normal, dot(normal, points[a])});
  }
  const auto is_inside = [&](const HalfVoxel& at) {
    return std::all_of(planes.begin(), planes.end(),
                       [&](const Plane& plane) { return dot(plane.normal, at) <= plane.most; });
  };
  const image::Box box = image::bounding_box(grid, region);
  image::Region inside;
  for (int k = box.first[2]; k <= box.last[2]; ++k)
    for (int j = box.first[1]; j <= box.last[1]; ++j)
      for (int i = box.first[0]; i <= box.last[0]; ++i)
        if (is_inside({2 * i, 2 * j, 2 * k})) inside.push_back(grid.offset({i, j, k}));
  return inside;
}

}  // namespace netpet::measure
