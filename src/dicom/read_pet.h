#pragma once

#include "base/run.h"
#include "dicom/headers.h"
#include "image/volume.h"
#include "record/pet_header.h"
#include "record/study.h"

namespace netpet::dicom {

/// A PET series: pixels = stored · slope + intercept of each slice, in the units of the header.
struct PetSeries {
  image::PetVolume pixels;
  record::PetHeader header;
};

/// Reads a PET series, headers and pixels of all slices. k grows along the slice normal; file order and names
/// do not matter. Refuses what `stack_slices` and `read_stored_pixels` refuse, and `rescale_invalid` for a
/// slice whose slope is 0 although it holds counts, `padding_ambiguous`, `value_not_mapped`,
/// `pixels_not_finite`. Pixels that the header declares to be padding become 0 where they are not positive.
/// Headers that are `known` are not read again.
PetSeries read_pet(const record::Series& series, const base::Run& run, const Headers& known = {});

/// The header alone. Refuses what `stack_slices` refuses.
record::PetHeader read_pet_header(const record::Series& series, const base::Run& run = {},
                                  const Headers& known = {});

/// The header as the first file alone tells it, with its slices: for a series that `read_pet` refuses.
record::PetHeader peek_pet_header(const record::Series& series);

}  // namespace netpet::dicom
