#pragma once

#include "grading/scale_head.h"

namespace netpet::grading {

/// Nilica 2016: whether the patient's FDG was positive before and after therapy.
class Nilica {
 public:
  explicit Nilica(const base::Resources& resources);
  record::Grade grade(const Assessment& assessment) const;

 private:
  ScaleHead head_;
  std::map<std::string, std::string> patients_;
};

}  // namespace netpet::grading
