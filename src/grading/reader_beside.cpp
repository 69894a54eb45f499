#include "grading/reader_beside.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace netpet::grading {
namespace {

using record::Grade;
using record::ReaderOpinion;
using Text = base::Computed<std::string>;

std::string by(const ReaderOpinion& reader) {
  return reader.name.empty() ? "the reader" : reader.name;
}

Grade* find(record::GradingResult& result, const std::string& scale) {
  const auto found = std::find_if(result.grades.begin(), result.grades.end(),
                                  [&](const Grade& grade) { return grade.scale == scale; });
  return found == result.grades.end() ? nullptr : &*found;
}

/// A visual score without letter ("P2") agrees with either.
void add_visual_netpet(const ReaderOpinion& reader, Grade& grade) {
  const std::string& seen = *reader.netpet;
  grade.fields.emplace_back("visual", Text(seen));
  const std::string computed = grade.value.value_or("NA");
  grade.evidence.push_back(
      computed.substr(0, seen.size()) == seen || seen.substr(0, computed.size()) == computed
          ? fmt::format("By eye {} sees {} too.", by(reader), seen)
          : fmt::format("By eye {} sees {}, computed is {}: look at both.", by(reader), seen, computed));
}

void add_visual_krenning(const ReaderOpinion& reader, Grade& grade) {
  const double seen = *reader.krenning;
  grade.fields.emplace_back("visual", base::Computed<double>(seen));
  const auto* highest = std::get_if<base::Computed<double>>(grade.field("highest"));
  const bool same = highest && highest->has_value() && highest->value() == seen;
  grade.evidence.push_back(same ? fmt::format("By eye {} sees {:g} too.", by(reader), seen)
                                : fmt::format("By eye {} sees {:g}: look at both.", by(reader), seen));
}

}  // namespace

void add_reader(const record::GradingCase& one, record::GradingResult& result) {
  if (!one.reader) return;
  const ReaderOpinion& reader = *one.reader;
  if (reader.netpet) add_visual_netpet(reader, *find(result, "netpet"));
  if (reader.krenning) add_visual_krenning(reader, *find(result, "krenning"));
  for (const record::Override& override_of : reader.overrides) {
    Grade* grade = find(result, override_of.scale);
    if (!grade)
      throw base::Error::input(
          "override_unknown_scale",
          fmt::format("reader.overrides names the scale \"{}\", which does not exist", override_of.scale));
    grade->fields.emplace_back("override", Text(override_of.value));
    grade->fields.emplace_back("override_reason", Text(override_of.reason));
    grade->fields.emplace_back("override_by", reader.name.empty() ? Text() : Text(reader.name));
    grade->evidence.push_back(
        fmt::format("Set to {} by {}: {}.", override_of.value, by(reader), override_of.reason));
  }
}

}  // namespace netpet::grading
