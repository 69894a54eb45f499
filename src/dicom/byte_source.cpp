#include "dicom/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace netpet::dicom {
namespace {

// One page more than a usual PET header, so that most headers take two reads.
constexpr std::size_t file_window_bytes = 16384;
constexpr std::size_t inflate_chunk_bytes = 65536;

/// Reads until `into` is full, the file ends or the system fails; returns how many bytes came.
std::size_t read_at(int descriptor, std::uint64_t offset, std::span<std::uint8_t> into) {
  std::size_t done = 0;
  while (done < into.size()) {
    const ssize_t got =
        pread(descriptor, into.data() + done, into.size() - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

base::Error beyond_limit() {
  return base::Error::input(
      "inflate_limit", "the deflated data set grows beyond what one image can need; export it uncompressed");
}

}  // namespace

FileBytes::FileBytes(const std::filesystem::path& file) : file_(file) {
  descriptor_ = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  if (descriptor_ < 0 || fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) {
    const std::string reason = descriptor_ < 0 ? std::strerror(errno) : "it is not a regular file";
    if (descriptor_ >= 0) close(descriptor_);
    throw base::Error::input("file_unreadable", "cannot open the file: " + reason).in_file(file.string());
  }
  constexpr std::int64_t ns_a_second = 1'000'000'000;
  stamp_ = {status.st_dev, status.st_ino, static_cast<std::uint64_t>(status.st_size),
            status.st_mtim.tv_sec * ns_a_second + status.st_mtim.tv_nsec};
}

FileBytes::~FileBytes() {
  close(descriptor_);
}

bool FileBytes::read(std::uint64_t offset, std::span<std::uint8_t> into) {
  if (offset > size() || into.size() > size() - offset) return false;
  const bool in_window = offset >= window_offset_ && offset + into.size() <= window_offset_ + window_.size();
  if (!in_window) {
    window_.resize(std::max(into.size(), file_window_bytes));
    window_offset_ = offset;
    window_.resize(read_at(descriptor_, offset, window_));
    if (window_.size() < into.size()) return false;
  }
  std::memcpy(into.data(), window_.data() + (offset - window_offset_), into.size());
  return true;
}

void FileBytes::read_past_window(std::uint64_t offset, std::span<std::uint8_t> into) const {
  if (offset > size() || into.size() > size() - offset || read_at(descriptor_, offset, into) != into.size())
    throw base::Error::input("truncated", "the file ends before its data do; copy or export it again")
        .in_file(file_.string());
}

bool MemoryBytes::read(std::uint64_t offset, std::span<std::uint8_t> into) {
  if (offset > bytes_.size() || into.size() > bytes_.size() - offset) return false;
  if (!into.empty()) std::memcpy(into.data(), bytes_.data() + offset, into.size());
  return true;
}

struct InflatedBytes::Inflater {
  Inflater(ByteSource& source, std::uint64_t start) : compressed(source), position(start) {
    base::check(inflateInit2(&stream, -MAX_WBITS) == Z_OK, "zlib does not start");
  }
  ~Inflater() { inflateEnd(&stream); }

  /// Feeds zlib with the next compressed bytes; false at the end of the file.
  bool refill() {
    const std::uint64_t left = compressed.size() - std::min(position, compressed.size());
    const std::size_t count = std::min<std::uint64_t>(left, input.size());
    if (count == 0 || !compressed.read(position, std::span(input).first(count))) return false;
    position += count;
    stream.next_in = input.data();
    stream.avail_in = static_cast<uInt>(count);
    return true;
  }

  ByteSource& compressed;
  std::uint64_t position;
  z_stream stream{};
  std::array<std::uint8_t, inflate_chunk_bytes> input;
  std::vector<std::uint8_t> window;  ///< inflated bytes [window_start, window_start + size)
  std::uint64_t window_start = 0;
  bool ended = false;
};

InflatedBytes::InflatedBytes(ByteSource& compressed, std::uint64_t start, std::uint64_t limit)
    : inflater_(std::make_unique<Inflater>(compressed, start)), limit_(limit) {}

InflatedBytes::~InflatedBytes() = default;

bool InflatedBytes::advance_to(std::uint64_t offset) {
  Inflater& in = *inflater_;
  while (in.window_start + in.window.size() < offset) {
    if (in.ended) return false;
    if (in.stream.avail_in == 0 && !in.refill()) return false;
    // What lies before the last chunk is never asked for again.
    if (in.window.size() > inflate_chunk_bytes) {
      const std::size_t dropped = in.window.size() - inflate_chunk_bytes;
      in.window.erase(in.window.begin(), in.window.begin() + static_cast<std::ptrdiff_t>(dropped));
      in.window_start += dropped;
    }
    const std::size_t kept = in.window.size();
    in.window.resize(kept + inflate_chunk_bytes);
    in.stream.next_out = in.window.data() + kept;
    in.stream.avail_out = static_cast<uInt>(inflate_chunk_bytes);
    const int state = inflate(&in.stream, Z_NO_FLUSH);
    in.window.resize(in.window.size() - in.stream.avail_out);
    if (state == Z_STREAM_END) in.ended = true;
    if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
      throw base::Error::input("malformed_deflate", "the deflated data set is broken; export it again");
    if (in.window_start + in.window.size() > limit_) throw beyond_limit();
  }
  return true;
}

bool InflatedBytes::reaches(std::uint64_t offset) {
  // A value that claims to go beyond the limit is refused before inflating up to it.
  if (offset > limit_) throw beyond_limit();
  return advance_to(offset);
}

bool InflatedBytes::read(std::uint64_t offset, std::span<std::uint8_t> into) {
  const Inflater& in = *inflater_;
  if (!reaches(offset + into.size())) return false;
  base::check(offset >= in.window_start, "inflated bytes are read forwards only");
  std::memcpy(into.data(), in.window.data() + (offset - in.window_start), into.size());
  return true;
}

}  // namespace netpet::dicom
