#include "suv/body.h"

#include <fmt/format.h>

#include <cmath>

namespace netpet::suv {
namespace {

const char* const weight_tag = "(0010,1030)";
const char* const height_tag = "(0010,1020)";

double weight_of(HeaderReview& review) {
  const auto& weight = review.header().weight;
  const SuvRules& rules = review.rules();
  if (!weight || !std::isfinite(*weight))
    review.refuse("weight_missing", "the patient's weight is missing: SUV cannot be had", weight_tag);
  if (*weight == 0) review.refuse("weight_zero", "the patient's weight is 0: SUV cannot be had", weight_tag);
  if (*weight < 0)
    review.refuse("weight_negative", fmt::format("the patient's weight is {:g} kg", *weight), weight_tag);
  double weight_kg = *weight;
  if (weight_kg > rules.weight_in_grams_above) {
    weight_kg /= 1000;
    review.warn("weight_in_grams",
                fmt::format("the weight {:g} was taken as grams: {:g} kg", *weight, weight_kg));
  }
  if (weight_kg < rules.unusual_weight_below_kg || weight_kg > rules.unusual_weight_above_kg)
    review.warn("weight_unusual", fmt::format("a weight of {:g} kg is unusual: check it", weight_kg));
  review.step(fmt::format("Body mass: {:g} kg (0010,1030).", weight_kg));
  return weight_kg;
}

bool written_in_cm(const HeaderReview& review) {
  const auto& height = review.header().height;
  return height && *height > review.rules().height_in_cm_above;
}

std::optional<double> height_of(const HeaderReview& review) {
  const auto& height = review.header().height;
  const SuvRules& rules = review.rules();
  if (!height || !std::isfinite(*height)) return std::nullopt;
  const double height_m = written_in_cm(review) ? *height / 100 : *height;
  if (height_m < rules.least_height_m || height_m > rules.most_height_m) return std::nullopt;
  return height_m;
}

Sex sex_of(const HeaderReview& review) {
  const std::string& sex = review.header().patient.sex;
  if (sex == "M") return Sex::male;
  if (sex == "F") return Sex::female;
  return Sex::unknown;
}

double body_mass_index(double weight_kg, double height_m) {
  return weight_kg / (height_m * height_m);
}

double needed_height(HeaderReview& review, const Body& body, SuvType type) {
  const auto& stated = review.header().height;
  const SuvRules& rules = review.rules();
  if (!stated || *stated == 0)
    review.refuse("height_missing",
                  fmt::format("the patient's height is missing: SUV{} cannot be had", name_of(type)),
                  height_tag);
  if (!body.height_m)
    review.refuse("height_invalid", fmt::format("the patient's height is {:g} m", *stated), height_tag);
  if (written_in_cm(review))
    review.warn("height_in_cm",
                fmt::format("the height {:g} was taken as centimetres: {:g} m", *stated, *body.height_m));
  if (*body.height_m < rules.unusual_height_below_m || *body.height_m > rules.unusual_height_above_m)
    review.warn("height_unusual", fmt::format("a height of {:g} m is unusual: check it", *body.height_m));
  return *body.height_m;
}

}  // namespace

Body body_of(HeaderReview& review) {
  Body body;
  body.weight_kg = weight_of(review);
  body.height_m = height_of(review);
  body.sex = sex_of(review);
  if (!body.height_m) return body;
  const SuvRules& rules = review.rules();
  const double bmi = body_mass_index(body.weight_kg, *body.height_m);
  if (bmi < rules.unusual_bmi_below || bmi > rules.unusual_bmi_above)
    review.warn(
        "body_mass_index_unusual",
        fmt::format("{:g} kg at a height of {:g} m are a body mass index of {:.1f}: check weight (kg, "
                    "not pounds) and height",
                    body.weight_kg, *body.height_m, bmi));
  return body;
}

double normaliser_of(HeaderReview& review, const Body& body, SuvType type) {
  if (type == SuvType::bw) return normaliser(type, body.sex, body.weight_kg, 0);
  const double height_m = needed_height(review, body, type);
  if (needs_sex(type) && body.sex == Sex::unknown)
    review.warn("sex_unknown",
                fmt::format("the patient's sex is '{}': for SUV{} the mean of a man and a woman was taken",
                            review.header().patient.sex, name_of(type)));
  const auto highest_bmi = highest_sound_bmi(type, body.sex);
  if (const double bmi = body_mass_index(body.weight_kg, height_m); highest_bmi && bmi > *highest_bmi)
    review.warn("lean_mass_unreliable",
                fmt::format("at a body mass index of {:.1f} James' lean mass falls while the body grows "
                            "(beyond {:.1f}): use lbm-janma",
                            bmi, *highest_bmi));
  const double result = normaliser(type, body.sex, body.weight_kg, height_m);
  if (!(result > 0))
    review.refuse("normaliser_not_positive",
                  fmt::format("the formula of {} gives {:g} for {:g} kg and {:g} m", name_of(type), result,
                              body.weight_kg, height_m),
                  height_tag);
  review.step(type == SuvType::bsa
                  ? fmt::format("Body surface (Du Bois): {:.6g} cm², height {:g} m.", result, height_m)
                  : fmt::format("Mass of the type {}: {:.6g} kg, height {:g} m.", name_of(type),
                                result / 1000, height_m));
  return result;
}

}  // namespace netpet::suv
