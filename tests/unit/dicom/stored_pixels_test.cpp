#include "dicom/stored_pixels.h"

#include <dcmtk/dcmdata/dcrleerg.h>
#include <dcmtk/dcmdata/dcrlerp.h>
#include <dcmtk/dcmjpeg/djencode.h>
#include <dcmtk/dcmjpeg/djrplol.h>
#include <dcmtk/dcmjpls/djencode.h>
#include <dcmtk/dcmjpls/djrparam.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openjpeg-2.5/openjpeg.h>

#include <array>
#include <random>
#include <type_traits>

#include "dicom/headers.h"
#include "dicom_files.h"

namespace netpet::dicom {
namespace {

using test::code_of;
using test::TestSlice;

/// A picture that is neither flat nor pure noise, over the whole range of its stored bits.
TestSlice picture(int bits_stored, int is_signed, int bits_allocated = 16) {
  TestSlice slice;
  slice.rows = 37;
  slice.columns = 53;
  slice.bits_allocated = bits_allocated;
  slice.bits_stored = bits_stored;
  slice.high_bit = bits_stored - 1;
  slice.is_signed = is_signed;
  std::minstd_rand random(7);
  for (std::size_t n = 0; n < slice.pixels(); ++n)
    slice.words.push_back(static_cast<std::uint16_t>((n * 31 + random() % 17) & ((1u << bits_stored) - 1)));
  const auto top = static_cast<std::uint16_t>((1u << bits_stored) - 1);
  slice.words[0] = top;
  slice.words[1] = static_cast<std::uint16_t>(top / 2 + 1);
  slice.words[2] = top / 2;
  slice.words[3] = 0;
  return slice;
}

/// What the stored words of a picture mean by the standard, written as arithmetic.
std::vector<double> meaning(const TestSlice& slice) {
  std::vector<double> values;
  const std::int32_t range = 1 << slice.bits_stored;
  for (const std::uint16_t word : slice.words) {
    const std::int32_t value = (word >> (slice.high_bit + 1 - slice.bits_stored)) % range;
    values.push_back(slice.is_signed != 0 && value >= range / 2 ? value - range : value);
  }
  return values;
}

std::vector<double> numbers(const Instance& instance) {
  PixelBuffer buffer;
  return std::visit([](const auto& stored) { return std::vector<double>(stored.begin(), stored.end()); },
                    read_stored_pixels(instance, buffer));
}

std::vector<double> read_back(const std::filesystem::path& file) {
  return numbers(read_header(file).images.front());
}

struct Coding {
  const char* name;
  E_TransferSyntax syntax;
  const DcmRepresentationParameter* parameter;
};

class LosslessSyntax : public testing::TestWithParam<Coding> {
 protected:
  static void SetUpTestSuite() {
    DJEncoderRegistration::registerCodecs();
    DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFFalse);  // stored bits as they are
    DcmRLEEncoderRegistration::registerCodecs();
  }
};

TEST_P(LosslessSyntax, GivesTheStoredNumbersBitForBit) {
  const test::TemporaryFolder folder;
  for (const int bits : {16, 12, 10})
    for (const int is_signed : {0, 1}) {
      const TestSlice slice = picture(bits, is_signed);
      const auto file = folder / "a.dcm";
      test::write_slice(file, slice, GetParam().syntax, GetParam().parameter);
      ASSERT_EQ(read_header(file).images.front().layout.transfer_syntax,
                DcmXfer(GetParam().syntax).getXferID());
      EXPECT_EQ(read_back(file), meaning(slice)) << bits << " bits, signed " << is_signed;
    }
}

TEST_P(LosslessSyntax, GivesEightBitPixelsBitForBit) {
  const test::TemporaryFolder folder;
  const TestSlice slice = picture(8, 0, 8);
  test::write_slice(folder / "a.dcm", slice, GetParam().syntax, GetParam().parameter);
  EXPECT_EQ(read_back(folder / "a.dcm"), meaning(slice));
}

const DcmRLERepresentationParameter rle;
const DJ_RPLossless sv1(1, 0);
const DJ_RPLossless predictor_four(4, 0);
const DJLSRepresentationParameter jpegls(0, OFTrue);
INSTANTIATE_TEST_SUITE_P(Dicom, LosslessSyntax,
                         testing::Values(Coding{"implicit", EXS_LittleEndianImplicit, nullptr},
                                         Coding{"explicit", EXS_LittleEndianExplicit, nullptr},
                                         Coding{"big_endian", EXS_BigEndianExplicit, nullptr},
                                         Coding{"deflated", EXS_DeflatedLittleEndianExplicit, nullptr},
                                         Coding{"rle", EXS_RLELossless, &rle},
                                         Coding{"jpeg_14_sv1", EXS_JPEGProcess14SV1, &sv1},
                                         Coding{"jpeg_14", EXS_JPEGProcess14, &predictor_four},
                                         Coding{"jpeg_ls", EXS_JPEGLSLossless, &jpegls}),
                         [](const auto& coding) { return std::string(coding.param.name); });

TEST(StoredPixels, KeepTheirStoredBitsWhereverTheyLieInTheWord) {
  const test::TemporaryFolder folder;
  for (const int is_signed : {0, 1}) {
    TestSlice slice = picture(12, is_signed);
    slice.high_bit = 15;  // left-aligned, with foreign bits below
    for (auto& word : slice.words) word = static_cast<std::uint16_t>(word << 4 | 5);
    test::write_slice(folder / "a.dcm", slice);
    EXPECT_EQ(read_back(folder / "a.dcm"), meaning(slice));
  }
}

/// A picture whose pixels are `values`, whatever their type.
template <class T>
TestSlice picture_of(const std::vector<T>& values, int rows, const DcmTag& tag) {
  TestSlice slice;
  slice.rows = rows;
  slice.columns = static_cast<int>(values.size()) / rows;
  slice.bits_allocated = slice.bits_stored = 8 * static_cast<int>(sizeof(T));
  slice.high_bit = slice.bits_stored - 1;
  slice.is_signed = std::is_signed_v<T> ? 1 : 0;
  slice.change = [values, tag](DcmDataset& data) {
    data.findAndDeleteElement(DCM_PixelData);
    const auto count = static_cast<unsigned long>(values.size());
    if constexpr (std::is_same_v<T, float>)
      data.putAndInsertFloat32Array(tag, values.data(), count);
    else if constexpr (std::is_same_v<T, double>)
      data.putAndInsertFloat64Array(tag, values.data(), count);
    else
      data.putAndInsertUint16Array(tag, reinterpret_cast<const Uint16*>(values.data()),
                                   static_cast<unsigned long>(values.size() * sizeof(T) / 2));
  };
  return slice;
}

constexpr std::array every_native{EXS_LittleEndianImplicit, EXS_LittleEndianExplicit,
                                  EXS_DeflatedLittleEndianExplicit};

TEST(StoredPixels, OfThirtyTwoBitsKeepTheirSignAndRange) {
  const test::TemporaryFolder folder;
  const std::vector<std::int32_t> with_sign{0, -1, 2147483647, -2147483647 - 1, 70000, -70000};
  const std::vector<std::uint32_t> without{0, 1, 2147483648u, 4294967295u, 70000, 16777217};
  for (const auto syntax : every_native) {
    test::write_slice(folder / "a", picture_of(with_sign, 2, DCM_PixelData), syntax);
    EXPECT_EQ(read_back(folder / "a"), std::vector<double>(with_sign.begin(), with_sign.end()));
    test::write_slice(folder / "b", picture_of(without, 3, DCM_PixelData), syntax);
    EXPECT_EQ(read_back(folder / "b"), std::vector<double>(without.begin(), without.end()));
  }
  DcmRLEEncoderRegistration::registerCodecs();
  const DcmRLERepresentationParameter run_lengths;
  test::write_slice(folder / "c", picture_of(with_sign, 2, DCM_PixelData), EXS_RLELossless, &run_lengths);
  EXPECT_EQ(read_back(folder / "c"), std::vector<double>(with_sign.begin(), with_sign.end()));
}

TEST(StoredPixels, OfThirtyTwoBitsMayUseFewer) {
  const test::TemporaryFolder folder;
  TestSlice slice =
      picture_of(std::vector<std::int32_t>{0x00FFFFFF, 0x00000001, 0x7F800000, 0x00800000}, 2, DCM_PixelData);
  slice.bits_stored = 24;
  slice.high_bit = 23;
  test::write_slice(folder / "a", slice);
  EXPECT_EQ(read_back(folder / "a"), (std::vector<double>{-1, 1, -8388608, -8388608}));
}

TEST(StoredPixels, OfSignedBytesAreNegativeAboveHalfTheirRange) {
  const test::TemporaryFolder folder;
  const TestSlice slice = picture(8, 1, 8);
  for (const auto syntax : {EXS_LittleEndianImplicit, EXS_LittleEndianExplicit, EXS_BigEndianExplicit}) {
    test::write_slice(folder / "a", slice, syntax);
    EXPECT_EQ(read_back(folder / "a"), meaning(slice));
  }
}

TEST(StoredPixels, MayBeRealNumbers) {
  const test::TemporaryFolder folder;
  const std::vector<float> single{0, -1.5f, 3.4e38f, 1e-30f, 0.1f, 7};
  const std::vector<double> twice{0, -1.5, 1e300, 1e-300, 0.1, 7};
  for (const auto syntax : {EXS_LittleEndianImplicit, EXS_LittleEndianExplicit, EXS_BigEndianExplicit,
                            EXS_DeflatedLittleEndianExplicit}) {
    test::write_slice(folder / "a", picture_of(single, 2, DCM_FloatPixelData), syntax);
    EXPECT_EQ(read_back(folder / "a"), std::vector<double>(single.begin(), single.end()));
    test::write_slice(folder / "b", picture_of(twice, 3, DCM_DoubleFloatPixelData), syntax);
    EXPECT_EQ(read_back(folder / "b"), twice);
  }
}

/// One JPEG 2000 code stream of a picture.
std::string jpeg2000_of(const TestSlice& slice, float ratio) {
  const auto values = meaning(slice);
  opj_image_cmptparm_t component{};
  component.dx = component.dy = 1;
  component.w = static_cast<OPJ_UINT32>(slice.columns);
  component.h = static_cast<OPJ_UINT32>(slice.rows);
  component.prec = static_cast<OPJ_UINT32>(slice.bits_stored);
  component.sgnd = static_cast<OPJ_UINT32>(slice.is_signed);
  opj_image_t* image = opj_image_create(1, &component, OPJ_CLRSPC_GRAY);
  image->x1 = component.w;
  image->y1 = component.h;
  std::transform(values.begin(), values.end(), image->comps[0].data,
                 [](double value) { return static_cast<OPJ_INT32>(value); });
  opj_cparameters_t parameters;
  opj_set_default_encoder_parameters(&parameters);
  parameters.numresolution = 3;
  parameters.tcp_numlayers = 1;
  parameters.cp_disto_alloc = 1;
  parameters.tcp_rates[0] = ratio;
  parameters.irreversible = ratio > 1 ? 1 : 0;
  opj_codec_t* codec = opj_create_compress(OPJ_CODEC_J2K);
  opj_setup_encoder(codec, &parameters, image);
  const test::TemporaryFolder folder;
  const auto file = (folder / "a.j2k").string();
  opj_stream_t* stream = opj_stream_create_default_file_stream(file.c_str(), OPJ_FALSE);
  EXPECT_TRUE(opj_start_compress(codec, image, stream) && opj_encode(codec, stream) &&
              opj_end_compress(codec, stream));
  opj_stream_destroy(stream);
  opj_destroy_codec(codec);
  opj_image_destroy(image);
  return test::read_bytes(file);
}

/// Writes a picture whose pixels are `stream`, in two fragments, under a compressed transfer syntax.
void write_encapsulated(const std::filesystem::path& file, const TestSlice& slice, std::string stream,
                        const std::string& transfer_syntax) {
  if (stream.size() % 2 != 0) stream += '\0';
  test::write_slice(file, slice);
  std::string bytes = test::read_bytes(file);
  const auto u32 = [](std::size_t value) {
    return std::string{static_cast<char>(value), static_cast<char>(value >> 8),
                       static_cast<char>(value >> 16), static_cast<char>(value >> 24)};
  };
  const FileLayout layout = examine(file);
  const std::string item("\xFE\xFF\x00\xE0", 4);
  const std::size_t half = stream.size() / 4 * 2;
  bytes.resize(layout.pixels->tag_offset);
  bytes += std::string("\xE0\x7F\x10\x00OB\0\0\xFF\xFF\xFF\xFF", 12) + item + u32(0);
  bytes += item + u32(half) + stream.substr(0, half) + item + u32(stream.size() - half) + stream.substr(half);
  bytes += std::string("\xFE\xFF\xDD\xE0\0\0\0\0", 8);
  // The meta header: the UID is longer than that of explicit little endian, "1.2.840.10008.1.2.1\0".
  std::string padded =
      transfer_syntax + (transfer_syntax.size() % 2 != 0 ? std::string(1, '\0') : std::string());
  const std::string old_value("1.2.840.10008.1.2.1\0", 20);
  const std::size_t at = bytes.find(old_value);
  ASSERT_NE(at, std::string::npos);
  bytes.replace(at, old_value.size(), padded);
  bytes[at - 2] = static_cast<char>(padded.size());
  test::write_bytes(file, bytes);
}

constexpr const char* jpeg2000_lossless = "1.2.840.10008.1.2.4.90";
constexpr const char* jpeg2000_lossy = "1.2.840.10008.1.2.4.91";

TEST(StoredPixels, OfLosslessJpeg2000AreBitExact) {
  const test::TemporaryFolder folder;
  for (const int bits : {16, 12, 8})
    for (const int is_signed : {0, 1}) {
      const TestSlice slice = picture(bits, is_signed);
      write_encapsulated(folder / "a.dcm", slice, jpeg2000_of(slice, 1), jpeg2000_lossless);
      EXPECT_EQ(read_back(folder / "a.dcm"), meaning(slice)) << bits << " bits, signed " << is_signed;
    }
}

TEST(StoredPixels, OfHighThroughputJpeg2000AreBitExact) {
  // 6 × 4 samples of 16 bits, written by OpenJPH 0.26
  const std::string stream(
      "\xFF\x4F\xFF\x51\x00\x29\x40\x00\x00\x00\x00\x06\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00"
      "\x00\x00\x00\x00\x00\x06\x00\x00\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00\x01\x0F\x01"
      "\x01\xFF\x50\x00\x08\x00\x02\x00\x00\x00\x0A\xFF\x52\x00\x0C\x00\x02\x00\x01\x00\x05\x04"
      "\x04\x40\x01\xFF\x5C\x00\x13\x20\x88\x90\x90\x90\x90\x90\x90\x90\x90\x90\x90\x90\x90\x88"
      "\x88\x88\xFF\x64\x00\x17\x00\x01\x4F\x70\x65\x6E\x4A\x50\x48\x20\x56\x65\x72\x20\x30\x2E"
      "\x32\x36\x2E\x33\x2E\xFF\x90\x00\x0A\x00\x00\x00\x00\x00\x70\x00\x01\xFF\x93\xC0\x00\x26"
      "\xEF\xFC\x05\x07\x74\x00\x00\x00\xC0\x00\x13\x00\xB2\xFD\x03\x07\x74\x00\xC0\x00\x12\xC0"
      "\x00\x15\x10\x00\x04\xC0\xF3\x02\x87\x74\x00\xF2\xA8\x1A\xFE\x00\xE2\x34\x00\x8A\xF0\x03"
      "\x87\x74\x00\xC0\x00\x2B\x60\x00\x15\xB0\x00\x0A\xC0\x00\xF8\xD0\x3D\xC4\x20\x70\x01\x08"
      "\x02\xF8\x76\x00\x53\x6A\x5D\x48\x12\xF0\x03\x00\x62\x00\xFA\xB6\x00\x00\x7C\xEF\x82\x64"
      "\xF0\x00\x28\x80\x16\x36\x00\xFF\xD9",
      229);
  TestSlice slice;
  slice.rows = 4;
  slice.columns = 6;
  slice.is_signed = 0;
  slice.words = {0,   1,   2,   1000, 4095, 4094, 7, 7, 7, 7, 2048, 3,
                 100, 200, 300, 400,  500,  600,  9, 8, 7, 6, 5,    4};
  const test::TemporaryFolder folder;
  for (const char* syntax :
       {"1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203"}) {
    write_encapsulated(folder / "a.dcm", slice, stream, syntax);
    EXPECT_EQ(read_back(folder / "a.dcm"), meaning(slice));
    EXPECT_EQ(read_header(folder / "a.dcm").images.front().lossy, std::string(syntax).ends_with("203"));
  }
}

TEST(StoredPixels, OfLossyJpeg2000AreCloseAndSaidToBeLossy) {
  const test::TemporaryFolder folder;
  TestSlice slice = picture(12, 0);
  for (std::size_t n = 0; n < slice.words.size(); ++n)
    slice.words[n] = static_cast<std::uint16_t>(1000 + n % 53);
  write_encapsulated(folder / "a.dcm", slice, jpeg2000_of(slice, 8), jpeg2000_lossy);
  const Instance instance = read_header(folder / "a.dcm").images.front();
  EXPECT_TRUE(instance.lossy);
  const auto values = numbers(instance);
  const auto truth = meaning(slice);
  for (std::size_t n = 0; n < truth.size(); ++n) ASSERT_NEAR(values[n], truth[n], 20) << n;
}

TEST(StoredPixels, RefuseJpeg2000ThatIsBrokenOrOfAnotherSize) {
  const test::TemporaryFolder folder;
  const TestSlice slice = picture(12, 0);
  const std::string stream = jpeg2000_of(slice, 1);
  const auto refusal = [&](const TestSlice& header, const std::string& pixels) {
    write_encapsulated(folder / "a.dcm", header, pixels, jpeg2000_lossless);
    return code_of([&] { read_back(folder / "a.dcm"); });
  };
  EXPECT_EQ(refusal(slice, stream), "no error");
  EXPECT_EQ(refusal(slice, stream.substr(0, stream.size() / 2)), "malformed_pixels");
  EXPECT_EQ(refusal(slice, "this is no code stream"), "malformed_pixels");
  EXPECT_EQ(refusal(slice, ""), "malformed_pixels");
  TestSlice other = slice;
  other.rows += 1;
  other.words.resize(other.pixels());
  EXPECT_EQ(refusal(other, stream), "malformed_pixels");
}

/// Flat parts, edges, a slope and noise: every mode of a coder.
TestSlice varied_picture(int bits_stored) {
  TestSlice slice = picture(bits_stored, 0);
  const unsigned top = (1u << bits_stored) - 1;
  for (std::size_t n = 0; n < slice.words.size(); ++n) {
    const std::size_t x = n % 53, y = n / 53;
    if (y < 8) slice.words[n] = static_cast<std::uint16_t>(x < 30 ? 7 : top);
    if (y >= 8 && y < 20) slice.words[n] = static_cast<std::uint16_t>((x * 3 + y) & top);
    if (y >= 20 && y < 26) slice.words[n] = static_cast<std::uint16_t>(x % 11 == 0 ? top / 3 : 0);
  }
  return slice;
}

TEST(StoredPixels, OfJpegLsWithRunsAndEdgesAreBitExact) {
  DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFFalse);
  const test::TemporaryFolder folder;
  for (const int bits : {2, 3, 6, 7, 8, 9, 12, 13, 16}) {
    const TestSlice slice = varied_picture(bits);
    test::write_slice(folder / "a", slice, EXS_JPEGLSLossless, &jpegls);
    EXPECT_EQ(read_back(folder / "a"), meaning(slice)) << bits;
  }
}

