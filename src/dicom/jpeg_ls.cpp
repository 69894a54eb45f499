#include "dicom/jpeg_ls.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>

#include "base/error.h"

// The usual library ends the process on a stream that breaks one of its assertions, which a damaged or
// hostile file can do. Names of variables are those of T.87, annex A.
namespace netpet::dicom {
namespace {

base::Error malformed() {
  return base::Error::input("malformed_pixels",
                            "the JPEG-LS pixels are broken or of another size; export them again");
}

int ceil_log2(int value) {
  int bits = 0;
  while ((1 << bits) < value) ++bits;
  return bits;
}

/// Big-endian numbers of the marker segments.
class Segments {
 public:
  explicit Segments(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  int u8() {
    if (at_ >= bytes_.size()) throw malformed();
    return bytes_[at_++];
  }
  int u16() {
    const int high = u8();
    return high << 8 | u8();
  }
  /// The code after the next 0xFF, which must stand here.
  int marker() {
    if (u8() != 0xFF) throw malformed();
    int code = u8();
    while (code == 0xFF) code = u8();
    return code;
  }
  /// The content of a segment.
  Segments segment() {
    const int length = u16() - 2;
    if (length < 0 || static_cast<std::size_t>(length) > bytes_.size() - at_) throw malformed();
    const Segments content(bytes_.subspan(at_, static_cast<std::size_t>(length)));
    at_ += static_cast<std::size_t>(length);
    return content;
  }
  std::span<const std::uint8_t> rest() const { return bytes_.subspan(at_); }

 private:
  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
};

/// Bits of the entropy-coded segment: the byte after 0xFF holds seven, and a marker there ends it.
class Bits {
 public:
  explicit Bits(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  int bit() { return bits(1); }
  /// At most 16 bits as a number.
  int bits(int count) {
    if (count == 0) return 0;
    if (held_ < count) refill();
    if (held_ < count) throw malformed();
    const auto value = static_cast<int>(window_ >> (64 - count));
    drop(count);
    return value;
  }
  /// Zeros before the next one, which is taken too; more than `most` break the stream.
  int zeros(int most) {
    for (int count = 0;;) {
      if (held_ == 0) refill();
      const int here = std::min(std::countl_zero(window_), held_);
      count += here;
      if (held_ == 0 || count > most) throw malformed();
      const bool ends = here < held_;
      drop(ends ? here + 1 : here);
      if (ends) return count;
    }
  }

 private:
  void drop(int count) {
    window_ <<= count;
    held_ -= count;
  }
  void refill() {
    constexpr int enough = 48;
    while (held_ <= enough && at_ < bytes_.size()) {
      const std::uint8_t byte = bytes_[at_];
      if (after_ff_ && byte > 0x7F) return;
      const int width = after_ff_ ? 7 : 8;
      window_ |= std::uint64_t{byte} << (64 - width - held_);
      held_ += width;
      after_ff_ = byte == 0xFF;
      ++at_;
    }
  }

  std::span<const std::uint8_t> bytes_;
  std::size_t at_ = 0;
  std::uint64_t window_ = 0;  ///< the next bits, from the top
  int held_ = 0;
  bool after_ff_ = false;
};

/// What the marker segments say.
struct Parameters {
  int precision = 0, near = 0;
  int maxval = 0, t1 = 0, t2 = 0, t3 = 0, reset = 0;  ///< 0: the default
};

int clamp_threshold(int value, int least, int maxval) {
  return value > maxval || value < least ? least : value;
}

/// T.87 C.2.4.1.1.
void fill_defaults(Parameters& p) {
  if (p.maxval == 0) p.maxval = (1 << p.precision) - 1;
  constexpr int basic_t1 = 3, basic_t2 = 7, basic_t3 = 21;
  int t1 = 0, t2 = 0, t3 = 0;
  if (p.maxval >= 128) {
    const int factor = (std::min(p.maxval, 4095) + 128) / 256;
    t1 = factor * (basic_t1 - 2) + 2 + 3 * p.near;
    t2 = factor * (basic_t2 - 3) + 3 + 5 * p.near;
    t3 = factor * (basic_t3 - 4) + 4 + 7 * p.near;
  } else {
    const int factor = 256 / (p.maxval + 1);
    t1 = std::max(2, basic_t1 / factor + 3 * p.near);
    t2 = std::max(3, basic_t2 / factor + 5 * p.near);
    t3 = std::max(4, basic_t3 / factor + 7 * p.near);
  }
  if (p.t1 == 0) p.t1 = clamp_threshold(t1, p.near + 1, p.maxval);
  if (p.t2 == 0) p.t2 = clamp_threshold(t2, p.t1, p.maxval);
  if (p.t3 == 0) p.t3 = clamp_threshold(t3, p.t2, p.maxval);
  if (p.reset == 0) p.reset = 64;
  const bool sound = p.maxval < 1 << p.precision && p.near <= std::min(255, p.maxval / 2) && p.t1 > p.near &&
                     p.t1 <= p.t2 && p.t2 <= p.t3 && p.t3 <= p.maxval && p.reset >= 3 &&
                     p.reset <= std::max(255, p.maxval);
  if (!sound) throw malformed();
}

void read_frame(Segments content, Parameters& p, int columns, int rows) {
  p.precision = content.u8();
  const bool same_size = content.u16() == rows && content.u16() == columns;
  if (!same_size || content.u8() != 1 || p.precision < 2 || p.precision > 16) throw malformed();
}

void read_presets(Segments content, Parameters& p) {
  constexpr int coding_parameters = 1;
  if (content.u8() != coding_parameters) throw malformed();
  p.maxval = content.u16();
  p.t1 = content.u16();
  p.t2 = content.u16();
  p.t3 = content.u16();
  p.reset = content.u16();
}

void read_scan(Segments content, Parameters& p) {
  if (content.u8() != 1) throw malformed();
  content.u8();  // which component
  const int table = content.u8();
  p.near = content.u8();
  const int interleave = content.u8(), point_transform = content.u8();
  if (table != 0 || interleave != 0 || point_transform != 0) throw malformed();
}

/// Reads up to the scan; returns the bytes of the pixels.
std::span<const std::uint8_t> read_markers(std::span<const std::uint8_t> stream, Parameters& p, int columns,
                                           int rows) {
  constexpr int soi = 0xD8, sof = 0xF7, lse = 0xF8, sos = 0xDA, first_application = 0xE0, comment = 0xFE;
  Segments segments(stream);
  if (segments.marker() != soi) throw malformed();
  for (bool has_frame = false;;) {
    const int marker = segments.marker();
    const bool skipped =
        (marker >= first_application && marker < first_application + 16) || marker == comment;
    if (marker != sof && marker != lse && marker != sos && !skipped) throw malformed();
    const Segments content = segments.segment();
    if (marker == sof) {
      if (has_frame) throw malformed();
      read_frame(content, p, columns, rows);
      has_frame = true;
    } else if (marker == lse) {
      read_presets(content, p);
    } else if (marker == sos) {
      if (!has_frame) throw malformed();
      read_scan(content, p);
      fill_defaults(p);
      return segments.rest();
    }
  }
}

struct Context {
  std::int64_t a = 0;  ///< a hostile stream adds 2^16 up to 2^16 times
  int b = 0, c = 0, n = 1;
  int negative = 0;  ///< Nn, of the two contexts that end a run
};

constexpr std::array<int, 32> run_order{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,  2,  3,  3,  3,  3,
                                        4, 4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 15};

class Decoder {
 public:
  Decoder(const Parameters& p, std::span<const std::uint8_t> bytes) : p_(p), bits_(bytes) {
    range_ = (p.maxval + 2 * p.near) / (2 * p.near + 1) + 1;
    qbpp_ = ceil_log2(range_);
    const int bpp = std::max(2, ceil_log2(p.maxval + 1));
    limit_ = 2 * (bpp + std::max(8, bpp));
    for (Context& context : contexts_) context.a = std::max(2, (range_ + 32) / 64);
    for (Context& context : run_contexts_) context.a = std::max(2, (range_ + 32) / 64);
  }

