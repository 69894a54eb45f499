#pragma once

#include <map>
#include <string>
#include <vector>

#include "phantom/anatomy.h"

namespace netpet::phantom {

/// By name: splenectomy, one_kidney, kidney_transplant, horseshoe_kidney, ascites, hip_prosthesis.
const std::map<std::string, Variant>& variants();
std::string name_of(Variant variant);

/// What a variant adds in front of all other parts: a graft in the right iliac fossa with its ureter, the
/// isthmus before the spine, the stem and head of a left hip prosthesis, fluid within the peritoneum.
void add_variant(const BodyPlan& plan, std::vector<Part>& parts);
/// Fluid in the peritoneal cavity: fills what the organs leave, so it comes behind all of them.
void add_ascites(const BodyPlan& plan, std::vector<Part>& parts);

}  // namespace netpet::phantom
