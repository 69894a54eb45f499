#pragma once

#include <compare>
#include <cstdint>

namespace netpet::dicom {

/// A data element's number. Names below are the keywords of DICOM PS3.6 in our spelling.
struct Tag {
  std::uint16_t group = 0;
  std::uint16_t element = 0;
  auto operator<=>(const Tag&) const = default;
};

namespace tags {
inline constexpr Tag specific_character_set{0x0008, 0x0005}, image_type{0x0008, 0x0008},
    sop_class_uid{0x0008, 0x0016}, sop_instance_uid{0x0008, 0x0018}, study_date{0x0008, 0x0020},
    series_date{0x0008, 0x0021}, acquisition_date{0x0008, 0x0022}, acquisition_date_time{0x0008, 0x002A},
    study_time{0x0008, 0x0030}, series_time{0x0008, 0x0031}, acquisition_time{0x0008, 0x0032},
    modality{0x0008, 0x0060}, manufacturer{0x0008, 0x0070}, code_value{0x0008, 0x0100},
    coding_scheme{0x0008, 0x0102}, long_code_value{0x0008, 0x0119}, code_meaning{0x0008, 0x0104},
    timezone_offset{0x0008, 0x0201}, study_description{0x0008, 0x1030}, series_description{0x0008, 0x103E},
    model_name{0x0008, 0x1090};
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
    burned_in_annotation{0x0028, 0x0301}, modality_lut_sequence{0x0028, 0x3000};
inline constexpr Tag radiopharmaceutical_information{0x0054, 0x0016}, number_of_slices{0x0054, 0x0081},
    radionuclide_code{0x0054, 0x0300}, radiopharmaceutical_code{0x0054, 0x0304}, series_type{0x0054, 0x1000},
    number_of_time_slices{0x0054, 0x0101}, units{0x0054, 0x1001}, counts_source{0x0054, 0x1002},
    suv_type{0x0054, 0x1006}, randoms_correction_method{0x0054, 0x1100},
    attenuation_correction_method{0x0054, 0x1101}, decay_correction{0x0054, 0x1102},
    reconstruction_method{0x0054, 0x1103}, scatter_correction_method{0x0054, 0x1105},
    frame_reference_time{0x0054, 0x1300}, decay_factor{0x0054, 0x1321};
// Functional groups of multi-frame objects, and what stands in them
inline constexpr Tag shared_functional_groups{0x5200, 0x9229}, per_frame_functional_groups{0x5200, 0x9230},
    frame_content{0x0020, 0x9111}, plane_position{0x0020, 0x9113}, plane_orientation{0x0020, 0x9116},
    pixel_measures{0x0028, 0x9110}, pixel_value_transformation{0x0028, 0x9145},
    cardiac_synchronization{0x0018, 0x9118}, respiratory_synchronization{0x0020, 0x9253},
    temporal_position{0x0020, 0x9310}, unassigned_shared_converted{0x0020, 0x9170},
    unassigned_per_frame_converted{0x0020, 0x9171}, pet_frame_type{0x0018, 0x9751},
    pet_frame_correction_factors{0x0018, 0x9736}, radiopharmaceutical_usage{0x0018, 0x9737},
    contrast_usage{0x0018, 0x9341}, pet_reconstruction{0x0018, 0x9749}, ct_frame_type{0x0018, 0x9329},
    ct_reconstruction{0x0018, 0x9314}, frame_acquisition_date_time{0x0018, 0x9074},
    frame_acquisition_duration{0x0018, 0x9220}, frame_type{0x0008, 0x9007}, stack_id{0x0020, 0x9056},
    temporal_position_index{0x0020, 0x9128}, temporal_position_time_offset{0x0020, 0x930D},
    cardiac_cycle_position{0x0018, 0x9236}, respiratory_cycle_position{0x0018, 0x9214},
    cardiac_phase{0x0020, 0x9241}, respiratory_phase{0x0020, 0x9245};
// Enhanced PET
inline constexpr Tag decay_correction_date_time{0x0018, 0x9701},
    radiopharmaceutical_agent_number{0x0018, 0x9729}, attenuation_correction_source{0x0018, 0x9738},
    iterations{0x0018, 0x9739}, subsets{0x0018, 0x9740}, reconstruction_algorithm{0x0018, 0x9315},
    decay_corrected{0x0018, 0x9758}, attenuation_corrected{0x0018, 0x9759}, scatter_corrected{0x0018, 0x9760},
    dead_time_corrected{0x0018, 0x9761}, gantry_motion_corrected{0x0018, 0x9762},
    patient_motion_corrected{0x0018, 0x9763}, count_loss_corrected{0x0018, 0x9764},
    randoms_corrected{0x0018, 0x9765}, radial_sampling_corrected{0x0018, 0x9766},
    sensitivity_calibrated{0x0018, 0x9767}, detector_normalized{0x0018, 0x9768};
// Real world values
inline constexpr Tag referenced_image_mapping{0x0040, 0x9094}, real_world_value_mapping{0x0040, 0x9096},
    referenced_image{0x0008, 0x1140}, referenced_instance{0x0008, 0x114A},
    referenced_sop_instance_uid{0x0008, 0x1155}, referenced_frame_number{0x0008, 0x1160},
    measurement_units{0x0040, 0x08EA}, quantity_definition{0x0040, 0x9220}, concept_code{0x0040, 0xA168},
    concept_name_code{0x0040, 0xA043}, lut_label{0x0040, 0x9210}, mapped_first{0x0040, 0x9216},
    mapped_last{0x0040, 0x9211}, mapped_first_double{0x0040, 0x9214}, mapped_last_double{0x0040, 0x9213},
    mapped_intercept{0x0040, 0x9224}, mapped_slope{0x0040, 0x9225};
}  // namespace tags

}  // namespace netpet::dicom
