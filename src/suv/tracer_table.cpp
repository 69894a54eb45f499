#include "suv/tracer_table.h"

#include <algorithm>

#include "base/table.h"
#include "base/text.h"
#include "suv/alias_text.h"

namespace netpet::suv {
namespace {

using record::TracerClass;

bool holds(const std::vector<std::string>& list, std::string_view text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

TracerClass class_named(const base::Table& row, const std::string& name) {
  if (name == "sstr") return TracerClass::sstr;
  if (name == "fdg") return TracerClass::fdg;
  if (name == "other") return TracerClass::other;
  row.refuse("there is no tracer class '" + name + "'");
}

Compound::Window read_window(base::Table& row) {
  Compound::Window result;
  result.nuclides = row.texts("nuclides");
  result.window = {row.number("from_min"), row.number("to_min"), row.text("source")};
  if (!(result.window.from_min < result.window.to_min)) row.refuse("from_min is not below to_min");
  return result;
}

Compound read_compound(base::Table& row) {
  Compound compound;
  compound.name = row.text("compound");
  compound.tracer_class = class_named(row, row.text("class"));
  compound.nuclides = row.texts("nuclides");
  for (const std::string& alias : row.texts("aliases")) {
    compound.aliases.push_back(base::squeezed(alias));
    if (compound.aliases.back().empty()) row.refuse("the alias '" + alias + "' has no letter or digit");
  }
  row.each("codes", [&](base::Table& code) {
    compound.codes.push_back({{code.text("value"), code.text("scheme"), ""}, code.text("nuclide")});
  });
  row.each("uptake", [&](base::Table& window) { compound.windows.push_back(read_window(window)); });
  row.text("source");
  return compound;
}

}  // namespace

bool Compound::carries(std::string_view nuclide) const {
  return holds(nuclides, nuclide);
}

std::string_view canonical_scheme(std::string_view scheme) {
  return scheme == "SNM3" || scheme == "99SDM" ? "SRT" : scheme;
}

TracerTable::TracerTable(const base::Resources& resources) {
  base::Table::read(resources, "data/tracers.json", [this](base::Table& table) {
    table.part("no_names", [&](base::Table& part) {
      for (const std::string& text : part.texts("texts")) no_names_.push_back(base::squeezed(text));
      part.text("source");
    });
    table.part("shortest_part_of_word", [&](base::Table& part) {
      shortest_part_of_word_ = part.whole("value");
      part.text("source");
    });
    table.each("compounds", [&](base::Table& row) { compounds_.push_back(read_compound(row)); });
  });
}

const Compound* TracerTable::named(std::string_view name) const {
  const auto found = std::find_if(compounds_.begin(), compounds_.end(),
                                  [&](const Compound& compound) { return compound.name == name; });
  return found == compounds_.end() ? nullptr : &*found;
}

TracerTable::CodeMatch TracerTable::of_code(const record::Code& code) const {
  for (const Compound& compound : compounds_)
    for (const Compound::Coded& known : compound.codes)
      if (known.code.value == code.value && known.code.scheme == canonical_scheme(code.scheme))
        return {&compound, known.nuclide};
  return {};
}

std::vector<const Compound*> TracerTable::in_text(std::string_view text) const {
  struct Named {
    const Compound* compound;
    AliasText::Span span;
  };
  const AliasText words(text);
  std::vector<Named> named;
  for (const Compound& compound : compounds_)
    for (const std::string& alias : compound.aliases) {
      const auto where =
          alias.size() < shortest_part_of_word_ ? AliasText::Place::whole_word : AliasText::Place::anywhere;
      for (const AliasText::Span span : words.spans_of(alias, where)) named.push_back({&compound, span});
    }
  std::vector<const Compound*> compounds;
  for (const Named& one : named) {
    const bool part_of_longer = std::any_of(named.begin(), named.end(), [&](const Named& other) {
      return other.compound != one.compound && other.span.begin <= one.span.begin &&
             one.span.end <= other.span.end && other.span.size() > one.span.size();
    });
    if (!part_of_longer && std::find(compounds.begin(), compounds.end(), one.compound) == compounds.end())
      compounds.push_back(one.compound);
  }
  return compounds;
}

bool TracerTable::names_nothing(std::string_view text) const {
  const std::string tight = base::squeezed(base::folded(text));
  return tight.empty() || holds(no_names_, tight);
}

std::optional<UptakeWindow> TracerTable::window_of(std::string_view compound,
                                                   std::string_view nuclide) const {
  const Compound* found = named(compound);
  if (!found) return std::nullopt;
  for (const Compound::Window& one : found->windows)
    if (holds(one.nuclides, nuclide)) return one.window;
  return std::nullopt;
}

bool TracerTable::exists(TracerClass tracer_class, std::string_view nuclide) const {
  return std::any_of(compounds_.begin(), compounds_.end(), [&](const Compound& compound) {
    return compound.tracer_class == tracer_class && compound.carries(nuclide);
  });
}

}  // namespace netpet::suv
