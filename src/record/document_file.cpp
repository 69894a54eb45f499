#include "record/document_file.h"

#include <fstream>

#include "base/error.h"

namespace netpet::record {

std::string document_text(const std::filesystem::path& file, const std::string& what) {
  using base::Error;
  constexpr std::size_t kMostBytes = std::size_t{1} << 24;  // facts about one patient are a few kB
  std::error_code none;
  if (std::filesystem::is_directory(file, none))
    throw Error::input("file_unreadable", "this is a folder, not a file").in_file(file.string());
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw Error::input("file_missing", "the file is missing or cannot be opened").in_file(file.string());
  std::string text(kMostBytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad()) throw Error::input("file_unreadable", "the file cannot be read").in_file(file.string());
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > kMostBytes)
    throw Error::input("input_too_large", what + " of more than 16 MiB cannot be meant")
        .in_file(file.string());
  return text;
}

}  // namespace netpet::record
