#pragma once

#include <string_view>

#include "record/grading_case_json.h"

namespace netpet::record {

/// Adds the lesions of a CSV table to a case that holds its references. The first line names the columns, in
/// any order: id, site, size_mm, size_source, volume_ml, sstr_suvpeak, sstr_suvmax, fdg_suvpeak, fdg_suvmax,
/// excluded, status. An empty cell is an absent value. Refuses (`csv_malformed`) a table without `id`, a row
/// of another width and a cell that is not a number with a decimal point; a column that is not known becomes
/// a warning.
void read_lesions_csv(std::string_view text, GradingCaseInput& input);

}  // namespace netpet::record
