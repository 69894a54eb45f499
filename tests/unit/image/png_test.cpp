#include "image/png.h"

#include <gtest/gtest.h>
#include <png.h>

#include "base/error.h"

namespace netpet::image {
namespace {

Picture checked(int channels) {
  Picture picture(37, 19, channels);
  for (std::size_t i = 0; i < picture.samples.size(); ++i)
    picture.samples[i] = static_cast<std::uint8_t>(i * 37 % 251);
  return picture;
}

Picture decode(const std::string& bytes, int channels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  EXPECT_TRUE(png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()));
  image.format = channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  Picture picture(static_cast<int>(image.width), static_cast<int>(image.height), channels);
  EXPECT_TRUE(png_image_finish_read(&image, nullptr, picture.samples.data(), 0, nullptr));
  return picture;
}

TEST(Png, AGreyAndAColourPictureComeBackAsTheyWere) {
  for (const int channels : {1, 3}) {
    const Picture picture = checked(channels);
    const Picture back = decode(encode_png(picture), channels);
    EXPECT_EQ(back.width, picture.width);
    EXPECT_EQ(back.height, picture.height);
    EXPECT_EQ(back.samples, picture.samples);
  }
}

TEST(Png, TheSamePictureGivesTheSameBytes) {
  EXPECT_EQ(encode_png(checked(3)), encode_png(checked(3)));
}

TEST(Png, SamplesThatDoNotFillThePictureAreOurBug) {
  Picture picture = checked(3);
  picture.samples.pop_back();
  EXPECT_THROW(encode_png(picture), base::Error);
}

}  // namespace
}  // namespace netpet::image
