#pragma once

#include <exception>
#include <iosfwd>

namespace netpet::cli {

enum class FailureFormat { text, json };

/// Prints a failure (text on stderr; with JSON the contract's error document on `out` as well) and returns
/// the exit status: 2 usage, 3 input, 4 environment, 5 internal, 130 interrupted.
int report_failure(const std::exception_ptr& failure, FailureFormat format, std::ostream& out);

}  // namespace netpet::cli
