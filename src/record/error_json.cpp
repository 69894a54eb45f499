#include <nlohmann/json.hpp>

#include "record/json.h"

namespace netpet::record {

Json json_of(const base::Error& error) {
  const auto or_null = [](const std::optional<std::string>& text) { return text ? Json(*text) : Json(); };
  return {{"error",
           {{"code", error.code()},
            {"message", error.message()},
            {"context", error.context()},
            {"file", or_null(error.file())},
            {"tag", or_null(error.tag())},
            {"accept", or_null(error.accept())}}}};
}

}  // namespace netpet::record
