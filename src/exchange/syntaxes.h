#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>

#include <vector>

/// For the sources of this room alone: it shows the toolkit.
namespace netpet::exchange {

/// The ways in which an object may come: uncompressed, or in one of the compressions that are read.
inline std::vector<OFList<OFString>> transfer_ways() {
  OFList<OFString> plain;
  plain.push_back(UID_LittleEndianExplicitTransferSyntax);
  plain.push_back(UID_LittleEndianImplicitTransferSyntax);
  std::vector<OFList<OFString>> ways{plain};
  for (const char* compressed :
       {UID_JPEGProcess14SV1TransferSyntax, UID_JPEGProcess14TransferSyntax, UID_JPEGLSLosslessTransferSyntax,
        UID_JPEG2000LosslessOnlyTransferSyntax, UID_RLELosslessTransferSyntax,
        UID_DeflatedExplicitVRLittleEndianTransferSyntax}) {
    OFList<OFString> one;
    one.push_back(compressed);
    ways.push_back(one);
  }
  return ways;
}

}  // namespace netpet::exchange
