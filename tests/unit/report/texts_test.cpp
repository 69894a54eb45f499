#include "report/texts.h"

#include <gtest/gtest.h>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace netpet::report {
namespace {

namespace fs = std::filesystem;

/// The built-in tables with another English catalogue.
base::Resources with_catalogue(const std::string& json) {
  const fs::path dir = fs::path(::testing::TempDir()) / ("texts_rules_" + std::to_string(::getpid()));
  fs::create_directories(dir / "texts");
  std::ofstream(dir / "texts" / "en.json") << json;
  base::Resources resources = base::Resources::with_rules(dir);
  fs::remove_all(dir);
  return resources;
}

std::string refusal(const base::Resources& resources, const char* language = "en") {
  try {
    const Texts texts(resources, language);
    return "accepted";
  } catch (const base::Error& error) {
    return error.code();
  }
}

TEST(Texts, ACatalogueWithoutAWordOfTheReportsIsRefused) {
  std::string catalogue(base::Resources().text("data/texts/en.json"));
  EXPECT_EQ(refusal(with_catalogue(catalogue)), "accepted");
  const std::string key = "\"report.title\"";
  catalogue.replace(catalogue.find(key), key.size(), "\"report.titel\"");
  EXPECT_EQ(refusal(with_catalogue(catalogue)), "rules_malformed");
}

TEST(Texts, ACatalogueIsOfTheLanguageItIsNamedAfter) {
  std::string catalogue(base::Resources().text("data/texts/en.json"));
  catalogue.replace(catalogue.find("\"en\""), 4, "\"de\"");
  EXPECT_EQ(refusal(with_catalogue(catalogue)), "rules_malformed");
  EXPECT_EQ(refusal(base::Resources(), "xx"), "texts_unknown_language");
}

}  // namespace
}  // namespace netpet::report
