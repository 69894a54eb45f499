#include "suv/header_review.h"

#include <algorithm>

#include "base/error.h"

namespace netpet::suv {

void HeaderReview::warn(std::string code, std::string message) {
  const record::Warning warning{std::move(code), std::move(message)};
  if (std::find(warnings_.begin(), warnings_.end(), warning) == warnings_.end()) warnings_.push_back(warning);
}

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
