#include "lesions/outline_method.h"

#include <fmt/format.h>

#include "base/table.h"
#include "lesions/rules.h"

namespace netpet::lesions {

base::Computed<double> edge_suv(const OutlineMethod& method, double suvmax, double background,
                                const record::References& references) {
  switch (method.kind) {
    case OutlineMethod::Kind::fixed:
      return method.suv;
    case OutlineMethod::Kind::share_of_maximum:
      return method.share * suvmax;
    case OutlineMethod::Kind::share_of_contrast:
      return background + method.share * (suvmax - background);
    case OutlineMethod::Kind::gradient_watershed:
      return background;
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
