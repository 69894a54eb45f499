#pragma once

#include <cstdint>

namespace netpet::dicom {

/// A data element's number. Names below are the keywords of DICOM PS3.6 in our spelling.
struct Tag {
  std::uint16_t group = 0;
  std::uint16_t element = 0;
  bool operator==(const Tag&) const = default;
};

namespace tags {
inline constexpr Tag specific_character_set{0x0008, 0x0005}, image_type{0x0008, 0x0008},
    sop_class_uid{0x0008, 0x0016}, sop_instance_uid{0x0008, 0x0018}, study_date{0x0008, 0x0020},
    series_date{0x0008, 0x0021}, acquisition_date{0x0008, 0x0022}, acquisition_date_time{0x0008, 0x002A},
    study_time{0x0008, 0x0030}, series_time{0x0008, 0x0031}, acquisition_time{0x0008, 0x0032},
    modality{0x0008, 0x0060}, manufacturer{0x0008, 0x0070}, code_value{0x0008, 0x0100},
    coding_scheme{0x0008, 0x0102}, code_meaning{0x0008, 0x0104}, timezone_offset{0x0008, 0x0201},
    study_description{0x0008, 0x1030}, series_description{0x0008, 0x103E}, model_name{0x0008, 0x1090};
inline constexpr Tag patient_name{0x0010, 0x0010}, patient_id{0x0010, 0x0020},
    patient_birth_date{0x0010, 0x0030}, patient_sex{0x0010, 0x0040}, patient_size{0x0010, 0x1020},
    patient_weight{0x0010, 0x1030};
inline constexpr Tag contrast_agent{0x0018, 0x0010}, contrast_agent_code{0x0018, 0x0012},
    contrast_route{0x0018, 0x1040}, contrast_volume{0x0018, 0x1041}, contrast_start_time{0x0018, 0x1042},
    contrast_stop_time{0x0018, 0x1043}, convolution_kernel{0x0018, 0x1210}, patient_position{0x0018, 0x5100};
inline constexpr Tag radiopharmaceutical{0x0018, 0x0031}, slice_thickness{0x0018, 0x0050},
    spacing_between_slices{0x0018, 0x0088}, radiopharmaceutical_start_time{0x0018, 0x1072},
    radionuclide_total_dose{0x0018, 0x1074}, radionuclide_half_life{0x0018, 0x1075},
    radiopharmaceutical_start_date_time{0x0018, 0x1078}, actual_frame_duration{0x0018, 0x1242};
inline constexpr Tag study_instance_uid{0x0020, 0x000D}, series_instance_uid{0x0020, 0x000E},
    image_position{0x0020, 0x0032}, image_orientation{0x0020, 0x0037}, frame_of_reference_uid{0x0020, 0x0052};
inline constexpr Tag samples_per_pixel{0x0028, 0x0002}, photometric_interpretation{0x0028, 0x0004},
    number_of_frames{0x0028, 0x0008}, rows{0x0028, 0x0010}, columns{0x0028, 0x0011},
    pixel_spacing{0x0028, 0x0030}, corrected_image{0x0028, 0x0051}, bits_allocated{0x0028, 0x0100},
    bits_stored{0x0028, 0x0101}, high_bit{0x0028, 0x0102}, pixel_representation{0x0028, 0x0103},
    pixel_padding_value{0x0028, 0x0120}, pixel_padding_limit{0x0028, 0x0121},
    float_padding_value{0x0028, 0x0122}, double_padding_value{0x0028, 0x0123},
    rescale_intercept{0x0028, 0x1052}, rescale_slope{0x0028, 0x1053}, lossy_image_compression{0x0028, 0x2110},
    modality_lut_sequence{0x0028, 0x3000};
inline constexpr Tag radiopharmaceutical_information{0x0054, 0x0016}, number_of_slices{0x0054, 0x0081},
    radionuclide_code{0x0054, 0x0300}, radiopharmaceutical_code{0x0054, 0x0304}, series_type{0x0054, 0x1000},
    number_of_time_slices{0x0054, 0x0101}, units{0x0054, 0x1001}, counts_source{0x0054, 0x1002},
    suv_type{0x0054, 0x1006}, randoms_correction_method{0x0054, 0x1100},
    attenuation_correction_method{0x0054, 0x1101}, decay_correction{0x0054, 0x1102},
    reconstruction_method{0x0054, 0x1103}, scatter_correction_method{0x0054, 0x1105},
    frame_reference_time{0x0054, 0x1300}, decay_factor{0x0054, 0x1321};
}  // namespace tags

}  // namespace netpet::dicom
