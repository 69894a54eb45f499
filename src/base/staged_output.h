#pragma once

#include <filesystem>
#include <string_view>

namespace netpet::base {

/// What to do where the place of an output is already taken.
enum class Occupied { refuse, replace };

/// An output file or folder that appears whole or not at all: it is made beside its place under a hidden
/// name, and renamed in by `commit`, after everything in it was flushed to disk. Without `commit` nothing is
/// left behind.
class StagedOutput {
 public:
  /// Refuses a place that is taken (`output_occupied`; an empty folder counts as free) unless `replace`; a
  /// parent folder that is missing is created; one that cannot be written is an environment error
  /// (`output_not_writable`).
  static StagedOutput folder(const std::filesystem::path& place, Occupied occupied);
  static StagedOutput file(const std::filesystem::path& place, Occupied occupied);

  StagedOutput(StagedOutput&& other) noexcept;
  StagedOutput& operator=(StagedOutput&&) = delete;
  StagedOutput(const StagedOutput&) = delete;
  StagedOutput& operator=(const StagedOutput&) = delete;
  ~StagedOutput();

  /// Where to write until `commit`: the hidden folder, or the hidden file's path.
  const std::filesystem::path& path() const { return staged_; }
  void commit();

 private:
  StagedOutput(std::filesystem::path place, Occupied occupied);

  std::filesystem::path place_;
  std::filesystem::path staged_;
  std::filesystem::path made_parent_;  ///< the topmost folder that we created for it; empty where none
  Occupied occupied_;
};

/// Tells that a file could not be written, by the system's reason (errno): environment errors `disk_full`,
/// `output_not_writable`.
[[noreturn]] void fail_output(const std::filesystem::path& path, int error);

/// Writes a whole file. Environment errors `disk_full`, `output_not_writable`.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace netpet::base
