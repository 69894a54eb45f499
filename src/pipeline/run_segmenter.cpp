#include "pipeline/run_segmenter.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>
#include <vector>

#include "base/error.h"
#include "image/nifti.h"

namespace netpet::pipeline {
namespace {

namespace fs = std::filesystem;
using base::Error;

/// A path as one word of a shell.
std::string quoted(const fs::path& path) {
  std::string word = "'";
  for (const char c : path.string()) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

std::string with_path(std::string command, const std::string& name, const fs::path& path) {
  const std::string word = quoted(path);
  for (std::size_t at = command.find(name); at != std::string::npos;
       at = command.find(name, at + word.size()))
    command.replace(at, name.size(), word);
  return command;
}

[[noreturn]] void fail(const std::string& how, const fs::path& log) {
  std::ifstream in(log);
  std::string line, last;
  while (std::getline(in, line))
    if (!line.empty()) last = line;
  throw Error::environment("organ_command_failed",
                           fmt::format("the organ command {}{}{}", how,
                                       last.empty() ? "" : "; its last words: ", last.substr(0, 300)));
}

/// Starts a shell in a process group of its own.
pid_t start(const std::string& command, const fs::path& log) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&files);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::string shell = "sh", option = "-c", line = command;
  char* const words[] = {shell.data(), option.data(), line.data(), nullptr};
  pid_t pid = 0;
  const int failed = posix_spawn(&pid, "/bin/sh", &files, &attributes, words, environ);
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  if (failed != 0) fail("cannot be started", log);
  return pid;
}

/// Ends the group: asked first, then made to.
void stop(pid_t pid) {
  using namespace std::chrono_literals;
  constexpr int patience = 40;
  kill(-pid, SIGTERM);
  for (int round = 0; round < patience; ++round) {
    if (waitpid(pid, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(50ms);
  }
  kill(-pid, SIGKILL);
  waitpid(pid, nullptr, 0);
}

int wait_for(pid_t pid, const base::Run& run) {
  using namespace std::chrono_literals;
  int status = 0;
  while (waitpid(pid, &status, WNOHANG) == 0) {
    if (run.stop_requested()) {
      stop(pid);
      run.throw_if_stopped();
    }
    std::this_thread::sleep_for(50ms);
  }
  return status;
}

/// The map that was written: the file itself, or the one NIfTI file of a folder.
std::optional<fs::path> written_map(const fs::path& out) {
  if (fs::is_regular_file(out)) return out;
  if (!fs::is_directory(out)) return std::nullopt;
  std::vector<fs::path> maps;
  for (const auto& entry : fs::directory_iterator(out)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_regular_file() && (name.ends_with(".nii") || name.ends_with(".nii.gz")))
      maps.push_back(entry.path());
  }
  return maps.size() == 1 ? std::optional(maps.front()) : std::nullopt;
}

}  // namespace

fs::path run_segmenter(const std::string& command, const image::CtVolume& ct, const fs::path& scratch,
                       const base::Run& run) {
  for (const char* name : {"{ct}", "{out}"})
    if (command.find(name) == std::string::npos)
      throw Error::usage("organ_command_incomplete",
                         fmt::format("the organ command needs {}: it stands for a file of netpet", name));
  const fs::path ct_file = scratch / "ct.nii.gz", out = scratch / "organs.nii.gz", log = scratch / "log.txt";
  image::write_nifti(ct, ct_file);
  run.stage("organs: " + command.substr(0, command.find(' ')));
  const int status = wait_for(start(with_path(with_path(command, "{ct}", ct_file), "{out}", out), log), run);
  if (!WIFEXITED(status)) fail("was killed", log);
  if (WEXITSTATUS(status) != 0) fail(fmt::format("ended with status {}", WEXITSTATUS(status)), log);
  const auto map = written_map(out);
  if (!map) fail("wrote no label map to {out}", log);
  return *map;
}

}  // namespace netpet::pipeline
