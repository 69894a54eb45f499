#include "suv/administration.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace netpet::suv {
namespace {

using base::Date;
using base::Instant;
using base::Seconds;
using base::TimeOfDay;

constexpr Seconds day{86400};
const char* const datetime_tag = "(0018,1078)";
const char* const time_tag = "(0018,1072)";

TimeOfDay time_of_day(Instant instant) {
  return {instant.microseconds - Instant::of(instant.date(), {}).microseconds};
}

class Injection {
 public:
  Injection(HeaderReview& review, Instant scan_start, Seconds half_life)
      : review_(review),
        header_(review.header()),
        scan_(scan_start),
        half_life_(half_life),
        longest_s_(std::min(review.rules().most_half_lives_to_scan * half_life.value,
                            review.rules().most_days_to_scan * day.value)) {}

  Instant find() {
    find_stated();
    refuse_midnight();
    if (has_date_) {
      settle_date_time();
    } else {
      settle_time_of_day();
    }
    warn_of_unusual_uptake_time();
    compare_sources();
    review_.step(fmt::format("Injected at {} {}, {:.1f} min before the start of the scan.",
                             base::iso(injected_), tag_, elapsed_s(injected_) / 60));
    return injected_;
  }

 private:
  double elapsed_s(Instant injected) const { return (scan_ - injected).value; }
  bool fits(Instant injected) const { return elapsed_s(injected) > 0 && elapsed_s(injected) <= longest_s_; }
  std::optional<Instant> ge_near_scan() const {
    const auto& ge = header_.ge_administered;
    const double most_s = review_.rules().private_time_within_hours * 3600;
    return ge && std::abs(elapsed_s(*ge)) <= most_s ? ge : std::nullopt;
  }
  /// That time of day on the day of the scan, or on the day before where it lies after the scan.
  Instant on_scan_day(TimeOfDay time) const {
    const Instant same_day = Instant::of(scan_.date(), time);
    return same_day > scan_ ? same_day - day : same_day;
  }

  void find_stated() {
    if (header_.administered_datetime) {
      injected_ = *header_.administered_datetime;
      tag_ = datetime_tag;
    } else if (header_.administered_time) {
      injected_ = Instant::of(scan_.date(), *header_.administered_time);
      tag_ = time_tag;
      has_date_ = false;
    } else if (const auto ge = ge_near_scan()) {
      injected_ = *ge;
      tag_ = "(0009,103B)";
    } else {
      review_.refuse("injection_time_missing", "the time of injection is missing: SUV cannot be had",
                     time_tag);
    }
  }

  /// A date without time, or a time set to zero, reads as midnight.
  void refuse_midnight() {
    if (time_of_day(injected_).microseconds != 0) return;
    const auto& other = header_.administered_time;
    if (has_date_ && other && other->microseconds != 0) {
      injected_ = Instant::of(injected_.date(), *other);
      review_.step("The date-time of injection holds no time of day: that of (0018,1072) was taken.");
      return;
    }
    review_.refuse_unless_accepted("injection_at_midnight",
                                   "the injection is said to be at exactly 00:00:00: its time of day was "
                                   "probably removed",
                                   tag_);
  }

  void settle_date_time() {
    if (fits(injected_)) return;
    const Instant midnight_crossed = injected_ - day;
    if (injected_ > scan_ && injected_.date() == scan_.date() && fits(midnight_crossed))
      return take_day_before(midnight_crossed);
    const Instant by_time_of_day = on_scan_day(time_of_day(injected_));
    const bool only_the_date_is_wrong = injected_.date() != scan_.date() && fits(by_time_of_day);
    if (!only_the_date_is_wrong) refuse_impossible();
    const std::string date_changed = fmt::format(
        "{}; its time of day would fit ({:.0f} min before the scan), so its date was probably "
        "changed when names were removed",
        contradiction(), elapsed_s(by_time_of_day) / 60);
    if (injected_ > scan_) {
      review_.refuse_unless_accepted("injection_after_scan", date_changed, tag_);
    } else {
      review_.refuse_unless_accepted("injection_too_long_ago", date_changed, tag_);
    }
    injected_ = by_time_of_day;
  }

