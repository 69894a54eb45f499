#include "measure/aggregation.h"

#include "base/error.h"

namespace netpet::measure {

namespace {

struct Naming {
  const char *label, *id;
};

Naming naming_of(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::none:
      return {"", ""};
    case Aggregation::slices_averaged:
      return {"2D_avg", "BTW3"};
    case Aggregation::slices_merged:
      return {"2D_comb", "SUJT"};
    case Aggregation::slice_directions_merged:
      return {"2_5D_avg", "JJUI"};
    case Aggregation::all_slices_merged:
      return {"2_5D_comb", "ZW7Z"};
    case Aggregation::volume_averaged:
      return {"3D_avg", "ITBB"};
    case Aggregation::volume_merged:
      return {"3D_comb", "IAZD"};
    case Aggregation::slices:
      return {"2D", "8QNN"};
    case Aggregation::slices_as_one:
      return {"2_5D", "62GR"};
    case Aggregation::volume:
      return {"3D", "KOBO"};
  }
  base::check(false, "an aggregation without a name");
  return {"", ""};
}

}  // namespace

std::string label_of(Aggregation aggregation) {
  return naming_of(aggregation).label;
}

std::string id_of(Aggregation aggregation) {
  return naming_of(aggregation).id;
}

std::vector<Aggregation> aggregations_with_directions() {
  return {Aggregation::slices_averaged,   Aggregation::slices_merged,   Aggregation::slice_directions_merged,
          Aggregation::all_slices_merged, Aggregation::volume_averaged, Aggregation::volume_merged};
}

std::vector<Aggregation> aggregations_without_directions() {
  return {Aggregation::slices, Aggregation::slices_as_one, Aggregation::volume};
}

}  // namespace netpet::measure
