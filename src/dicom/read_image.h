#pragma once

#include <functional>
#include <vector>

#include "base/run.h"
#include "dicom/headers.h"
#include "dicom/instance.h"
#include "dicom/slice_stack.h"
#include "dicom/stored_pixels.h"
#include "record/study.h"

namespace netpet::dicom {

/// The images of a series' files, headers only: in the order of `series.files`, and of the frames in each.
/// What is not `known` is read, in parallel.
std::vector<Instance> read_instances(const record::Series& series, const base::Run& run,
                                     const Headers& known = {});

/// Takes the stored numbers of slice k to where they belong.
using SliceSink = std::function<void(std::size_t k, const StoredPixels& stored)>;

/// Decodes all slices of a stack in parallel, each once, straight into `sink`, which is called from several
/// threads for different k.
void decode_slices(const std::vector<Instance>& instances, const SliceStack& stack, const SliceSink& sink,
                   const base::Run& run);

}  // namespace netpet::dicom
