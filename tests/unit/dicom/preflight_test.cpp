#include "dicom/preflight.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "dicom_bytes.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using test::DicomBytes;
using test::undefined_length;

FileLayout examine_bytes(const std::string& bytes) {
  MemoryBytes source(std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
  return examine(source);
}

std::string refusal(const std::string& bytes) {
  return code_of([&] { examine_bytes(bytes); });
}

/// A data set as a raw deflate stream.
std::string deflated(const std::string& plain) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string packed(plain.size() / 2 + 1024, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(packed.size() - stream.avail_out);
  deflateEnd(&stream);
  return packed;
}

/// The bytes of a data set without preamble and meta header.
std::string data_set_of(const DicomBytes& bytes) {
  return bytes.bytes().substr(DicomBytes("1.2.840.10008.1.2.1").bytes().size());
}

TEST(Preflight, FindsHeaderAndPixelsWithoutReadingThem) {
  DicomBytes file;
  file.short_element(8, 0x60, "CS", "PT").short_element(0x70, 2, "LO", "ab");
  const std::size_t pixels_at = file.bytes().size();
  file.long_head(0x7FE0, 0x10, "OW", 4).raw("abcd");
  const FileLayout layout = examine_bytes(file.bytes());
  ASSERT_TRUE(layout.pixels);
  EXPECT_EQ(layout.header.end(), pixels_at);
  EXPECT_EQ(layout.leading.length, 10u);
  EXPECT_EQ(layout.pixels->native.offset, pixels_at + 12);
  EXPECT_EQ(layout.pixels->native.length, 4u);
  EXPECT_EQ(layout.pixels->completeness, Completeness::whole);
}

TEST(Preflight, RefusesWhatIsNotDicom) {
  EXPECT_EQ(refusal(""), "not_dicom");
  EXPECT_EQ(refusal("hello"), "not_dicom");
  EXPECT_EQ(refusal(std::string(4096, 'x')), "not_dicom");
  EXPECT_EQ(refusal(std::string(4096, '\0')), "not_dicom");
}

TEST(Preflight, AcceptsAMissingPreambleAndAMissingMetaHeader) {
  DicomBytes file;
  file.short_element(8, 5, "CS", "ISO_IR 100").short_element(8, 0x60, "CS", "PT");
  EXPECT_EQ(examine_bytes(file.bytes().substr(132)).transfer_syntax, "1.2.840.10008.1.2.1");
  EXPECT_EQ(examine_bytes(data_set_of(file)).vr_encoding, VrEncoding::explicit_vr);
  DicomBytes bare("");
  const std::size_t start = bare.bytes().size();
  bare.head(8, 5, 10).raw("ISO_IR 100").head(8, 0x60, 2).raw("PT");
  EXPECT_EQ(examine_bytes(bare.bytes().substr(start)).vr_encoding, VrEncoding::implicit_vr);
}

TEST(Preflight, StopsAtTwoHundredThousandNestedSequencesOfAnyEncoding) {
  DicomBytes explicit_open, explicit_closed, implicit_open;
  for (int n = 0; n < 200'000; ++n) {
    explicit_open.long_head(8, 0x1140, "SQ", undefined_length).head(0xFFFE, 0xE000, undefined_length);
    explicit_closed.long_head(8, 0x1140, "UN", undefined_length).head(0xFFFE, 0xE000, undefined_length);
  }
  DicomBytes implicit_file("1.2.840.10008.1.2");
  for (int n = 0; n < 200'000; ++n)
    implicit_file.head(8, 0x1140, undefined_length).head(0xFFFE, 0xE000, undefined_length);
  EXPECT_EQ(refusal(explicit_open.bytes()), "nesting_too_deep");
  EXPECT_EQ(refusal(implicit_file.bytes()), "nesting_too_deep");
  // Below a sequence of unknown VR everything is implicit: the next head is no element of 8 + 8 bytes.
  EXPECT_NE(refusal(explicit_closed.bytes()), "no error");
}

TEST(Preflight, StopsAtDeepNestingWithDeclaredLengthsInImplicitFiles) {
  constexpr std::uint32_t levels = 200'000;
  DicomBytes file("1.2.840.10008.1.2");
  for (std::uint32_t n = 0; n < levels; ++n) {
    const std::uint32_t inside = 16 * (levels - n - 1) + 8;
    file.head(8, 0x1140, inside).head(0xFFFE, 0xE000, inside - 8);
  }
  EXPECT_EQ(refusal(file.bytes()), "nesting_too_deep");
}

TEST(Preflight, AcceptsTheNestingOfRealObjects) {
  DicomBytes file;
  for (int n = 0; n < 20; ++n)
    file.long_head(8, 0x1140, "SQ", undefined_length).head(0xFFFE, 0xE000, undefined_length);
  for (int n = 0; n < 20; ++n) file.head(0xFFFE, 0xE00D, 0).head(0xFFFE, 0xE0DD, 0);
  file.short_element(8, 0x60, "CS", "PT");
  EXPECT_EQ(refusal(file.bytes()), "no error");
}

TEST(Preflight, RefusesADeclaredLengthOfFourGigabytes) {
  EXPECT_EQ(refusal(DicomBytes().long_head(9, 0x1010, "OB", 0xFFFFFFFE).raw("abcd").bytes()),
            "length_exceeds_file");
  EXPECT_EQ(refusal(DicomBytes().long_head(8, 0x1140, "SQ", 0xFFFFFFFE).bytes()), "length_exceeds_file");
  EXPECT_EQ(refusal(DicomBytes("1.2.840.10008.1.2").head(8, 0x60, 0xFFFFFFFE).bytes()),
            "length_exceeds_file");
}

TEST(Preflight, RefusesAnElementThatOutgrowsItsSequence) {
  DicomBytes file;
  file.long_head(8, 0x1140, "SQ", 16)
      .head(0xFFFE, 0xE000, 8)
      .short_element(8, 0x60, "CS", "0123456789012345");
  EXPECT_EQ(refusal(file.bytes()), "length_exceeds_parent");
}

TEST(Preflight, RefusesAFileThatEndsInsideItsHeader) {
  EXPECT_EQ(refusal(DicomBytes().short_element(8, 0x60, "CS", "PT").raw("\x08").bytes()), "truncated");
  EXPECT_EQ(refusal(DicomBytes().long_head(8, 0x1140, "SQ", undefined_length).bytes()), "truncated");
  EXPECT_EQ(refusal(DicomBytes().bytes()), "truncated");
}

TEST(Preflight, AcceptsZeroPaddingAtTheEnd) {
  EXPECT_EQ(refusal(DicomBytes().short_element(8, 0x60, "CS", "PT").raw(std::string(3, '\0')).bytes()),
            "no error");
}

TEST(Preflight, RefusesDelimitersAndItemsWhereNoneBelong) {
  EXPECT_EQ(refusal(DicomBytes().head(0xFFFE, 0xE000, 8).bytes()), "malformed_structure");
  EXPECT_EQ(refusal(DicomBytes().head(0xFFFE, 0xE0DD, 0).bytes()), "malformed_structure");
  DicomBytes no_item;
  no_item.long_head(8, 0x1140, "SQ", 10).short_element(8, 0x60, "CS", "PT");
  EXPECT_EQ(refusal(no_item.bytes()), "malformed_structure");
  EXPECT_EQ(refusal(DicomBytes().long_head(9, 0x1010, "OB", undefined_length).raw("12345678").bytes()),
            "undefined_length");
}

TEST(Preflight, NotesPixelsThatAreCutShort) {
  DicomBytes file;
  file.short_element(8, 0x60, "CS", "PT").long_head(0x7FE0, 0x10, "OW", 1000).raw("abcd");
  const FileLayout layout = examine_bytes(file.bytes());
  ASSERT_TRUE(layout.pixels);
  EXPECT_EQ(layout.pixels->completeness, Completeness::cut_short);
}

TEST(Preflight, ListsTheFragmentsOfCompressedPixels) {
  DicomBytes file("1.2.840.10008.1.2.5");
  file.long_head(0x7FE0, 0x10, "OB", undefined_length).head(0xFFFE, 0xE000, 0);
  file.head(0xFFFE, 0xE000, 4).raw("abcd").head(0xFFFE, 0xE000, 2).raw("ef").head(0xFFFE, 0xE0DD, 0);
  const FileLayout layout = examine_bytes(file.bytes());
  ASSERT_TRUE(layout.pixels);
  ASSERT_EQ(layout.pixels->fragments.size(), 2u);
  EXPECT_EQ(layout.pixels->fragments[1].length, 2u);
  const FileLayout cut = examine_bytes(file.bytes().substr(0, file.bytes().size() - 9));
  EXPECT_EQ(cut.pixels->completeness, Completeness::cut_short);
}

TEST(Preflight, RefusesADeflatedValueBeyondTheLimitBeforeInflatingIt) {
  DicomBytes inside;
  inside.long_head(9, 0x1010, "OB", 600u << 20).raw(std::string(1024, '\0'));
  EXPECT_EQ(refusal(DicomBytes("1.2.840.10008.1.2.1.99").raw(deflated(data_set_of(inside))).bytes()),
            "inflate_limit");
}

TEST(InflatedBytes, StopAtTheirLimit) {
  const std::string packed = deflated(std::string(8u << 20, '\0'));
  MemoryBytes source(std::span(reinterpret_cast<const std::uint8_t*>(packed.data()), packed.size()));
  InflatedBytes bytes(source, 0, 1u << 20);
  EXPECT_TRUE(bytes.reaches(1u << 19));
  EXPECT_EQ(code_of([&] { bytes.reaches(2u << 20); }), "inflate_limit");
  InflatedBytes whole(source, 0, 8u << 20);
  EXPECT_TRUE(whole.reaches(8u << 20));
}

TEST(Preflight, WalksDeflatedDataAndRefusesBrokenOnes) {
  DicomBytes inside;
  inside.short_element(8, 0x60, "CS", "PT")
      .long_head(0x7FE0, 0x10, "OW", 200'000)
      .raw(std::string(200'000, 'p'));
  const FileLayout layout =
      examine_bytes(DicomBytes("1.2.840.10008.1.2.1.99").raw(deflated(data_set_of(inside))).bytes());
  EXPECT_EQ(layout.pixels->native.length, 200'000u);
  EXPECT_EQ(refusal(DicomBytes("1.2.840.10008.1.2.1.99").raw("this is no deflate stream").bytes()),
            "malformed_deflate");
}

TEST(Preflight, RefusesPrivateTransferSyntaxesByName) {
  EXPECT_EQ(refusal(DicomBytes("1.2.840.113619.5.2").short_element(8, 0x60, "CS", "PT").bytes()),
            "transfer_syntax_not_supported");
}

TEST(Preflight, EndsOnEveryTruncationAndEveryChangedByteOfARealFile) {
  const test::TemporaryFolder folder;
  test::write_slice(folder / "a.dcm", test::TestSlice());
  const std::string whole = test::read_bytes(folder / "a.dcm");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    try {
      const FileLayout layout = examine_bytes(whole.substr(0, length));
      ASSERT_LE(layout.header.end(), length);
    } catch (const base::Error& error) {
      ASSERT_EQ(error.kind(), base::ErrorKind::input) << length;
    }
  }
  for (std::size_t at = 132; at < whole.size(); ++at) {
    std::string changed = whole;
    changed[at] = static_cast<char>(~changed[at]);
    try {
      const FileLayout layout = examine_bytes(changed);
      ASSERT_LE(layout.header.end(), whole.size());
    } catch (const base::Error& error) {
      ASSERT_EQ(error.kind(), base::ErrorKind::input) << at;
    }
  }
}

}  // namespace
}  // namespace netpet::dicom
