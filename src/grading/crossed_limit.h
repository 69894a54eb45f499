#pragma once

#include <string_view>

#include "grading/krenning.h"
#include "grading/netpet.h"
#include "grading/positivity.h"

namespace netpet::grading {

/// The limits that a lesion can cross from one measurement to the next.
enum class CrossedLimit {
  none,
  fdg_background,
  sstr_background,
  fdg_liver,
  sstr_liver,
  faint,
  size,
  hot,
  p3_from,
  p3_to,
  krenning_zero,
  krenning_blood_pool,
  krenning_spleen,
  hottest_fdg
};
constexpr std::size_t kCrossedLimits = static_cast<std::size_t>(CrossedLimit::hottest_fdg) + 1;

/// "FDG against the limit of its background".
std::string_view in_words(CrossedLimit limit);

/// The limit that sets two calls of one lesion apart where its own organ is the background.
CrossedLimit crossed_between(const LesionCall& measured, const LesionCall& drawn);
/// The same where the liver is the background.
CrossedLimit crossed_against_liver(const LesionCall& measured, const LesionCall& drawn);
/// The limit between two NETPET patterns of one lesion, whose calls are given.
CrossedLimit crossed_between(NetpetPattern measured_pattern, const LesionCall& measured,
                             NetpetPattern drawn_pattern, const LesionCall& drawn);
/// The lowest limit between two scores.
CrossedLimit crossed_between(const KrenningScore& measured, const KrenningScore& drawn);

}  // namespace netpet::grading
