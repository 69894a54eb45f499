#pragma once

#include <map>
#include <string>
#include <vector>

#include "grading/scale_head.h"

namespace netpet::grading {

/// Phaeochromocytoma and paraganglioma: which tracers the guideline puts first, second and third (Taïeb
/// 2019).
class Ppgl {
 public:
  explicit Ppgl(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  struct Order {
    std::string text;
    std::vector<std::string> tracers;
  };
  enum class Germline { unknown, sporadic, sdh, inherited };
  Germline germline_of(const std::string& gene) const;
  /// The key of the order for this patient; empty where more must be known.
  std::string order_for(const record::Clinical& clinical) const;

  ScaleHead head_;
  std::vector<std::string> adrenal_primaries_;
  std::vector<std::string> head_neck_primaries_;
  std::vector<std::string> sdh_genes_;
  std::vector<std::string> sporadic_words_;
  std::map<std::string, Order> orders_;
  std::map<std::string, std::string> sdhb_detection_;
};

}  // namespace netpet::grading
