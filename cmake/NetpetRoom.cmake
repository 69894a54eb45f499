# netpet_room(NAME [ROOMS a b …] [LIBRARIES x y …])
# One static library for src/NAME. ROOMS are the rooms that it may include (public),
# LIBRARIES stay private: no toolkit type appears in a room's headers.
function(netpet_room name)
  cmake_parse_arguments(ROOM "" "" "ROOMS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  add_library(netpet_${name} STATIC ${sources})
  add_library(netpet::${name} ALIAS netpet_${name})
  target_include_directories(netpet_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
  list(TRANSFORM ROOM_ROOMS PREPEND netpet::)
  target_link_libraries(netpet_${name} PUBLIC ${ROOM_ROOMS} PRIVATE netpet_compiler ${ROOM_LIBRARIES})
endfunction()
