#include "cli/command.h"

namespace netpet::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_demo_command());
  commands.push_back(make_read_command());
  commands.push_back(make_inspect_command());
  commands.push_back(make_suv_command());
  commands.push_back(make_grade_command());
  commands.push_back(make_measure_command());
  commands.push_back(make_organs_command());
  commands.push_back(make_phantom_command());
  commands.push_back(make_register_command());
  commands.push_back(make_send_command());
  commands.push_back(make_fetch_command());
  return commands;
}

}  // namespace netpet::cli
