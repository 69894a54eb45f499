#include "cli/program.h"

int main(int argc, char** argv) {
  return netpet::cli::run_program(argc, argv);
}
