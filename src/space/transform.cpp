#include "space/transform.h"

namespace netpet::space {

Transform Transform::inverted() const {
  if (!there_) return after_.inverted();
  Transform inverse;
  inverse.before_ = after_.inverted();
  inverse.after_ = before_.inverted();
  inverse.there_ = back_;
  inverse.back_ = there_;
  return inverse;
}

}  // namespace netpet::space