  std::vector<std::uint16_t> decode(int columns, int rows) {
    const auto width = static_cast<std::size_t>(columns);
    std::vector<std::uint16_t> samples(width * static_cast<std::size_t>(rows));
    // One sample more at either end of a line.
    std::vector<int> above(width + 2), line(width + 2);
    for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
      line[0] = above[1];
      above[width + 1] = above[width];
      decode_line(above, line, width);
      std::transform(line.begin() + 1, line.end() - 1,
                     samples.begin() + static_cast<std::ptrdiff_t>(row * width),
                     [](int value) { return static_cast<std::uint16_t>(value); });
      above.swap(line);
    }
    return samples;
  }

 private:
  void decode_line(const std::vector<int>& above, std::vector<int>& line, std::size_t width) {
    for (std::size_t x = 1; x <= width;) {
      const int ra = line[x - 1], rb = above[x], rc = above[x - 1], rd = above[x + 1];
      const int d1 = rd - rb, d2 = rb - rc, d3 = rc - ra;
      if (std::abs(d1) <= p_.near && std::abs(d2) <= p_.near && std::abs(d3) <= p_.near) {
        x += decode_run(above, line, x, width);
      } else {
        line[x++] = decode_regular(81 * quantised(d1) + 9 * quantised(d2) + quantised(d3), ra, rb, rc);
      }
    }
  }

  int quantised(int difference) const {
    const int size = std::abs(difference);
    const int step = size <= p_.near ? 0 : size < p_.t1 ? 1 : size < p_.t2 ? 2 : size < p_.t3 ? 3 : 4;
    return difference < 0 ? -step : step;
  }

