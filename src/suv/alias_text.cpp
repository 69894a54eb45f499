#include "suv/alias_text.h"

#include <algorithm>

#include "base/text.h"

namespace netpet::suv {
namespace {

/// "18f", "f18", "18", "99mtc", "" …: what may be written onto a compound as its nuclide.
bool looks_like_nuclide(std::string_view text) {
  const auto count = [&](auto is) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is));
  };
  const std::size_t digits = count(base::is_digit), letters = count(base::is_letter);
  std::size_t changes = 0;
  for (std::size_t n = 1; n < text.size(); ++n)
    if (base::is_digit(text[n]) != base::is_digit(text[n - 1])) ++changes;
  return text.empty() || (digits >= 1 && digits <= 3 && letters <= 3 && changes <= 1);
}

}  // namespace

AliasText::AliasText(std::string_view text) {
  std::size_t begin = 0;
  const auto end_word = [&] {
    word_begin_.resize(tight_.size(), begin);
    word_end_.resize(tight_.size(), tight_.size());
    begin = tight_.size();
  };
  for (const char c : base::lowered(base::folded(text))) {
    if (base::is_digit(c) || base::is_letter(c))
      tight_ += c;
    else
      end_word();
  }
  end_word();
}

std::vector<AliasText::Span> AliasText::spans_of(std::string_view alias, Place place) const {
  std::vector<Span> spans;
  for (std::size_t at = tight_.find(alias); at != std::string::npos; at = tight_.find(alias, at + 1)) {
    const Span span{at, at + alias.size()};
    if (place == Place::anywhere || stands_alone(span)) spans.push_back(span);
  }
  return spans;
}

bool AliasText::stands_alone(Span span) const {
  const std::string_view tight = tight_;
  const std::size_t word = word_begin_[span.begin], end = word_end_[span.end - 1];
  return looks_like_nuclide(tight.substr(word, span.begin - word)) &&
         looks_like_nuclide(tight.substr(span.end, end - span.end));
}

}  // namespace netpet::suv
