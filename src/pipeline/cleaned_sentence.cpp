#include "pipeline/cleaned_sentence.h"

#include <cstddef>
#include <functional>
#include <regex>

namespace netpet::pipeline {
namespace {

constexpr const char* removed = "[removed]";

std::string replaced(const std::string& text, const std::regex& pattern,
                     const std::function<std::string(const std::string&)>& replacement) {
  std::string result;
  auto from = text.cbegin();
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    result.append(from, (*match)[0].first);
    result += replacement(match->str());
    from = (*match)[0].second;
  }
  return result.append(from, text.cend());
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

}  // namespace

void SentenceCleaner::add(const std::string& identifying) {
  constexpr std::size_t least = 3;
  if (identifying.size() >= least) identifying_.insert(identifying);
}

void SentenceCleaner::add_name(const std::string& name) {
  add(name);
  std::string part;
  for (const char c : name + "^") {
    if (c != '^' && c != ' ' && c != '=' && c != ',') {
      part += c;
      continue;
    }
    add(part);
    part.clear();
  }
}

std::string SentenceCleaner::of(std::string sentence) const {
  static const std::regex quoted("\"[^\"]*\""), uid("[0-9]+(\\.[0-9]+){4,}"),
      iso_date("[0-9]{4}-[0-9]{2}-[0-9]{2}"), plain_date("(19|20)[0-9]{6}");
  sentence = replaced(sentence, quoted, [](const std::string&) { return std::string("\"") + removed + '"'; });
  sentence = replaced(sentence, uid, [&](const std::string& one) { return pseudonyms_->uid(one); });
  for (const std::string& one : identifying_) replace_all(sentence, one, removed);
  sentence = replaced(sentence, iso_date, [&](const std::string& day) {
    const auto known = base::parse_iso(day);
    return known ? base::iso(pseudonyms_->moved(known->date())) : std::string(removed);
  });
  // Digits that a pseudonym brought in are longer than a date and stay.
  return replaced(sentence, std::regex("[0-9]{8,}"), [&](const std::string& digits) {
    return std::regex_match(digits, plain_date) ? std::string(removed) : digits;
  });
}

}  // namespace netpet::pipeline