TEST(StoredPixels, OfNearLosslessJpegLsAreAsNearAsTheyWereWritten) {
  DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFFalse);
  const test::TemporaryFolder folder;
  for (const int bits : {8, 12, 16})
    for (const int near : {1, 3, 10}) {
      const TestSlice slice = varied_picture(bits);
      const DJLSRepresentationParameter lossy(static_cast<Uint16>(near), OFFalse);
      test::write_slice(folder / "a", slice, EXS_JPEGLSLossy, &lossy);
      ASSERT_TRUE(read_header(folder / "a").images.front().lossy);
      const auto values = read_back(folder / "a"), truth = meaning(slice);
      for (std::size_t n = 0; n < truth.size(); ++n) ASSERT_LE(std::abs(values[n] - truth[n]), near) << n;
    }
}

/// Decodes damaged copies of a compressed file: each gives pixels or an Error, and the process goes on.
void decode_damaged(E_TransferSyntax syntax, const DcmRepresentationParameter* parameter, int copies) {
  const test::TemporaryFolder folder;
  test::write_slice(folder / "a", varied_picture(12), syntax, parameter);
  const std::string sound = test::read_bytes(folder / "a");
  const FileLayout layout = examine(folder / "a");
  ASSERT_FALSE(layout.pixels->fragments.empty());
  const ByteRange stream = layout.pixels->fragments.front();
  std::minstd_rand random(5);
  int refused = 0;
  for (int copy = 0; copy < copies; ++copy) {
    std::string damaged = sound;
    const unsigned places = 1 + random() % 4;
    for (unsigned n = 0; n < places; ++n) {
      // Half of the damage goes to the markers, where it does most harm.
      const std::uint64_t reach =
          random() % 2 == 0 ? std::min<std::uint64_t>(stream.length, 64) : stream.length;
      damaged[stream.offset + random() % reach] =
          static_cast<char>(random() % 3 == 0 ? 0xFF : random() % 256);
    }
    test::write_bytes(folder / "b", damaged);
    if (code_of([&] { read_back(folder / "b"); }) != "no error") ++refused;
  }
  EXPECT_GT(refused, 0);
}

