#include "registration/self_similarity.h"

#include <algorithm>
#include <cmath>

#include "base/parallel_for.h"

namespace netpet::registration {
namespace {

constexpr int reach = 2;        // voxels to the neighbours: at 3 mm the scale of fat planes and vessel walls
constexpr float noise_hu = 12;  // standard deviation after averaging to the working grid
constexpr float patch_voxels = 27;
constexpr float least_difference = 2 * noise_hu * noise_hu * patch_voxels;  // of two patches of noise alone
constexpr int table_steps = 1024;
constexpr float table_end = 6;  // exp(−6) · 255 rounds to 1

constexpr std::array<std::array<int, 3>, 6> six{
    {{-1, 0, 0}, {1, 0, 0}, {0, -1, 0}, {0, 1, 0}, {0, 0, -1}, {0, 0, 1}}};

struct Pair {
  std::array<int, 3> a, b;
};

/// Neighbours of the voxel that are neighbours of each other: all but the three opposite ones.
std::array<Pair, 12> pairs() {
  std::array<Pair, 12> result{};
  std::size_t n = 0;
  for (std::size_t a = 0; a < six.size(); ++a)
    for (std::size_t b = a + 1; b < six.size(); ++b)
      if (a / 2 != b / 2) result[n++] = {six[a], six[b]};
  return result;
}

std::array<std::uint8_t, table_steps> exponentials() {
  std::array<std::uint8_t, table_steps> table{};
  for (int n = 0; n < table_steps; ++n)
    table[static_cast<std::size_t>(n)] =
        static_cast<std::uint8_t>(std::lround(255 * std::exp(-(n + 0.5F) * table_end / table_steps)));
  return table;
}

/// Works plane by plane; beyond the border stands the border voxel.
class Planes {
 public:
  explicit Planes(const Field& look) : look_(look), size_(look.geometry().size) {}

  /// Sum over 3 × 3 × 3 voxels of the squared difference of the two neighbours, for all voxels of plane k.
  void differences(const Pair& pair, int k, std::vector<float>& sum, std::vector<float>& scratch) const {
    const auto width = static_cast<std::size_t>(size_[0]), height = static_cast<std::size_t>(size_[1]);
    scratch.assign(width * height, 0);
    for (int dk = -1; dk <= 1; ++dk)
      for (int j = 0; j < size_[1]; ++j)
        add_row(pair, j, k + dk, &scratch[static_cast<std::size_t>(j) * width]);
    sum.resize(width * height);
    for (std::size_t j = 0; j < height; ++j) {
      const float* row = &scratch[j * width];
      float* out = &sum[j * width];
      out[0] = row[0] + row[0] + row[std::min<std::size_t>(1, width - 1)];
      for (std::size_t i = 1; i + 1 < width; ++i) out[i] = row[i - 1] + row[i] + row[i + 1];
      if (width > 1) out[width - 1] = row[width - 2] + row[width - 1] + row[width - 1];
    }
    for (std::size_t j = 0; j < height; ++j) {
      const float *above = &sum[(j > 0 ? j - 1 : j) * width], *row = &sum[j * width],
                  *below = &sum[std::min(j + 1, height - 1) * width];
      for (std::size_t i = 0; i < width; ++i) scratch[j * width + i] = above[i] + row[i] + below[i];
    }
    sum.swap(scratch);
  }

 private:
  const float* row_at(int j, int k) const {
    return look_.voxels().data() +
           look_.geometry().offset({0, std::clamp(j, 0, size_[1] - 1), std::clamp(k, 0, size_[2] - 1)});
  }
  void add_row(const Pair& pair, int j, int k, float* sums) const {
    const int centre = std::clamp(k, 0, size_[2] - 1);
    const float* a = row_at(j + reach * pair.a[1], centre + reach * pair.a[2]);
    const float* b = row_at(j + reach * pair.b[1], centre + reach * pair.b[2]);
    const int da = reach * pair.a[0], db = reach * pair.b[0];
    const int last = size_[0] - 1;
    const auto at_border = [&](int i) {
      const float d = a[std::clamp(i + da, 0, last)] - b[std::clamp(i + db, 0, last)];
      sums[i] += d * d;
    };
    const int first_inside = std::min(reach, size_[0]), end_inside = std::max(first_inside, size_[0] - reach);
    for (int i = 0; i < first_inside; ++i) at_border(i);
    for (int i = first_inside; i < end_inside; ++i) {
      const float d = a[i + da] - b[i + db];
      sums[i] += d * d;
    }
    for (int i = end_inside; i < size_[0]; ++i) at_border(i);
  }

  const Field& look_;
  std::array<int, 3> size_;
};

}  // namespace

std::vector<Descriptor> self_similarity(const Field& look, const base::Run& run) {
  static const auto all_pairs = pairs();
  static const auto table = exponentials();
  const auto& size = look.geometry().size;
  const std::size_t plane = static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]);
  std::vector<Descriptor> descriptors(look.voxels().size());
  const Planes planes(look);
  base::parallel_for(run, static_cast<std::size_t>(size[2]), 4, [&](std::size_t begin, std::size_t end) {
    std::array<std::vector<float>, 12> difference;
    std::vector<float> scratch;
    for (std::size_t k = begin; k < end; ++k) {
      for (std::size_t c = 0; c < 12; ++c)
        planes.differences(all_pairs[c], static_cast<int>(k), difference[c], scratch);
      for (std::size_t n = 0; n < plane; ++n) {
        float least = difference[0][n], mean = 0;
        for (std::size_t c = 0; c < 12; ++c) {
          least = std::min(least, difference[c][n]);
          mean += difference[c][n];
        }
        const float scale = table_steps / table_end / std::max(mean / 12 - least, least_difference);
        Descriptor& descriptor = descriptors[k * plane + n];
        for (std::size_t c = 0; c < 12; ++c)
          descriptor[c] = table[static_cast<std::size_t>(
              std::min((difference[c][n] - least) * scale, table_steps - 1.0F))];
        for (std::size_t c = 12; c < 16; ++c) descriptor[c] = 0;
      }
    }
  });
  return descriptors;
}

}  // namespace netpet::registration
