#include "cli/failure.h"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <new>
#include <nlohmann/json.hpp>
#include <ostream>
#include <system_error>

#include "base/error.h"
#include "record/json.h"

namespace netpet::cli {
namespace {

using base::Error;
using base::ErrorKind;

int exit_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return 2;
    case ErrorKind::input:
      return 3;
    case ErrorKind::environment:
      return 4;
    case ErrorKind::interrupted:
      return 130;
    case ErrorKind::internal:
      break;
  }
  return 5;
}

/// Whatever reached the top, as one of our errors.
Error as_error(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const Error& error) {
    return error;
  } catch (const std::bad_alloc&) {
    return Error::environment("out_of_memory", "there is not enough memory for this input");
  } catch (const std::filesystem::filesystem_error& error) {
    const bool full = error.code() == std::errc::no_space_on_device;
    return Error::environment(full ? "disk_full" : "file_system", error.code().message())
        .in_file(error.path1().string());
  } catch (const std::exception& error) {
    return {ErrorKind::internal, "internal", error.what()};
  }
}

}  // namespace

int report_failure(const std::exception_ptr& failure, FailureFormat format, std::ostream& out) {
  const Error error = as_error(failure);
  fmt::print(stderr, "netpet: {} [{}]\n", error.message(), error.code());
  if (error.file()) fmt::print(stderr, "  file: {}\n", *error.file());
  if (error.tag()) fmt::print(stderr, "  tag: {}\n", *error.tag());
  for (const std::string& line : error.context()) fmt::print(stderr, "  while {}\n", line);
  if (error.accept()) fmt::print(stderr, "  to go on all the same: --accept {}\n", *error.accept());
  if (error.kind() == ErrorKind::internal)
    fmt::print(stderr, "  This is a fault of netpet. Please report it with the command that led to it.\n");
  if (format == FailureFormat::json) out << record::text_of(record::json_of(error));
  return exit_status(error.kind());
}

}  // namespace netpet::cli
