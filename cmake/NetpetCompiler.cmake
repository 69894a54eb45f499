# Flags that every target of the project shares.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(netpet_compiler INTERFACE)
target_compile_options(netpet_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
  -Wimplicit-fallthrough -Wunused -Wnull-dereference -Werror
  # Results must not depend on how a compiler fuses a multiply and an add.
  -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees null dereferences and overflows inside its own containers once it inlines.
  target_compile_options(netpet_compiler INTERFACE -Wno-null-dereference -Wno-restrict)
endif()
if(NETPET_SANITIZE)
  # Instrumented code leads GCC 12's flow analysis astray; the plain build keeps warnings as errors.
  target_compile_options(netpet_compiler INTERFACE -Wno-error
    -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(netpet_compiler INTERFACE -fsanitize=address,undefined)
endif()
find_package(Threads REQUIRED)
target_link_libraries(netpet_compiler INTERFACE Threads::Threads)
