#include "image/zero_volume.h"

#include <sys/mman.h>

#include <cstdint>

#include "base/parallel_for.h"

namespace netpet::image {
namespace {

constexpr std::uintptr_t page = 4096;
constexpr std::size_t chunk = std::size_t{8} << 20;

/// Since Linux 5.14; older headers do not name it.
#ifdef MADV_POPULATE_WRITE
constexpr int populate = MADV_POPULATE_WRITE;
#else
constexpr int populate = 23;
#endif

}  // namespace

void prepare_pages(void* memory, std::size_t bytes, const base::Run& run) {
  const auto begin = (reinterpret_cast<std::uintptr_t>(memory) + page - 1) / page * page;
  const auto end = (reinterpret_cast<std::uintptr_t>(memory) + bytes) / page * page;
  if (end < begin + chunk) return;
  // A wish: a system that does not know it brings the pages in one by one as they are written. Large pages
  // are not asked for: a virtual machine whose host has to find them first waits longer than for small ones.
  base::parallel_for(run, end - begin, chunk, [&](std::size_t from, std::size_t to) {
    madvise(reinterpret_cast<void*>(begin + from), to - from, populate);
  });
}

}  // namespace netpet::image
