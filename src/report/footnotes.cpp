#include "report/footnotes.h"

#include <fmt/format.h>

#include <algorithm>

namespace netpet::report {

bool Footnotes::needs_reason(const Words& words) {
  return words.tone == Tone::missing && words.text != "–" && !words.explanation.empty();
}

std::string Footnotes::mark(const Words& words) {
  if (!needs_reason(words)) return {};
  auto known = std::find(reasons_.begin(), reasons_.end(), words.explanation);
  if (known == reasons_.end()) known = reasons_.insert(reasons_.end(), words.explanation);
  return fmt::format(" ({})", known - reasons_.begin() + 1);
}

std::vector<std::string> Footnotes::lines() const {
  std::vector<std::string> lines;
  for (std::size_t i = 0; i < reasons_.size(); ++i)
    lines.push_back(fmt::format("({}) {}", i + 1, reasons_[i]));
  return lines;
}

}  // namespace netpet::report
