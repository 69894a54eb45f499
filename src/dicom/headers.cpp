#include "dicom/headers.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/error.h"
#include "dicom/frames.h"
#include "dicom/pet_header.h"
#include "dicom/series_role.h"

namespace netpet::dicom {
namespace {

void add_once(std::vector<record::Warning>& problems, const record::Warning& problem) {
  if (std::find(problems.begin(), problems.end(), problem) == problems.end()) problems.push_back(problem);
}

// Most headers: parsing all of them costs less than parsing the leading part before the rest.
constexpr std::uint64_t short_header_bytes = 65536;

bool is_pet(const Instance& image) {
  const record::SeriesRole role = role_of(image);
  return role == record::SeriesRole::pet_ac || role == record::SeriesRole::pet_nac;
}

record::PetHeader pet_header_of(std::span<const Frame> frames, const DataSet& data_set) {
  const Frame& first = frames.front();
  record::PetHeader header = pet_header_of(first.instance, first.attributes);
  for (const Frame& frame : frames) header.slices.push_back(pet_slice_of(frame.instance, frame.attributes));
  for (const record::Warning& problem : data_set.problems()) add_once(header.problems, problem);
  if (first.instance.lossy)
    add_once(header.problems,
             {"lossy_compression",
              "pixels were compressed with loss: values are not exactly those of the scanner"});
  return header;
}

enum class ReadPet { where_it_is_one, always };

FileHeader header_of(const std::filesystem::path& file, const FileLayout& layout, const DataSet& whole,
                     ReadPet pet) {
  FileHeader result;
  std::vector<Frame> frames = frames_of(file, layout, whole);
  if (pet == ReadPet::always || is_pet(frames.front().instance)) result.pet = pet_header_of(frames, whole);
  for (Frame& frame : frames) result.images.push_back(std::move(frame.instance));
  return result;
}

/// Nothing where the header cannot be parsed to its end.
std::optional<FileHeader> header_of(const std::filesystem::path& file, const ExaminedFile& examined) {
  const FileLayout& layout = examined.layout;
  try {
    return header_of(file, layout,
                     examined.header.empty() ? DataSet(file, layout, HeaderPart::whole)
                                             : DataSet(file, layout, examined.header),
                     ReadPet::where_it_is_one);
  } catch (const base::Error& error) {
    if (error.code() != "header_unreadable") throw;
    return std::nullopt;
  }
}

}  // namespace

FileHeader read_header(const std::filesystem::path& file) {
  const ExaminedFile examined = examine_file(file, short_header_bytes);
  if (!examined.header.empty())
    if (auto header = header_of(file, examined)) return *std::move(header);
  FileHeader leading{images_of(file, examined.layout), {}};
  if (examined.header.empty() && is_pet(leading.images.front()))
    if (auto header = header_of(file, examined)) return *std::move(header);
  return leading;
}

FileHeader read_whole_header(const std::filesystem::path& file) {
  const FileLayout layout = examine(file);
  return header_of(file, layout, DataSet(file, layout, HeaderPart::whole), ReadPet::always);
}

void Headers::add(std::shared_ptr<const FileHeader> header) {
  const Instance& first = header->images.front();
  if (is_scanner_image(first)) by_file_.insert_or_assign(first.file.string(), std::move(header));
}

std::shared_ptr<const FileHeader> Headers::find(const std::filesystem::path& file) const {
  const auto found = by_file_.find(file.string());
  return found == by_file_.end() ? nullptr : found->second;
}

}  // namespace netpet::dicom
