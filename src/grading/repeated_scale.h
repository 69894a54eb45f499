#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "grading/crossed_limit.h"
#include "record/stability.h"

namespace netpet::grading {

/// One scale over many repeats. `Finding` is what the scale needs to know of one lesion; `decide` makes the
/// patient's value of the findings of all lesions.
template <class Finding>
class RepeatedScale {
 public:
  using Findings = std::vector<Finding>;
  using Decide = std::function<std::string(const Findings&)>;

  RepeatedScale(Findings measured, Decide decide)
      : measured_(std::move(measured)),
        decide_(std::move(decide)),
        value_(decide_(measured_)),
        restored_(measured_.size(), 0),
        crossed_(measured_.size()) {}

  /// Takes one repeat; `crossed(i)` names the limit that lesion i crossed. The findings are restored on
  /// return.
  template <class Crossed>
  void count(Findings& drawn, Crossed&& crossed) {
    ++draws_;
    const std::string value = decide_(drawn);
    ++occurrences_of(value);
    if (value == value_) return;
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      if (drawn[i] == measured_[i]) continue;
      const Finding found = std::exchange(drawn[i], measured_[i]);
      const bool agrees = decide_(drawn) == value_;
      drawn[i] = found;
      if (!agrees) continue;
      ++restored_[i];
      ++crossed_[i][static_cast<std::size_t>(crossed(i))];
    }
  }

  const std::string& value() const { return value_; }
  const Findings& measured() const { return measured_; }

  /// What the repeats showed; `ids` names the lesions in the order of the findings.
  record::Stability result(const std::vector<std::string>& ids) const {
    record::Stability stability;
    stability.draws = draws_;
    for (const auto& [value, times] : occurrences_) {
      stability.shares.emplace_back(value, share(times));
      if (value == value_) stability.same = share(times);
    }
    std::sort(stability.shares.begin(), stability.shares.end(), [](const auto& a, const auto& b) {
      return std::pair(-a.second, std::string_view(a.first)) <
             std::pair(-b.second, std::string_view(b.first));
    });
    const std::size_t none = restored_.size();
    std::size_t best = none;
    for (std::size_t i = 0; i < restored_.size(); ++i) {
      if (restored_[i] == 0) continue;
      if (best == none || std::pair(restored_[best], std::string_view(ids[i])) <
                              std::pair(restored_[i], std::string_view(ids[best])))
        best = i;
    }
    if (best != none) {
      const auto& limits = crossed_[best];
      const auto most = std::max_element(limits.begin(), limits.end()) - limits.begin();
      stability.hangs_on = record::HangsOn{ids[best], std::string(in_words(static_cast<CrossedLimit>(most))),
                                           stability.same + share(restored_[best])};
    }
    return stability;
  }

 private:
  std::size_t& occurrences_of(const std::string& value) {
    for (auto& [known, times] : occurrences_)
      if (known == value) return times;
    return occurrences_.emplace_back(value, 0).second;
  }
  double share(std::size_t times) const { return static_cast<double>(times) / static_cast<double>(draws_); }

  Findings measured_;
  Decide decide_;
  std::string value_;
  std::size_t draws_ = 0;
  std::vector<std::pair<std::string, std::size_t>> occurrences_;
  std::vector<std::size_t> restored_;  ///< per lesion: repeats that agree again once its finding is held
  std::vector<std::array<std::size_t, kCrossedLimits>> crossed_;
};

}  // namespace netpet::grading
