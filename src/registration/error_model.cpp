#include "registration/error_model.h"

#include "base/table.h"

namespace netpet::registration {

ErrorModel load_error_model(const base::Resources& resources) {
  ErrorModel model;
  base::Table::read(resources, "data/registration.json", [&](base::Table& file) {
    file.part("deformation_error", [&](base::Table& table) {
      model.base_mm = table.number("base_mm");
      model.voxel_share = table.number("voxel_share");
      model.remaining_share = table.number("remaining_share");
      model.usually_remaining_mm = table.number("usually_remaining_mm");
      model.detail_share = table.number("detail_share");
      model.usual_detail_mm = table.number("usual_detail_mm");
      model.opinions_share = table.number("opinions_share");
      model.usual_opinions_mm = table.number("usual_opinions_mm");
      table.text("source");
    });
  });
  return model;
}

}  // namespace netpet::registration
