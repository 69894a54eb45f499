#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace netpet::dicom {

/// Bytes that are read forwards, with jumps that cost nothing where the storage allows it.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Fills `into` from `offset`, or fills none of it and returns false where fewer bytes are there. Offsets
  /// never decrease.
  virtual bool read(std::uint64_t offset, std::span<std::uint8_t> into) = 0;
  /// Whether a byte at `offset` − 1 exists, so that a value ending at `offset` is complete.
  virtual bool reaches(std::uint64_t offset) = 0;
  /// The number of bytes, or the greatest number where only reading tells (compressed data).
  virtual std::uint64_t size() const = 0;
};

/// What tells a file from another, or from itself after a change.
struct FileStamp {
  std::uint64_t device = 0, inode = 0, bytes = 0;
  std::int64_t modified_ns = 0;
  bool operator==(const FileStamp&) const = default;
};

/// A file, read through a small window: jumping over pixels reads none of them.
/// Refuses `file_unreadable`.
class FileBytes final : public ByteSource {
 public:
  explicit FileBytes(const std::filesystem::path& file);
  ~FileBytes() override;
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  bool read(std::uint64_t offset, std::span<std::uint8_t> into) override;
  bool reaches(std::uint64_t offset) override { return offset <= stamp_.bytes; }
  std::uint64_t size() const override { return stamp_.bytes; }
  /// Fills `into` straight from the file; refuses `truncated` where the bytes are not there.
  void read_past_window(std::uint64_t offset, std::span<std::uint8_t> into) const;
  const FileStamp& stamp() const { return stamp_; }

 private:
  std::filesystem::path file_;
  int descriptor_ = -1;
  FileStamp stamp_;
  std::uint64_t window_offset_ = 0;
  std::vector<std::uint8_t> window_;
};

/// Bytes in memory, which must outlive this.
class MemoryBytes final : public ByteSource {
 public:
  explicit MemoryBytes(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  bool read(std::uint64_t offset, std::span<std::uint8_t> into) override;
  bool reaches(std::uint64_t offset) override { return offset <= bytes_.size(); }
  std::uint64_t size() const override { return bytes_.size(); }

 private:
  std::span<const std::uint8_t> bytes_;
};

/// The inflated bytes of a raw deflate stream that begins at `start` of `compressed`. Inflates as it is read,
/// keeps a small window, and refuses (`inflate_limit`) a stream that grows beyond `limit` bytes,
/// `malformed_deflate` a broken one.
class InflatedBytes final : public ByteSource {
 public:
  InflatedBytes(ByteSource& compressed, std::uint64_t start, std::uint64_t limit);
  ~InflatedBytes() override;
  bool read(std::uint64_t offset, std::span<std::uint8_t> into) override;
  bool reaches(std::uint64_t offset) override;
  std::uint64_t size() const override { return ~std::uint64_t{0}; }

 private:
  struct Inflater;
  /// Inflates until the window covers `offset`; false at the end of the stream.
  bool advance_to(std::uint64_t offset);
  std::unique_ptr<Inflater> inflater_;
  std::uint64_t limit_;
};

}  // namespace netpet::dicom
