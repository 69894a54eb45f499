#pragma once

namespace netpet::dicom {

/// Makes the DICOM toolkit ready, once a process and from any thread: its codecs are registered and its own
/// messages on stderr are turned off (what matters comes back as an Error or a Warning).
void prepare_toolkit();

}  // namespace netpet::dicom