  void settle_time_of_day() {
    const Instant same_day = injected_;
    if (same_day > scan_) {
      if (!fits(same_day - day)) refuse_impossible();
      take_day_before(same_day - day);
    } else if (!fits(same_day)) {
      refuse_impossible();
    }
    if (elapsed_s(injected_ - day) <= longest_s_)
      review_.warn(
          "injection_day_assumed",
          fmt::format("the header gives the time of injection without its date: {} was taken, but with "
                      "this half-life another day is possible",
                      base::iso(injected_.date())));
  }

  void take_day_before(Instant injected) {
    injected_ = injected;
    review_.warn(
        "injection_day_before",
        fmt::format(
            "the time of injection lies after the scan at {}, so it was taken as {} of the day before",
            base::iso(scan_), base::iso(injected)));
  }

  std::string contradiction() const {
    const double elapsed = elapsed_s(injected_);
    if (elapsed < 0)
      return fmt::format("the tracer was injected at {}, after the scan began at {}", base::iso(injected_),
                         base::iso(scan_));
    if (elapsed == 0)
      return fmt::format("injection and start of the scan are both at {}: no time for uptake",
                         base::iso(scan_));
    return fmt::format(
        "{:.1f} h between injection at {} and scan at {} are over {:g} half-lives or {:g} days",
        elapsed / 3600, base::iso(injected_), base::iso(scan_), review_.rules().most_half_lives_to_scan,
        review_.rules().most_days_to_scan);
  }

  [[noreturn]] void refuse_impossible() const {
    if (elapsed_s(injected_) > 0) review_.refuse("injection_too_long_ago", contradiction(), tag_);
    review_.refuse("injection_after_scan", contradiction(), tag_);
  }

  void warn_of_unusual_uptake_time() {
    const SuvRules& rules = review_.rules();
    const double elapsed = elapsed_s(injected_);
    if (elapsed < rules.short_uptake_minutes * 60)
      review_.warn("short_uptake_time",
                   fmt::format("only {:.0f} min between injection and scan", elapsed / 60));
    if (elapsed > rules.long_uptake_half_lives * half_life_.value)
      review_.warn("long_uptake_time",
                   fmt::format("{:.1f} h between injection and scan are {:.1f} half-lives: check the times",
                               elapsed / 3600, elapsed / half_life_.value));
  }

  /// The other statements of the time of injection; only their time of day counts where they have no date.
  void compare_sources() {
    const double most_s = review_.rules().reference_time_differs_s;
    const auto differ = [&](const char* tag, Instant other) {
      if (std::abs((other - injected_).value) <= most_s) return;
      review_.warn("injection_times_differ",
                   fmt::format("the tracer was injected at {} by {}, which was taken, but at {} by {}",
                               base::iso(injected_), tag_, base::iso(other), tag));
    };
    const auto& time = header_.administered_time;
    if (has_date_ && time && time->microseconds != 0) {
      const Instant same_day = Instant::of(injected_.date(), *time);
      const Instant nearest = std::min({same_day - day, same_day, same_day + day}, [&](Instant a, Instant b) {
        return std::abs((a - injected_).value) < std::abs((b - injected_).value);
      });
      differ(time_tag, nearest);
    }
    if (const auto ge = ge_near_scan()) differ("(0009,103B)", *ge);
  }

  HeaderReview& review_;
  const record::PetHeader& header_;
  Instant scan_;
  Seconds half_life_;
  double longest_s_;
  Instant injected_;
  const char* tag_ = time_tag;
  bool has_date_ = true;
};

}  // namespace

bool states_injection(const record::PetHeader& header) {
  return header.administered_datetime || header.administered_time || header.ge_administered;
}

Instant administration_time(HeaderReview& review, Instant scan_start, Seconds half_life) {
  return Injection(review, scan_start, half_life).find();
}

}  // namespace netpet::suv
