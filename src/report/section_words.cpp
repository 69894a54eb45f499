#include <fmt/format.h>

#include <algorithm>

#include "report/sections.h"

namespace netpet::report {

Line number_line(const base::Computed<double>& value, int places, const Texts& texts) {
  std::string text = shown(value, places);
  if (value.has_value()) return Line(std::move(text));
  return Words{std::move(text), Tone::missing,
               value.does_not_apply()
                   ? texts["report.not_applicable"]
                   : fmt::format(fmt::runtime(texts["report.not_computable"]), value.reason())};
}

Line number_line(const base::Computed<double>& value, int places, const std::string& unit,
                 const Texts& texts) {
  if (!value.has_value()) return number_line(value, places, texts);
  return fmt::format("{} {}", shown(value, places), unit);
}

void add_flags(Line& line, const std::vector<std::string>& codes, const Texts& texts) {
  for (const std::string& code : codes) {
    std::string words = code;
    std::replace(words.begin(), words.end(), '_', ' ');
    line.add({std::move(words), Tone::flag, texts.named("flag", code)});
  }
}

void add_paragraph(Blocks& blocks, const Line& line, Tone tone) {
  if (!line.empty()) blocks.emplace_back(Paragraph{line, tone});
}

Blocks section(const std::string& heading, Blocks content, const std::string& name) {
  if (content.empty()) return {};
  return {Group{Group::Kind::section, heading, name, std::move(content)}};
}

}  // namespace netpet::report
