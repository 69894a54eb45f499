#include "suv/radionuclides.h"

#include <algorithm>
#include <cmath>

#include "base/table.h"
#include "base/text.h"
#include "suv/tracer_table.h"

namespace netpet::suv {
namespace {

// The closest two nuclides of the table (Ac-225, I-131 …) lie further apart than this.
constexpr double half_life_match = 0.01;

using base::is_digit;
using base::is_letter;
using base::lowered;
using base::squeezed;

/// Whether `text` holds `first` and then `second` with at most two signs (space, hyphen, ^, bracket) between
/// them, and `bounded(begin, end)` there.
template <class Bounded>
bool holds(std::string_view text, std::string_view first, std::string_view second, const Bounded& bounded) {
  for (std::size_t begin = text.find(first); begin != std::string_view::npos;
       begin = text.find(first, begin + 1)) {
    std::size_t next = begin + first.size();
    while (next < text.size() && next < begin + first.size() + 2 && !is_digit(text[next]) &&
           !is_letter(text[next])) {
      ++next;
    }
    if (text.substr(next, second.size()) == second && bounded(begin, next + second.size())) return true;
  }
  return false;
}

bool names(std::string_view text, const Radionuclide& nuclide) {
  const std::string mass = nuclide.mass(), symbol = nuclide.symbol();
  const auto no_digit_before = [&](std::size_t begin) { return begin == 0 || !is_digit(text[begin - 1]); };
  const auto no_letter_before = [&](std::size_t begin) { return begin == 0 || !is_letter(text[begin - 1]); };
  const auto no_digit_after = [&](std::size_t end) { return end >= text.size() || !is_digit(text[end]); };
  // "18FDG" holds 18F, "11Ct" does not hold 11C: a symbol ends before a small letter.
  const auto symbol_ends = [&](std::size_t end) {
    return end >= text.size() || !(text[end] >= 'a' && text[end] <= 'z');
  };
  if (holds(text, mass, symbol, [&](auto b, auto e) { return no_digit_before(b) && symbol_ends(e); }))
    return true;
  if (holds(text, symbol, mass, [&](auto b, auto e) { return no_letter_before(b) && no_digit_after(e); }))
    return true;
  const std::string small = lowered(text), small_symbol = lowered(symbol);
  // In capitals or small letters throughout ("GA68", "f18") the mass must end the word or begin it alone.
  const auto no_letter_after = [&](std::size_t end) { return end >= text.size() || !is_letter(text[end]); };
  if (holds(small, small_symbol, mass,
            [&](auto b, auto e) { return no_letter_before(b) && no_digit_after(e); }) ||
      holds(small, mass, small_symbol,
            [&](auto b, auto e) { return no_digit_before(b) && no_letter_after(e); }))
    return true;
  return holds(small, mass, nuclide.element, [&](auto b, auto) { return no_digit_before(b); }) ||
         holds(small, nuclide.element, mass, [&](auto, auto e) { return no_digit_after(e); });
}

}  // namespace

Radionuclides::Radionuclides(const base::Resources& resources) {
  base::Table::read_list(resources, "data/radionuclides.json", [this](base::Table& row) {
    Radionuclide nuclide{
        row.text("name"), row.text("element"), row.number("half_life_s"), row.flag("therapeutic"), {}};
    row.each("codes", [&](base::Table& code) {
      nuclide.codes.push_back({code.text("value"), code.text("scheme"), ""});
    });
    row.text("source");
    if (nuclide.name.find('-') == std::string::npos) row.refuse("a nuclide is named as Ga-68");
    if (nuclide.half_life_s == 0) row.refuse("half_life_s is 0");
    all_.push_back(std::move(nuclide));
  });
}

const Radionuclide* Radionuclides::named(std::string_view name) const {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const Radionuclide& n) { return n.name == name; });
  return found == all_.end() ? nullptr : &*found;
}

const Radionuclide* Radionuclides::of_code(const record::Code& code) const {
  const Radionuclide* coded = nullptr;
  for (const Radionuclide& nuclide : all_)
    for (const record::Code& known : nuclide.codes)
      if (known.value == code.value && known.scheme == canonical_scheme(code.scheme)) coded = &nuclide;
  const Radionuclide* meant = called(code.meaning);
  return coded && meant && coded != meant ? nullptr : coded ? coded : meant;
}

const Radionuclide* Radionuclides::called(std::string_view text) const {
  const std::string tight = squeezed(base::folded(text));
  for (const Radionuclide& nuclide : all_) {
    const std::string mass = nuclide.mass(), symbol = squeezed(nuclide.symbol());
    for (const std::string& name : {mass + symbol, symbol + mass, mass + nuclide.element,
                                    nuclide.element + mass, nuclide.element + symbol + mass}) {
      if (tight == name) return &nuclide;
    }
  }
  return nullptr;
}

bool Radionuclides::is_name(std::string_view text) const {
  const std::string tight = squeezed(base::folded(text));
  return called(text) || std::any_of(all_.begin(), all_.end(), [&](const Radionuclide& nuclide) {
           return tight == nuclide.element || tight == squeezed(nuclide.symbol());
         });
}

const Radionuclide* Radionuclides::in_text(std::string_view header_text) const {
  const std::string text = base::folded(header_text);
  const Radionuclide* found = nullptr;
  for (const Radionuclide& nuclide : all_) {
    if (!names(text, nuclide)) continue;
    if (found) return nullptr;
    found = &nuclide;
  }
  return found;
}

const Radionuclide* Radionuclides::of_half_life(double half_life_s, double tolerance) const {
  const Radionuclide* found = nullptr;
  for (const Radionuclide& nuclide : all_) {
    if (std::abs(half_life_s / nuclide.half_life_s - 1) > tolerance) continue;
    if (found) return nullptr;
    found = &nuclide;
  }
  return found;
}

const Radionuclide* radionuclide_in(const record::PetHeader& header, const Radionuclides& table) {
  if (header.radionuclide_code) {
    if (const Radionuclide* found = table.of_code(*header.radionuclide_code)) return found;
  }
  if (const Radionuclide* found = table.in_text(header.radiopharmaceutical)) return found;
  if (header.radiopharmaceutical_code) {
    if (const Radionuclide* found = table.in_text(header.radiopharmaceutical_code->meaning)) return found;
  }
  return header.half_life_s ? table.of_half_life(*header.half_life_s, half_life_match) : nullptr;
}

}  // namespace netpet::suv
