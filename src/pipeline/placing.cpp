#include "pipeline/placing.h"

#include <algorithm>

#include "lesions/pair.h"
#include "registration/rigid.h"

namespace netpet::pipeline {
namespace {

/// However well the CTs lie on each other: a PET is breathed through and its CT is not (rules N13).
constexpr double least_pairing_error_mm = 5;

}  // namespace

Placing::Placing(const std::optional<ScanWork>& the_sstr, const std::optional<ScanWork>& the_fdg,
                 const std::optional<record::Registration>& the_registration)
    : sstr(the_sstr), fdg(the_fdg), registration(the_registration) {
  if (!registration) return;
  sstr_to_fdg = registration->fixed_to_moving;
  fdg_to_sstr = sstr_to_fdg.inverted();
}

double Placing::error_at(space::PointLps on_sstr) const {
  return registration ? registration::error_at(*registration, on_sstr) : lesions::kUnknownRegistrationErrorMm;
}

double Placing::pairing_error_at(space::PointLps on_sstr) const {
  return std::max(least_pairing_error_mm, error_at(on_sstr));
}

}  // namespace netpet::pipeline
