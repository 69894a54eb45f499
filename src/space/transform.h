#pragma once

#include <memory>
#include <span>
#include <utility>

#include "space/affine.h"
#include "space/displacement_field.h"

namespace netpet::space {

/// From one patient space to another, LPS mm: rigid, or bent without folding and then rigid. Cheap to copy:
/// fields are shared.
class Transform {
 public:
  Transform() = default;
  Transform(const Affine& affine) : after_(affine) {}  // NOLINT(google-explicit-constructor)
  /// p → after(p + there(p)). `back` undoes p + there(p).
  Transform(const Affine& after, DisplacementField there, DisplacementField back)
      : after_(after),
        there_(std::make_shared<const DisplacementField>(std::move(there))),
        back_(std::make_shared<const DisplacementField>(std::move(back))) {}

  PointLps operator()(PointLps p) const {
    if (!there_) return after_(p);
    const PointLps q = before_(p);
    return after_(q + wide(there_->at(q)));
  }
  /// then(transform(start + n · step)) for n = 0 … result.size() − 1: a row of voxels, which costs less than
  /// so many places one by one where it runs along x. The components of the result are LPS mm, or what `then`
  /// makes of them.
  void along(PointLps start, Vec3 step, const Affine& then, std::span<Vec3> result) const;
  Transform inverted() const;
  /// The whole transform where it does not bend; null where it does.
  const Affine* affine() const { return there_ ? nullptr : &after_; }

  /// What it is made of: p → after(q + there(q)) with q = before(p); both fields are null where it does not
  /// bend.
  struct Parts {
    Affine before, after;
    std::shared_ptr<const DisplacementField> there, back;
  };
  Parts parts() const { return {before_, after_, there_, back_}; }
  explicit Transform(Parts parts)
      : before_(parts.before),
        after_(parts.after),
        there_(std::move(parts.there)),
        back_(std::move(parts.back)) {}

 private:
  Affine before_, after_;
  std::shared_ptr<const DisplacementField> there_, back_;
};

}  // namespace netpet::space