  int golomb(int k, int limit) {
    const int high = bits_.zeros(limit);
    if (high >= limit - qbpp_ - 1) return bits_.bits(qbpp_) + 1;
    return (high << k) + bits_.bits(k);
  }

  static int golomb_order(std::int64_t n, std::int64_t a) {
    int k = 0;
    while ((n << k) < a) ++k;
    if (k > 16) throw malformed();  // the mean of errors of 16 bits
    return k;
  }

  /// Prediction and error to a sample.
  int reconstructed(int predicted, int error) const {
    const int step = 2 * p_.near + 1;
    int value = predicted + error * step;
    if (value < -p_.near)
      value += range_ * step;
    else if (value > p_.maxval + p_.near)
      value -= range_ * step;
    return std::clamp(value, 0, p_.maxval);
  }

  int decode_regular(int q, int ra, int rb, int rc) {
    const int sign = q < 0 ? -1 : 1;
    Context& context = contexts_[static_cast<std::size_t>(std::abs(q))];
    int predicted = rc >= std::max(ra, rb)   ? std::min(ra, rb)
                    : rc <= std::min(ra, rb) ? std::max(ra, rb)
                                             : ra + rb - rc;
    predicted = std::clamp(predicted + sign * context.c, 0, p_.maxval);
    const int k = golomb_order(context.n, context.a);
    const int mapped = golomb(k, limit_);
    const bool turned = p_.near == 0 && k == 0 && 2 * context.b <= -context.n;
    int error = mapped % 2 == 0 ? mapped / 2 : -(mapped + 1) / 2;
    if (turned) error = -error - 1;
    if (std::abs(error) > range_) throw malformed();
    update(context, error);
    return reconstructed(predicted, sign * error);
  }

  void update(Context& context, int error) const {
    context.b += error * (2 * p_.near + 1);
    context.a += std::abs(error);
    if (context.n == p_.reset) {
      context.a >>= 1;
      context.b = context.b >= 0 ? context.b >> 1 : -((1 - context.b) >> 1);
      context.n >>= 1;
    }
    ++context.n;
    if (context.b <= -context.n) {
      context.b = std::max(context.b + context.n, 1 - context.n);
      context.c = std::max(context.c - 1, -128);
    } else if (context.b > 0) {
      context.b = std::min(context.b - context.n, 0);
      context.c = std::min(context.c + 1, 127);
    }
  }

  /// A run and the sample that ends it; returns how many samples that were.
  std::size_t decode_run(const std::vector<int>& above, std::vector<int>& line, std::size_t x,
                         std::size_t width) {
    const std::size_t left = width - x + 1;
    const int ra = line[x - 1];
    std::size_t length = 0;
    while (length < left && bits_.bit() == 1) {
      const std::size_t block = std::size_t{1} << run_order[run_index_];
      length += block;
      if (length <= left) run_index_ = std::min<std::size_t>(run_index_ + 1, run_order.size() - 1);
      if (length >= left) {
        std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(x), left, ra);
        return left;
      }
    }
    length += static_cast<std::size_t>(bits_.bits(run_order[run_index_]));
    if (length >= left) throw malformed();
    std::fill_n(line.begin() + static_cast<std::ptrdiff_t>(x), length, ra);
    line[x + length] = decode_end_of_run(ra, above[x + length]);
    if (run_index_ > 0) --run_index_;
    return length + 1;
  }

  int decode_end_of_run(int ra, int rb) {
    const int type = std::abs(ra - rb) <= p_.near ? 1 : 0;
    Context& context = run_contexts_[static_cast<std::size_t>(type)];
    const int k = golomb_order(context.n, type == 0 ? context.a : context.a + (context.n >> 1));
    const int mapped = golomb(k, limit_ - run_order[run_index_] - 1);
    const int twice = mapped + type, odd = twice & 1;
    const int size = (twice + odd) / 2;
    const bool is_negative = (k != 0 || 2 * context.negative >= context.n) == (odd == 1);
    if (size > range_) throw malformed();
    const int error = is_negative ? -size : size;
    if (error < 0) ++context.negative;
    context.a += (mapped + 1 - type) >> 1;
    if (context.n == p_.reset) {
      context.a >>= 1;
      context.n >>= 1;
      context.negative >>= 1;
    }
    ++context.n;
    return type == 1 ? reconstructed(ra, error) : reconstructed(rb, ra > rb ? -error : error);
  }

  Parameters p_;
  Bits bits_;
  int range_ = 0, qbpp_ = 0, limit_ = 0;
  std::array<Context, 365> contexts_;
  std::array<Context, 2> run_contexts_{};
  std::size_t run_index_ = 0;
};

}  // namespace

JpegLsImage decode_jpeg_ls(std::span<const std::uint8_t> stream, int columns, int rows) {
  Parameters parameters;
  const auto pixels = read_markers(stream, parameters, columns, rows);
  Decoder decoder(parameters, pixels);
  return {decoder.decode(columns, rows), parameters.precision};
}

}  // namespace netpet::dicom
