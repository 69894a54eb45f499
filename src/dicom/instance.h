#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

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

/// Stored numbers that stand for no measurement: (0028,0120) or (0028,0122), (0028,0123), and up to
/// (0028,0121).
struct Padding {
  double least = 0;
  double greatest = 0;
};

/// One file of a series as its header describes it.
struct Instance {
  std::filesystem::path file;
  FileLayout layout;
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
  std::string units;
  std::string attenuation_correction_method;
  std::optional<int> number_of_slices;  ///< (0054,0081): what a PET series says of itself
  std::optional<double> slice_thickness_mm;
  std::optional<double> spacing_between_slices_mm;
  std::string photometric;            ///< (0028,0004)
  std::optional<PixelFormat> format;  ///< nothing for an object without image
  std::optional<ImagePlane>
      plane;  ///< nothing where position, orientation or spacing is missing or makes no sense
  std::optional<Rescale> rescale;  ///< nothing where slope or intercept is missing; real numbers need none
  std::optional<Padding> padding;
  std::optional<record::CtFacts> ct;  ///< of CT images
  bool lossy = false;                 ///< a compression that changed pixels was applied at some time
  std::vector<record::Warning> problems;
};

/// Reads the header of one file behind the preflight. Refuses what `examine` refuses and `header_unreadable`.
Instance read_instance(const std::filesystem::path& file);
/// The same from a header that is already parsed.
Instance instance_of(const std::filesystem::path& file, const FileLayout& layout, const DataSet& data_set);
/// A date-time on the scanner's clock: where both the value and the data set carry an offset from UTC
/// ((0008,0201), else that of (0008,002A)), the value moves to the clock of the data set; otherwise it is
/// taken as written.
std::optional<base::Instant> on_scanner_clock(const std::optional<DateTime>& value,
                                              const Attributes& data_set);
/// When a slice was acquired: (0008,002A), else (0008,0022) with (0008,0032).
std::optional<base::Instant> acquired_of(const Attributes& attributes);

}  // namespace netpet::dicom
