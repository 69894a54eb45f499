#pragma once

#include <string>
#include <vector>

#include "base/computed.h"
#include "record/reading.h"
#include "report/document.h"
#include "report/reading_report.h"
#include "report/texts.h"

/// The sections of a reading's report, one concern a file. One that has nothing to say gives no block.
namespace netpet::report {

using Blocks = std::vector<Block>;

// Words that several sections use.

/// The number; "–" where it does not apply; "n/c" with its reason where it cannot be computed.
Line number_line(const base::Computed<double>& value, int places, const Texts& texts);
/// The same with its unit.
Line number_line(const base::Computed<double>& value, int places, const std::string& unit,
                 const Texts& texts);
/// Flags as labels that explain themselves, added to a line.
void add_flags(Line& line, const std::vector<std::string>& codes, const Texts& texts);
/// A paragraph where there are words.
void add_paragraph(Blocks& blocks, const Line& line, Tone tone = Tone::plain);
/// A section where it has content.
Blocks section(const std::string& heading, Blocks content, const std::string& name = "");

Blocks patient_and_scans(const record::Reading& reading, const Texts& texts);
Blocks warnings(const record::Reading& reading, const Texts& texts);
Blocks headline(const record::Reading& reading, const Texts& texts);
/// The paste-ready impression as it is written in plain text.
Blocks impression_to_paste(const record::Reading& reading, const Texts& texts);

Blocks projections(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts);
Blocks target_lesion(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts);
Blocks lesion_pictures(const ReportPictures& pictures, const Texts& texts);

/// Every scale that has an answer, one line each.
Blocks grade_table(const record::Reading& reading, const Texts& texts);
Blocks grades(const record::Reading& reading, const Texts& texts);

Blocks lesion_table(const record::Reading& reading, const Texts& texts);
Blocks physiologic(const record::Reading& reading, const Texts& texts);

/// The parts of each lesion by Krenning score, where it is large enough to have any.
Blocks heterogeneity(const record::Reading& reading, const Texts& texts);

/// What a post-therapy scan tells; nothing for any other.
Blocks post_therapy(const record::Reading& reading, const Texts& texts);
/// Volumes by phenotype and site; `histogram_png` may be empty.
Blocks burden(const record::Reading& reading, const std::string& histogram_png, const Texts& texts);
/// What other methods of outlining make of volumes and grade.
Blocks outline_alternatives(const record::Reading& reading, const Texts& texts);
Blocks references(const record::Reading& reading, const std::string& png, const Texts& texts);
Blocks registration(const record::Reading& reading, const std::string& png, const Texts& texts);
Blocks suv(const record::Reading& reading, const Texts& texts);
Blocks flag_glossary(const record::Reading& reading, const Texts& texts);
Blocks settings(const record::Reading& reading, const Texts& texts);

}  // namespace netpet::report
