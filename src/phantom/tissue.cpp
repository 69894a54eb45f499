#include "phantom/tissue.h"

#include <nlohmann/json.hpp>
#include <string>

#include "base/error.h"

namespace netpet::phantom {
namespace {

constexpr const char* kFile = "data/phantom_tissues.json";
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
    "uterus",        "vessel_wall"};
constexpr std::size_t kColumns = 6;

base::Error malformed(const std::string& why) {
  return base::Error::input("rules_malformed", why).in_file(kFile);
}

}  // namespace

std::optional<Tissue> tissue_of(std::string_view name) {
  for (std::size_t n = 0; n < kNames.size(); ++n)
    if (kNames[n] == name) return static_cast<Tissue>(n);
  return std::nullopt;
}

TissueTable read_tissues(const base::Resources& resources) {
  const auto document = nlohmann::json::parse(resources.text(kFile), nullptr, false);
  if (!document.is_object() || !document.contains("tissues") || !document["tissues"].is_object())
    throw malformed("the table of tissues is not an object with `tissues`");
  for (const auto& [key, value] : document.items())
    if (key != "source" && key != "columns" && key != "tissues") throw malformed("unknown key `" + key + "`");
  const auto& rows = document["tissues"];
  if (rows.size() != kNames.size()) throw malformed("the table needs exactly the tissues of the phantom");
  TissueTable table;
  for (std::size_t n = 0; n < kNames.size(); ++n) {
    const std::string name(kNames[n]);
    if (!rows.contains(name)) throw malformed("the tissue `" + name + "` is missing");
    const auto& row = rows[name];
    if (!row.is_array() || row.size() != kColumns) throw malformed("`" + name + "` needs six numbers");
    for (const auto& number : row)
      if (!number.is_number()) throw malformed("`" + name + "` needs six numbers");
    table[n] = {row[0], row[1], row[2], row[3], row[4], row[5]};
    if (table[n].sstr < 0 || table[n].fdg < 0 || table[n].spread < 0)
      throw malformed("`" + name + "` is negative");
  }
  return table;
}

}  // namespace netpet::phantom
