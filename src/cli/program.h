#pragma once

namespace netpet::cli {

/// Runs the program: parses the command line, runs the command, turns failures into an exit status.
int run_program(int argc, char** argv);

}  // namespace netpet::cli
