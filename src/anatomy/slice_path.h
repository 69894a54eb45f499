#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace netpet::anatomy {

/// The path through a stack of slices that gathers most, at most one voxel sideways a slice or, where that is
/// allowed, by a jump, by dynamic programming.
class SlicePath {
 public:
  struct Place {
    int i = 0, j = 0;
  };

  /// `sideways_cost` is paid for each slice in which the path does not go straight, `jump_cost` for each in
  /// which it goes on anywhere.
  SlicePath(int width, int height, float sideways_cost, float jump_cost = HUGE_VALF)
      : width_(width),
        height_(height),
        cost_(sideways_cost),
        jump_cost_(jump_cost),
        best_(plane(), 0),
        next_(plane()) {}

  /// Adds the next slice, in which the path gathers gain(i, j) at a voxel.
  template <class Gain>
  void add(Gain&& gain) {
    from_.emplace_back(plane());
    best_places_.push_back(best_place());
    for (int j = 0; j < height_; ++j)
      for (int i = 0; i < width_; ++i) {
        const auto [reach, step] = best_before(i, j);
        from_.back()[at({i, j})] = step;
        next_[at({i, j})] = reach + gain(i, j);
      }
    std::swap(best_, next_);
  }

  /// What the best path gathered.
  double gathered() const { return *std::max_element(best_.begin(), best_.end()); }

  /// Where it runs, by slice in the order they were added.
  std::vector<Place> places() const {
    std::vector<Place> places(from_.size());
    Place place = best_place();
    for (std::size_t slice = from_.size(); slice-- > 0;) {
      places[slice] = place;
      const int step = from_[slice][at(place)];
      if (step == jump)
        place = best_places_[slice];
      else
        place.i += step % 3 - 1, place.j += step / 3 - 1;
    }
    return places;
  }

 private:
  static constexpr int straight = 4, jump = 9;  // of the nine steps, and beyond them

  std::size_t plane() const { return static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_); }
  std::size_t at(Place p) const {
    return static_cast<std::size_t>(p.j) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(p.i);
  }

  Place best_place() const {
    const auto best = static_cast<int>(std::max_element(best_.begin(), best_.end()) - best_.begin());
    return {best % width_, best / width_};
  }

  std::pair<float, std::uint8_t> best_before(int i, int j) const {
    std::pair<float, std::uint8_t> best{best_[at(best_places_.back())] - jump_cost_, jump};
    for (int step = 0; step < 9; ++step) {
      const Place before{i + step % 3 - 1, j + step / 3 - 1};
      if (before.i < 0 || before.j < 0 || before.i >= width_ || before.j >= height_) continue;
      const float reach = best_[at(before)] - (step == straight ? 0.F : cost_);
      if (reach > best.first) best = {reach, static_cast<std::uint8_t>(step)};
    }
    return best;
  }

  int width_, height_;
  float cost_, jump_cost_;
  std::vector<float> best_, next_;
  std::vector<Place> best_places_;               ///< by slice: where the best path before it ended
  std::vector<std::vector<std::uint8_t>> from_;  ///< by slice: the step that led there
};

}  // namespace netpet::anatomy
