#include "suv/reference_time.h"

#include <fmt/format.h>

#include <cmath>

namespace netpet::suv {
namespace {

using base::Instant;
using base::Seconds;

/// A time of the maker's own, believed within a day of the scan.
struct PrivateTime {
  const char* name;
  std::optional<Instant> stated;
  std::optional<Instant> believed;
};

PrivateTime private_time(const HeaderReview& review, const char* name, const std::optional<Instant>& stated,
                         const std::optional<Instant>& scan) {
  PrivateTime result{name, stated, stated};
  const bool near = !stated || !scan ||
                    std::abs((*stated - *scan).value) <= review.rules().private_time_within_hours * 3600;
  if (!near) result.believed.reset();
  return result;
}

/// A private time that lies far from the scan: a warning where the rule would have asked for it.
void tell_ignored(HeaderReview& review, const PrivateTime& time, const std::optional<Instant>& scan,
                  bool needed) {
  if (!time.stated || time.believed) return;
  const std::string what = fmt::format(
      "{} says {}, {:.0f} h from the scan at {}: ignored (dates may have been shifted)", time.name,
      base::iso(*time.stated), std::abs((*time.stated - *scan).value) / 3600, base::iso(*scan));
  if (needed) {
    review.warn("private_time_ignored", what);
  } else {
    review.step(what + ".");
  }
}

class StartReference {
 public:
  StartReference(HeaderReview& review, Seconds half_life)
      : review_(review),
        half_life_(half_life),
        series_(series_instant(review.header())),
        acquired_(earliest_acquisition(review.header())),
        scan_(acquired_ ? acquired_ : series_),
        ge_(private_time(review, "GE's scan time (0009,100D)", review.header().ge_scan_datetime, scan_)),
        siemens_(private_time(review, "Siemens' reference time (0071,1022)",
                              review.header().siemens_reference_time, scan_)),
        back_(computed_back(review.header(), half_life, tolerance_s())) {}

  ReferenceTime find() {
    choose();
    compare();
    return result_;
  }

 private:
  double tolerance_s() const { return review_.rules().reference_time_differs_s; }
  bool series_counts() const { return series_ && (!acquired_ || *series_ <= *acquired_); }

  void choose() {
    if (series_counts()) {
      result_ = {*series_, "series time", false, {}};
    } else if (ge_.believed) {
      result_ = {*ge_.believed, "GE scan time (0009,100D)", false, {}};
    } else if (siemens_.believed) {
      result_ = {*siemens_.believed, "Siemens reference time (0071,1022)", false, {}};
    } else if (back_) {
      result_ = {back_->instant, "acquisition time less frame reference time", false, {}};
    } else if (acquired_) {
      result_ = {*acquired_, "earliest acquisition time", false, {}};
    } else {
      review_.refuse("reference_time_missing", "neither series time nor acquisition time is there",
                     "(0008,0032)");
    }
    tell_ignored(review_, ge_, scan_, !series_counts());
    tell_ignored(review_, siemens_, scan_, !series_counts());
  }

  void compare() {
    const bool checked = compare_with(ge_.believed, ge_.name, "GE scan") |
                         compare_with(siemens_.believed, siemens_.name, "Siemens reference");
    if (back_) {
      const double apart_s = (back_->instant - result_.instant).value;
      if (std::abs(apart_s) > tolerance_s()) doubt("the frame reference time", back_->instant);
      if (back_->spread_s > tolerance_s())
        result_.doubts.push_back(fmt::format(
            "acquisition and frame reference times of the slices disagree by up to {:.0f} s about the "
            "start of the scan",
            back_->spread_s));
    } else if (!checked) {
      doubt_unchecked();
    }
  }

  /// Whether that private time is there; it confirms the time taken, or casts doubt on it.
  bool compare_with(const std::optional<Instant>& time, const char* name, std::string_view source) {
    if (!time) return false;
    if (result_.source.starts_with(source)) return true;
    if (std::abs((*time - result_.instant).value) <= tolerance_s()) {
      result_.confirmed = true;
    } else {
      doubt(name, *time);
    }
    return true;
  }

  void doubt(const char* name, Instant time) {
    const double change = 100 * std::abs(std::exp2((time - result_.instant).value / half_life_.value) - 1);
    result_.doubts.push_back(
        fmt::format("pixels were taken as corrected to {} ({}), but {} says {}: SUV would differ by {:.3g} %",
                    base::iso(result_.instant), result_.source, name, base::iso(time), change));
  }

  /// Nothing but series and acquisition time: right where they are one.
  void doubt_unchecked() {
    const bool agree = series_ && acquired_ && std::abs((*series_ - *acquired_).value) <= tolerance_s();
    if (agree) return;
    result_.doubts.push_back(
        fmt::format("pixels were taken as corrected to {} ({}), and neither {} nor usable frame reference "
                    "times confirm it",
                    base::iso(result_.instant), result_.source,
                    series_counts() ? "the acquisition time" : "the series time"));
  }

  HeaderReview& review_;
  Seconds half_life_;
  std::optional<Instant> series_, acquired_, scan_;
  PrivateTime ge_, siemens_;
  std::optional<BackComputed> back_;
  ReferenceTime result_;
};

/// Where the times of a source that does not name its tag stand.
std::string_view tags_of(std::string_view source) {
  if (source.starts_with("series time")) return " (0008,0031)";
  if (source.starts_with("acquisition time less")) return " (0008,0032), (0054,1300)";
  return source.starts_with("earliest acquisition") ? " (0008,0032)" : "";
}

}  // namespace

ReferenceTime reference_time_of_start(HeaderReview& review, Seconds half_life) {
  ReferenceTime result = StartReference(review, half_life).find();
  review.step(fmt::format("Pixels are corrected for decay (START, (0054,1102)) to {}: {}{}.",
                          base::iso(result.instant), result.source, tags_of(result.source)));
  return result;
}

void report_doubts(HeaderReview& review, const ReferenceTime& reference) {
  for (const std::string& doubt : reference.doubts) {
    if (reference.confirmed) {
      review.step("Confirmed by the maker's own entry, although " + doubt + ".");
    } else {
      review.warn("reference_time_uncertain", doubt);
    }
  }
}

}  // namespace netpet::suv
