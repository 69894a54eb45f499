#include "suv/header_review.h"

#include "base/error.h"

namespace netpet::suv {

void HeaderReview::refuse(std::string code, std::string message, std::string tag) const {
  throw base::Error::input(std::move(code), std::move(message)).in_file(header_.file).at_tag(std::move(tag));
}

void HeaderReview::refuse_unless_accepted(std::string code, std::string message, std::string tag) {
  if (!accepted_.contains(code)) {
    throw base::Error::input(code, std::move(message))
        .in_file(header_.file)
        .at_tag(std::move(tag))
        .acceptable_by(code);
  }
  warn(std::move(code), "Accepted by the user: " + message);
}

}  // namespace netpet::suv
