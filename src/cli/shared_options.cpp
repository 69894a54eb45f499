#include "cli/shared_options.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>

#include "base/error.h"
#include "pipeline/read_request.h"

namespace netpet::cli {

void OverwriteOption::declare(CLI::App& app) {
  app.add_flag("--overwrite", given_, "replace --out where it exists");
}

void AcceptOption::declare(CLI::App& app) {
  app.add_option("--accept", given_, "go on in spite of this refusal (repeatable)")
      ->type_name("CODE")
      ->take_all()
      ->allow_extra_args(false);
}

std::set<std::string> AcceptOption::codes() const {
  for (const std::string& code : given_)
    if (!pipeline::acceptable_codes().contains(code))
      throw base::Error::usage("usage", fmt::format("--accept {}: only these refusals may be overridden: {}",
                                                    code, fmt::join(pipeline::acceptable_codes(), ", ")));
  return {given_.begin(), given_.end()};
}

}  // namespace netpet::cli
