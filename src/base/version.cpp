#include "base/version.h"

namespace netpet::base {

std::string_view version() {
  return NETPET_VERSION;
}

std::string_view revision() {
  return NETPET_REVISION;
}

}  // namespace netpet::base
