#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace netpet::record {

enum class Differentiation { well, poor };

/// One specimen that a pathologist graded.
struct Pathology {
  std::optional<base::Date> date;
  std::string site;  ///< as lesions name it: liver, node, pancreas …; empty where not given
  std::optional<std::string> lesion;  ///< the id of the lesion it was taken from, where that is known
  std::optional<double> ki67_percent;
  std::optional<double> mitoses_per_2mm2;
  std::optional<Differentiation> differentiation;
  std::optional<bool> necrosis;  ///< asked for by the lung's classes
  std::string edition;           ///< "WHO 2019"; empty where not given
};

struct Therapy {
  std::string kind;  ///< ssa, prrt, chemotherapy, everolimus, liver_directed, surgery, radiotherapy …
  std::optional<base::Date> start;
  std::optional<base::Date> end;
  std::optional<base::Date> last_dose;
};

struct Marker {
  std::string name;
  std::optional<base::Date> date;
  std::optional<double> value;
  std::string unit;
};

/// What the physician knows beside the images (the contract's `--clinical FILE`). Everything may be missing.
struct Clinical {
  std::string primary;  ///< pancreas, midgut, rectum, lung, unknown …; empty where not given
  std::optional<bool> metastatic;
  std::vector<Pathology> pathology;
  std::vector<Therapy> therapies;
  std::optional<double> glucose_mmol_l;
  std::optional<bool> metformin;
  std::optional<bool> g_csf;
  std::optional<bool> splenectomy;
  std::string germline;  ///< "SDHB", "none" …; empty where not given
  std::vector<Marker> markers;
};

}  // namespace netpet::record
