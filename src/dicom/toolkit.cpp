#include "dicom/toolkit.h"

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dcdict.h>
#include <dcmtk/dcmdata/dcrledrg.h>
#include <dcmtk/dcmjpeg/djdecode.h>
#include <dcmtk/oflog/oflog.h>

#include <mutex>

namespace netpet::dicom {

void prepare_toolkit() {
  static std::once_flag once;
  std::call_once(once, [] {
    OFLog::configure(OFLogger::OFF_LOG_LEVEL);
    DJDecoderRegistration::registerCodecs(EDC_never);  // pixels are numbers here, never colours
    DcmRLEDecoderRegistration::registerCodecs();
    // The dictionary is loaded at the first look-up; one look-up here keeps that out of the threads.
    dcmDataDict.rdlock();
    dcmDataDict.rdunlock();
  });
}

}  // namespace netpet::dicom
