#include "suv/tracer_recognition.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/table.h"
#include "base/text.h"
#include "suv/radionuclides.h"

namespace netpet::suv {
namespace {

using base::lowered;
using base::squeezed;
using record::Tracer;
using record::TracerClass;

// A shorter alias could stand within another word ("MET" in "method"), so it must be a word of its own.
constexpr std::size_t shortest_part_of_word = 6;

struct CompoundCode {
  std::string value, scheme, nuclide;
};
struct Compound {
  std::string name;
  TracerClass tracer_class = TracerClass::unknown;
  std::vector<std::string> nuclides;
  std::vector<std::string> aliases;  // letters and digits, lower case
  std::vector<CompoundCode> codes;
};

bool is_word_sign(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

TracerClass class_of(base::Table& row) {
  const std::string name = row.text("class");
  if (name == "sstr") return TracerClass::sstr;
  if (name == "fdg") return TracerClass::fdg;
  if (name == "other") return TracerClass::other;
  row.refuse("there is no tracer class " + name);
}

std::vector<Compound> read_compounds(const base::Resources& resources) {
  std::vector<Compound> compounds;
  base::Table::read_list(resources, "data/tracers.json", [&](base::Table& row) {
    Compound compound{row.text("compound"), class_of(row), row.texts("nuclides"), {}, {}};
    for (const std::string& alias : row.texts("aliases")) compound.aliases.push_back(squeezed(alias));
    row.each("codes", [&](base::Table& code) {
      compound.codes.push_back({code.text("value"), code.text("scheme"), code.text("nuclide")});
    });
    row.text("source");
    compounds.push_back(std::move(compound));
  });
  return compounds;
}

/// "18f", "f18", "18", "99mtc", "" …: what may stand before a compound in one word.
bool is_nuclide_prefix(std::string_view text) {
  std::size_t digits = 0, letters = 0, changes = 0;
  for (std::size_t n = 0; n < text.size(); ++n) {
    const bool digit = text[n] >= '0' && text[n] <= '9';
    (digit ? digits : letters) += 1;
    if (n > 0 && digit != (text[n - 1] >= '0' && text[n - 1] <= '9')) ++changes;
  }
  return text.empty() || (digits >= 1 && digits <= 3 && letters <= 3 && changes <= 1);
}

bool has_word(std::string_view text, std::string_view alias) {
  for (std::size_t begin = 0; begin < text.size();) {
    while (begin < text.size() && !is_word_sign(text[begin])) ++begin;
    std::size_t end = begin;
    while (end < text.size() && is_word_sign(text[end])) ++end;
    const std::string_view word = text.substr(begin, end - begin);
    if (word.size() >= alias.size() && word.substr(word.size() - alias.size()) == alias &&
        is_nuclide_prefix(word.substr(0, word.size() - alias.size()))) {
      return true;
    }
    begin = end;
  }
  return false;
}

/// The compound with the longest alias in the text.
const Compound* compound_in_text(const std::vector<Compound>& compounds, std::string_view text) {
  const std::string small = lowered(text), tight = squeezed(text);
  const Compound* best = nullptr;
  std::size_t best_length = 0;
  for (const Compound& compound : compounds) {
    for (const std::string& alias : compound.aliases) {
      const bool is_short = alias.size() < shortest_part_of_word;
      const bool there =
          has_word(small, alias) || tight == alias || (!is_short && tight.find(alias) != std::string::npos);
      if (there && alias.size() > best_length) best = &compound, best_length = alias.size();
    }
  }
  return best;
}

struct Match {
  const Compound* compound = nullptr;
  std::string nuclide;  // where the code says it
};

Match match_of(const record::PetHeader& header, const std::vector<Compound>& compounds) {
  if (header.radiopharmaceutical_code) {
    for (const Compound& compound : compounds) {
      for (const CompoundCode& code : compound.codes) {
        if (code.value == header.radiopharmaceutical_code->value &&
            code.scheme == header.radiopharmaceutical_code->scheme) {
          return {&compound, code.nuclide};
        }
      }
    }
  }
  if (const Compound* found = compound_in_text(compounds, header.radiopharmaceutical)) return {found, ""};
  if (header.radiopharmaceutical_code) {
    return {compound_in_text(compounds, header.radiopharmaceutical_code->meaning), ""};
  }
  return {};
}

bool contradicts(const Match& match, const Radionuclide& nuclide) {
  if (!match.nuclide.empty()) return match.nuclide != nuclide.name;
  const auto& possible = match.compound->nuclides;
  return std::find(possible.begin(), possible.end(), nuclide.name) == possible.end();
}

}  // namespace

Tracer recognise_tracer(const record::PetHeader& header, const base::Resources& resources) {
  const Radionuclides table(resources);
  const std::vector<Compound> compounds = read_compounds(resources);
  const Radionuclide* nuclide = radionuclide_in(header, table);
  const Match match = match_of(header, compounds);

  Tracer tracer;
  tracer.name = header.radiopharmaceutical;
  if (header.radiopharmaceutical_code) {
    tracer.code = header.radiopharmaceutical_code->value;
    tracer.scheme = header.radiopharmaceutical_code->scheme;
    if (tracer.name.empty()) tracer.name = header.radiopharmaceutical_code->meaning;
  }
  if (match.compound && !(nuclide && contradicts(match, *nuclide))) {
    if (!nuclide) nuclide = table.named(match.nuclide);
    tracer.name = (nuclide ? nuclide->mass() + nuclide->symbol() + "-" : "") + match.compound->name;
    tracer.tracer_class = match.compound->tracer_class;
    for (const CompoundCode& code : match.compound->codes) {
      if (nuclide && code.nuclide == nuclide->name) {
        tracer.code = code.value;
        tracer.scheme = code.scheme;
        break;
      }
    }
  }
  if (nuclide && tracer.name.empty())
    tracer.name = nuclide->mass() + nuclide->symbol() + " (compound not named)";
  if (nuclide && nuclide->therapeutic) tracer.tracer_class = TracerClass::therapy;
  return tracer;
}

std::string radionuclide_of(const record::PetHeader& header, const base::Resources& resources) {
  const Radionuclides table(resources);
  const Radionuclide* nuclide = radionuclide_in(header, table);
  return nuclide ? nuclide->name : std::string();
}

}  // namespace netpet::suv
