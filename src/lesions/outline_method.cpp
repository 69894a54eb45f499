#include "lesions/outline_method.h"

#include <fmt/format.h>

#include "base/table.h"
#include "lesions/rules.h"

namespace netpet::lesions {

namespace {

OutlineMethod::Line read_line(base::Table& table) {
  OutlineMethod::Line line;
  line.of_mean = table.number("of_mean");
  line.of_background = table.number("of_background");
  return line;
}

}  // namespace

base::Computed<double> edge_suv(const OutlineMethod& method, const LesionLevels& lesion,
                                const record::References& references) {
  switch (method.kind) {
    case OutlineMethod::Kind::fixed:
      return method.suv;
    case OutlineMethod::Kind::share_of_maximum:
      return method.share * lesion.suvmax;
    case OutlineMethod::Kind::share_of_contrast:
      return lesion.background + method.share * (lesion.suvmax - lesion.background);
    case OutlineMethod::Kind::contrast_oriented: {
      const auto& line = lesion.diameter_mm < method.small_below_mm ? method.small : method.large;
      return line.of_mean * lesion.top_mean + line.of_background * lesion.background;
    }
    case OutlineMethod::Kind::gradient_watershed:
      return lesion.background;
    case OutlineMethod::Kind::reference:
      break;
  }
  const auto reference = references.find(method.organ);
  if (reference == references.end()) return base::NotComputable{"no " + method.organ + " reference"};
  return method.mean_multiple * reference->second.mean + method.sd_multiple * reference->second.sd;
}

OutlineMethod read_outline_method(base::Table& row) {
  using Kind = OutlineMethod::Kind;
  OutlineMethod method;
  method.name = row.text("name");
  const std::string kind = row.text("kind");
  if (kind == "fixed") {
    method.kind = Kind::fixed;
    method.suv = row.number("suv");
  } else if (kind == "share_of_maximum" || kind == "share_of_contrast") {
    method.kind = kind == "share_of_maximum" ? Kind::share_of_maximum : Kind::share_of_contrast;
    method.share = row.share("share");
  } else if (kind == "contrast_oriented") {
    method.kind = Kind::contrast_oriented;
    method.share = row.share("top_share");
    row.part("large", [&](base::Table& part) { method.large = read_line(part); });
    if (row.has("small"))
      row.part("small", [&](base::Table& part) {
        method.small = read_line(part);
        method.small_below_mm = part.number("below_mm");
      });
  } else if (kind == "gradient_watershed") {
    method.kind = Kind::gradient_watershed;
    method.share = row.share("seed_share");
  } else if (kind == "reference") {
    method.kind = Kind::reference;
    method.organ = row.text("organ");
    method.mean_multiple = row.number("mean_multiple");
    method.sd_multiple = row.number("sd_multiple");
  } else {
    row.refuse(fmt::format("'kind' cannot be '{}'", kind));
  }
  row.text("source");
  return method;
}

std::vector<OutlineMethod> outline_methods(const base::Resources& resources) {
  return lesion_rules(resources, record::Role::sstr).outline.methods;
}

}  // namespace netpet::lesions
