#include "base/staged_output.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace netpet::base {
namespace {

namespace fs = std::filesystem;

void flush_to_disk(const fs::path& path) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) fail_output(path, errno);
  const int result = ::fsync(handle);
  const int error = errno;
  ::close(handle);
  if (result != 0 && error != EINVAL && error != EROFS) fail_output(path, error);
}

fs::path first_missing_parent(const fs::path& place) {
  fs::path missing;
  for (fs::path parent = fs::absolute(place).parent_path(); !fs::exists(parent);
       parent = parent.parent_path())
    missing = parent;
  return missing;
}

/// Takes away the folders from `deepest` up to `topmost`, as far as nobody else has put anything there.
void remove_empty_folders(fs::path deepest, const fs::path& topmost) {
  std::error_code failed;
  for (const fs::path above = topmost.parent_path(); deepest != above; deepest = deepest.parent_path())
    if (!fs::remove(deepest, failed) && failed) return;
}

fs::path without_trailing_slash(fs::path path) {
  if (!path.has_filename()) path = path.parent_path();
  return path;
}

}  // namespace

void fail_output(const fs::path& path, int error) {
  if (error == ENOSPC || error == EDQUOT)
    throw Error::environment("disk_full",
                             "no space is left for the output; free some or choose another --out")
        .in_file(path.string());
  throw Error::environment("output_not_writable",
                           fmt::format("cannot write the output: {}", std::strerror(error)))
      .in_file(path.string());
}

StagedOutput::StagedOutput(fs::path place, Occupied occupied)
    : place_(without_trailing_slash(std::move(place))), occupied_(occupied) {
  if (place_.empty()) throw Error::usage("output_missing", "the output has no name");
  const fs::file_status there = fs::symlink_status(place_);
  const bool free = !fs::exists(there) || (fs::is_directory(there) && fs::is_empty(place_));
  if (!free && occupied_ == Occupied::refuse)
    throw Error::input("output_occupied",
                       "the output exists already; choose another --out, or add --overwrite")
        .in_file(place_.string());
  made_parent_ = first_missing_parent(place_);
  std::error_code error;
  fs::create_directories(fs::absolute(place_).parent_path(), error);
  if (error) {
    if (!made_parent_.empty()) remove_empty_folders(fs::absolute(place_).parent_path(), made_parent_);
    fail_output(place_, error.value());
  }
  staged_ = fs::absolute(place_).parent_path() /
            fmt::format(".{}.partial-{}", place_.filename().string(), ::getpid());
  fs::remove_all(staged_, error);
}

StagedOutput StagedOutput::folder(const fs::path& place, Occupied occupied) {
  StagedOutput output(place, occupied);
  std::error_code error;
  fs::create_directory(output.staged_, error);
  if (error) fail_output(output.staged_, error.value());
  return output;
}

StagedOutput StagedOutput::file(const fs::path& place, Occupied occupied) {
  return {place, occupied};
}

StagedOutput::StagedOutput(StagedOutput&& other) noexcept
    : place_(std::move(other.place_)),
      staged_(std::exchange(other.staged_, {})),
      made_parent_(std::exchange(other.made_parent_, {})),
      occupied_(other.occupied_) {}

StagedOutput::~StagedOutput() {
  if (staged_.empty()) return;
  std::error_code ignored;
  fs::remove_all(staged_, ignored);
  if (!made_parent_.empty()) remove_empty_folders(fs::absolute(place_).parent_path(), made_parent_);
}

void StagedOutput::commit() {
  if (fs::is_directory(staged_)) {
    for (const auto& entry : fs::recursive_directory_iterator(staged_))
      if (entry.is_regular_file() || entry.is_directory()) flush_to_disk(entry.path());
  }
  flush_to_disk(staged_);
  std::error_code error;
  const bool taken = fs::exists(fs::symlink_status(place_));
  const fs::path aside = staged_.string() + ".old";
  if (taken) {  // the old output stays until the new one is in place
    fs::rename(place_, aside, error);
    if (error) fail_output(place_, error.value());
  }
  fs::rename(staged_, place_, error);
  if (error) {
    if (taken) fs::rename(aside, place_);
    fail_output(place_, error.value());
  }
  staged_.clear();
  flush_to_disk(fs::absolute(place_).parent_path());
  if (taken) fs::remove_all(aside, error);
}

void write_file(const fs::path& path, std::string_view bytes) {
  const int handle = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (handle < 0) fail_output(path, errno);
  int error = 0;
  while (!bytes.empty() && error == 0) {
    const ssize_t written = ::write(handle, bytes.data(), bytes.size());
    if (written < 0)
      error = errno == EINTR ? 0 : errno;
    else
      bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::close(handle) != 0 && error == 0) error = errno;
  if (error != 0) fail_output(path, error);
}

}  // namespace netpet::base
