#include "grading/crossed_limit.h"

#include <algorithm>

namespace netpet::grading {

std::string_view in_words(CrossedLimit limit) {
  switch (limit) {
    case CrossedLimit::fdg_background:
      return "FDG against the limit of its background";
    case CrossedLimit::sstr_background:
      return "SSTR against the limit of its background";
    case CrossedLimit::fdg_liver:
      return "FDG against the liver limit";
    case CrossedLimit::sstr_liver:
      return "SSTR against the liver limit";
    case CrossedLimit::faint:
      return "FDG against the liver limit, below which it is faint";
    case CrossedLimit::size:
      return "its size against the least that grades";
    case CrossedLimit::hot:
      return "FDG SUVmax against the ratio to the liver maximum from which any size grades";
    case CrossedLimit::p3_from:
      return "r between P2 and P3";
    case CrossedLimit::p3_to:
      return "r between P3 and P4";
    case CrossedLimit::krenning_zero:
      return "SSTR against blood pool, between scores 0 and 1";
    case CrossedLimit::krenning_blood_pool:
      return "SSTR against the blood-pool limit";
    case CrossedLimit::krenning_spleen:
      return "SSTR against the spleen";
    case CrossedLimit::hottest_fdg:
      return "its FDG SUVmax";
    case CrossedLimit::none:
      break;
  }
  return "";
}

CrossedLimit crossed_between(const LesionCall& measured, const LesionCall& drawn) {
  if (measured.fdg.positive != drawn.fdg.positive) return CrossedLimit::fdg_background;
  if (measured.sstr.positive != drawn.sstr.positive) return CrossedLimit::sstr_background;
  return CrossedLimit::none;
}

CrossedLimit crossed_against_liver(const LesionCall& measured, const LesionCall& drawn) {
  if (measured.fdg.positive != drawn.fdg.positive) return CrossedLimit::fdg_liver;
  if (measured.sstr.positive != drawn.sstr.positive) return CrossedLimit::sstr_liver;
  return CrossedLimit::none;
}

CrossedLimit crossed_between(NetpetPattern measured_pattern, const LesionCall& measured,
                             NetpetPattern drawn_pattern, const LesionCall& drawn) {
  if (const CrossedLimit crossed = crossed_between(measured, drawn); crossed != CrossedLimit::none)
    return crossed;
  if (measured.faint != drawn.faint) return CrossedLimit::faint;
  if (measured.discordant()) return measured.large != drawn.large ? CrossedLimit::size : CrossedLimit::hot;
  return std::min(measured_pattern, drawn_pattern) == NetpetPattern::p2 ? CrossedLimit::p3_from
                                                                        : CrossedLimit::p3_to;
}

CrossedLimit crossed_between(const KrenningScore& measured, const KrenningScore& drawn) {
  switch (std::min(measured.least, drawn.least)) {
    case 0:
      return CrossedLimit::krenning_zero;
    case 1:
      return CrossedLimit::krenning_blood_pool;
    case 2:
      return CrossedLimit::sstr_liver;
    default:
      return CrossedLimit::krenning_spleen;
  }
}

}  // namespace netpet::grading
