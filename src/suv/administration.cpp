#include "suv/administration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace netpet::suv {
namespace {

using base::Instant;
using base::Seconds;

constexpr Seconds day{86400};

struct StatedTime {
  Instant instant;
  const char* tag;
};

StatedTime stated_time(const HeaderReview& review, Instant scan_start) {
  const record::PetHeader& header = review.header();
  if (header.administered_datetime) return {*header.administered_datetime, "(0018,1078)"};
  if (header.administered_time) {
    return {Instant::of(scan_start.date(), *header.administered_time), "(0018,1072)"};
  }
  const auto& ge = header.ge_administered;
  if (ge && std::abs((*ge - scan_start).value) <= review.rules().private_time_within_hours * 3600) {
    return {*ge, "(0009,103B)"};
  }
  review.refuse("injection_time_missing", "the time of injection is missing: SUV cannot be had",
                "(0018,1072)");
}

}  // namespace

Instant administration_time(HeaderReview& review, Instant scan_start, Seconds half_life) {
  const StatedTime stated = stated_time(review, scan_start);
  const SuvRules& rules = review.rules();
  const double most_s =
      std::min(rules.most_half_lives_to_scan * half_life.value, rules.most_days_to_scan * day.value);

  Instant injected = stated.instant;
  if (injected > scan_start) {
    injected = injected - day;
    if (!(injected < scan_start) || (scan_start - injected).value > most_s) {
      review.refuse("injection_after_scan",
                    fmt::format("the tracer was injected at {}, after the scan began at {}",
                                base::iso(stated.instant), base::iso(scan_start)),
                    stated.tag);
    }
    review.warn(
        "injection_day_before",
        fmt::format(
            "the time of injection lies after the scan at {}, so it was taken as {} of the day before",
            base::iso(scan_start), base::iso(injected)));
  }
  const double elapsed_s = (scan_start - injected).value;
  if (elapsed_s == 0) {
    review.refuse("injection_after_scan",
                  fmt::format("injection and start of the scan are both at {}: no time for uptake",
                              base::iso(scan_start)),
                  stated.tag);
  }
  if (elapsed_s > most_s) {
    review.refuse(
        "injection_too_long_ago",
        fmt::format("{:.1f} h between injection at {} and scan at {} are over {:g} half-lives or {:g} days",
                    elapsed_s / 3600, base::iso(injected), base::iso(scan_start),
                    rules.most_half_lives_to_scan, rules.most_days_to_scan),
        stated.tag);
  }
  if (elapsed_s < rules.short_uptake_minutes * 60) {
    review.warn("short_uptake_time",
                fmt::format("only {:.0f} min between injection and scan", elapsed_s / 60));
  }
  review.step(fmt::format("Injected at {} {}, {:.1f} min before the start of the scan.", base::iso(injected),
                          stated.tag, elapsed_s / 60));
  return injected;
}

}  // namespace netpet::suv