TEST(StoredPixels, ThatAreDamagedNeverEndTheProcess) {
  DJEncoderRegistration::registerCodecs();
  DJLSEncoderRegistration::registerCodecs(0, 0, 0, 0, OFFalse);
  DcmRLEEncoderRegistration::registerCodecs();
  decode_damaged(EXS_JPEGLSLossless, &jpegls, 500);
  decode_damaged(EXS_JPEGProcess14SV1, &sv1, 200);
  decode_damaged(EXS_RLELossless, &rle, 200);
}

TEST(StoredPixels, RefuseCompressedPixelsThatDoNotDecode) {
  const test::TemporaryFolder folder;
  for (const char* syntax : {"1.2.840.10008.1.2.5", "1.2.840.10008.1.2.4.70", "1.2.840.10008.1.2.4.80"}) {
    write_encapsulated(folder / "a.dcm", picture(12, 0), "garbage instead of a picture", syntax);
    EXPECT_THAT(code_of([&] { read_back(folder / "a.dcm"); }),
                testing::AnyOf("malformed_pixels", "truncated_pixels"))
        << syntax;
  }
}

TEST(StoredPixels, RefuseATransferSyntaxThatNobodyDecodes) {
  const test::TemporaryFolder folder;
  write_encapsulated(folder / "a.dcm", picture(12, 0), "mpeg", "1.2.840.10008.1.2.4.102");
  EXPECT_EQ(code_of([&] { read_back(folder / "a.dcm"); }), "transfer_syntax_not_supported");
}

}  // namespace
}  // namespace netpet::dicom
