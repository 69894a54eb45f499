#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/instant.h"
#include "dicom/attributes.h"
#include "dicom/preflight.h"
#include "record/study.h"
#include "space/vec3.h"

namespace netpet::dicom {

/// How a stored number lies in its bits: (0028,0100) … (0028,0103). Of real numbers only `bits_allocated`
/// counts.
struct PixelFormat {
  int rows = 0;
  int columns = 0;
  int samples = 1;
  int frames = 1;
  int bits_allocated = 0;
  int bits_stored = 0;
  int high_bit = 0;
  enum class Sign { without, with } sign = Sign::without;
  PixelNumber number = PixelNumber::whole;
  bool operator==(const PixelFormat&) const = default;

  std::size_t pixels() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
};

/// Where one image lies in the patient, LPS mm: (0020,0032), (0020,0037), (0028,0030).
struct ImagePlane {
  space::PointLps position;      ///< centre of the first pixel
  space::Vec3 along_columns;     ///< unit vector of growing column number (i)
  space::Vec3 along_rows;        ///< unit vector of growing row number (j)
  double column_spacing_mm = 0;  ///< between columns (along i)
  double row_spacing_mm = 0;     ///< between rows (along j)
};

/// The stored number to its physical value: stored · slope + intercept.
struct Rescale {
  double slope = 1;
  double intercept = 0;
};

/// A range of stored numbers, both ends included.
struct StoredRange {
  double least = 0;
  double greatest = 0;
};

/// What tells the frames of one object apart beside their place. Frames that differ here are no one volume.
struct FrameGroup {
  std::string stack;  ///< (0020,9056)
  std::string time;   ///< (0020,9128) and (0020,930D)
  std::string phase;  ///< cardiac and respiratory position and percentage
};

/// One image of a series as its header describes it: a file, or one frame of a multi-frame file.
struct Instance {
  std::filesystem::path file;
  FileLayout layout;  ///< of a frame: with the pixels of that frame alone
  int frame = 0;      ///< from 1, of a multi-frame object
  FrameGroup group;
  std::string sop_class_uid;
  std::string sop_instance_uid;
  record::Patient patient;
  std::string study_uid;
  std::optional<base::Date> study_date;
  std::string study_description;
  std::string series_uid;
  std::string series_description;
  std::string modality;
  std::string manufacturer;
  std::string model;
  std::string frame_of_reference_uid;
  std::optional<base::Instant> acquired;
  std::vector<std::string> image_type;
  std::vector<std::string> corrected_image;
  std::string units;        ///< (0054,1001), or those of the real world value mapping
  std::string suv_type;     ///< (0054,1006), or as above
  std::string series_type;  ///< (0054,1000), first value
  std::string attenuation_correction_method;
  std::optional<int> number_of_slices;  ///< (0054,0081): what a PET series says of itself
  std::optional<double> slice_thickness_mm;
  std::optional<double> spacing_between_slices_mm;
  std::string photometric;            ///< (0028,0004)
  std::optional<PixelFormat> format;  ///< nothing for an object without image
  std::optional<ImagePlane>
      plane;  ///< nothing where position, orientation or spacing is missing or makes no sense
  std::optional<Rescale> rescale;  ///< nothing where slope or intercept is missing; real numbers need none
  std::optional<StoredRange>
      padding;  ///< stands for no measurement: (0028,0120) to (0028,0121), or (0028,0122), (0028,0123)
  std::optional<StoredRange> mapped;  ///< where `rescale` holds, if not everywhere
  std::optional<record::CtFacts> ct;  ///< of CT images
  bool burned_in_annotation = false;  ///< (0028,0301): the pixels can show whose they are
  bool lossy = false;                 ///< a compression that changed pixels was applied at some time
  std::vector<record::Warning> problems;
  std::optional<base::Error> refusal;  ///< why the image cannot be part of a volume
};

/// The image that a parsed header describes, or one of its frames; without problems.
Instance instance_of(const std::filesystem::path& file, const FileLayout& layout,
                     const Attributes& attributes);
/// "IM_0007", "IM_0001 frame 7": for messages.
std::string short_name(const Instance& instance);
/// The offset from UTC of a data set, in minutes: (0008,0201), else that of (0008,002A).
std::optional<int> utc_offset_of(const Attributes& data_set);
/// A date-time on the scanner's clock: where both the value and the data set carry an offset from UTC
/// (`utc_offset_of`), the value moves to the clock of the data set; otherwise it is
/// taken as written.
std::optional<base::Instant> on_scanner_clock(const std::optional<DateTime>& value,
                                              const Attributes& data_set);
/// When an image was acquired: (0018,9074) of a frame, else (0008,002A), else (0008,0022) with (0008,0032).
std::optional<base::Instant> acquired_of(const Attributes& attributes);

}  // namespace netpet::dicom
