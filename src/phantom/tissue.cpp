#include "phantom/tissue.h"

#include <string>

#include "base/table.h"

namespace netpet::phantom {
namespace {

constexpr std::array<std::string_view, static_cast<std::size_t>(Tissue::count)> kNames{
    "air",           "skin",           "fat",
    "muscle",        "soft",           "lung",
    "airway",        "blood",          "myocardium",
    "liver",         "bile",           "spleen",
    "kidney_cortex", "kidney_medulla", "urine_upper",
    "urine_bladder", "adrenal",        "pancreas",
    "uncinate",      "stomach_wall",   "stomach_content",
    "bowel_wall",    "bowel_content",  "gas",
    "brain_grey",    "brain_white",    "csf",
    "pituitary",     "salivary",       "submandibular",
    "tonsil",        "thyroid",        "marrow",
    "fatty_marrow",  "cortical_bone",  "cartilage",
    "disc",          "cord",           "prostate",
    "uterus",        "vessel_wall",    "ascites",
    "metal"};
constexpr std::size_t kColumns = 6;

}  // namespace

std::optional<Tissue> tissue_of(std::string_view name) {
  for (std::size_t n = 0; n < kNames.size(); ++n)
    if (kNames[n] == name) return static_cast<Tissue>(n);
  return std::nullopt;
}

TissueTable read_tissues(const base::Resources& resources) {
  TissueTable tissues;
  base::Table::read(resources, "data/phantom_tissues.json", [&](base::Table& table) {
    table.text("source");
    table.texts("columns");  // for the reader of the file
    table.part("tissues", [&](base::Table& rows) {
      for (std::size_t n = 0; n < kNames.size(); ++n) {
        const std::string name(kNames[n]);
        const std::vector<double> row = rows.signed_numbers(name, kColumns);
        tissues[n] = {row[0], row[1], row[2], row[3], row[4], row[5]};
        if (tissues[n].sstr < 0 || tissues[n].fdg < 0 || tissues[n].spread < 0)
          rows.refuse(name + " is negative");
      }
    });
  });
  return tissues;
}

}  // namespace netpet::phantom
