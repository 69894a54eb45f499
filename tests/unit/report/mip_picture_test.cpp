#include "report/mip_picture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "made_up_reading.h"
#include "report/palette.h"

namespace netpet::report {
namespace {

TEST(MipPicture, TheGreyScaleIsInvertedLinearAndEndsAtTheTopOfTheWindow) {
  EXPECT_EQ(grey_of(0, kSstrWindow), 255);
  EXPECT_EQ(grey_of(7.5F, kSstrWindow), 128);
  EXPECT_EQ(grey_of(15, kSstrWindow), 0);
  EXPECT_EQ(grey_of(80, kSstrWindow), 0);
  EXPECT_EQ(grey_of(-1, kSstrWindow), 255);
  EXPECT_EQ(grey_of(3.5F, kFdgWindow), 128);
}

TEST(MipPicture, TheBarIsMarkedFromZeroToThePublishedTops) {
  EXPECT_THAT(bar_values(kSstrWindow), ::testing::ElementsAre(0, 3, 6, 9, 12, 15));
  EXPECT_THAT(bar_values(kFdgWindow), ::testing::ElementsAre(0, 1, 2, 3, 4, 5, 6, 7));
}

TEST(MipPicture, EveryLesionGetsARingOfTheColourOfItsClass) {
  const record::Reading reading = testing::made_up_reading();
  const auto volume = testing::made_up_pet(reading, record::Role::sstr, 10);
  const image::Mip mip = image::project_maximum(volume, image::MipView::coronal, 1.0, base::Run());
  MipPanel panel{mip, kSstrWindow, "SSTR", "", "SUVbw g/mL", {}};
  const DrawnPanel bare = draw_panel(panel);
  panel.marks = {{"L1", {52, 4, 262}, nullptr, LesionClass::fdg_only}};
  const DrawnPanel marked = draw_panel(panel);
  const auto count = [](const image::Picture& picture, Colour colour) {
    std::size_t pixels = 0;
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) {
        const std::uint8_t* sample = picture.at(x, y);
        if (sample[0] == colour.red && sample[1] == colour.green && sample[2] == colour.blue) ++pixels;
      }
    return pixels;
  };
  EXPECT_EQ(count(bare.picture, colour_of(LesionClass::fdg_only)), 0U);
  EXPECT_GT(count(marked.picture, colour_of(LesionClass::fdg_only)), 50U);
  EXPECT_EQ(marked.unnumbered, 0U);
}

TEST(MipPicture, LesionsWithoutRoomForANumberAreCounted) {
  const record::Reading reading = testing::made_up_reading();
  const auto volume = testing::made_up_pet(reading, record::Role::sstr, 20);
  const image::Mip mip = image::project_maximum(volume, image::MipView::coronal, 2.0, base::Run());
  MipPanel panel{mip, kSstrWindow, "SSTR", "", "SUVbw g/mL", {}};
  for (int i = 1; i <= 500; ++i)
    panel.marks.push_back(
        {"L" + std::to_string(i), {0, 0, double(i % 300) - 150}, nullptr, LesionClass::both});
  const DrawnPanel drawn = draw_panel(panel);
  EXPECT_EQ(drawn.unnumbered, 500 - 2 * static_cast<std::size_t>(mip.height / 40));
}

TEST(MipPicture, ALesionOutsideTheFieldOfViewIsLeftOut) {
  const record::Reading reading = testing::made_up_reading();
  const auto volume = testing::made_up_pet(reading, record::Role::sstr, 20);
  const image::Mip mip = image::project_maximum(volume, image::MipView::coronal, 2.0, base::Run());
  MipPanel panel{mip, kSstrWindow, "SSTR", "", "SUVbw g/mL", {}};
  const DrawnPanel bare = draw_panel(panel);
  panel.marks = {{"L1", {0, 0, 5000}, nullptr, LesionClass::both}};
  EXPECT_EQ(draw_panel(panel).picture.samples, bare.picture.samples);
}

TEST(MipPicture, ATitleThatIsNotUtf8IsDrawnAllTheSame) {
  const record::Reading reading = testing::made_up_reading();
  const auto volume = testing::made_up_pet(reading, record::Role::fdg, 20);
  const image::Mip mip = image::project_maximum(volume, image::MipView::sagittal, 2.0, base::Run());
  const DrawnPanel drawn = draw_panel({mip, kFdgWindow, "FDG \xFF\xFE <b>", "\x1B[0m", "SUVbw g/mL", {}});
  EXPECT_GT(drawn.picture.height, mip.height);
}

}  // namespace
}  // namespace netpet::report
