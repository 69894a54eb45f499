#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace netpet::pipeline {

/// Days by which the dates of a patient may go back.
struct ShiftRange {
  int least_days = 0, greatest_days = 0;
};

/// What stands for a patient's identity in a copy that is shared. Everything follows from a secret: the same
/// secret gives the same names again, and without it nothing leads back.
class Pseudonyms {
 public:
  /// `secret`: what nobody has who is given the copy. `patient`: whose dates all move by one offset.
  Pseudonyms(std::string_view secret, std::string_view patient, ShiftRange range);

  /// "NP-" and ten hexadecimal digits.
  const std::string& patient_id() const { return patient_id_; }
  /// Another UID below "2.25."; the same for the same UID. An empty one stays empty.
  std::string uid(const std::string& original) const;

  /// Earlier by a whole number of days; the time of day stays [DICOM PS3.15 E.3.6, modified dates].
  base::Date moved(base::Date date) const { return {date.days - shift_days_}; }
  base::Instant moved(base::Instant instant) const;
  template <class When>
  void move(std::optional<When>& when) const {
    if (when) when = moved(*when);
  }

 private:
  std::string uid_seed_;
  std::string patient_id_;
  int shift_days_ = 0;
};

}  // namespace netpet::pipeline
