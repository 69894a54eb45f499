// The program behind bench_load.py.
//   bench_load make FOLDER            writes the set of images
//   bench_load bytes FOLDER           reads every file once into one buffer, as fast as a program can
//   bench_load load FOLDER [THREADS]  what `netpet read` does until CT and SUV are in memory
// `bytes` and `load` print one JSON object with what they took.
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

#include "base/error.h"
#include "load_set.h"
#include "pipeline/load_scan.h"
#include "pipeline/select_scans.h"

namespace {

namespace fs = std::filesystem;
using namespace netpet;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

/// The greatest memory that this program ever held; `ru_maxrss` would count what its parent held before.
std::size_t peak_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return 1024 * std::stoul(line.substr(6));
  throw std::runtime_error("/proc/self/status does not tell VmHWM");
}

/// Notes how long each stage took.
class StageClock final : public base::Progress {
 public:
  void stage(std::string_view name) override {
    end();
    name_ = name;
    begun_ = Clock::now();
    cpu_begun_ = cpu_seconds();
  }
  void fraction(double) override {}
  void detail(std::string_view) override {}
  nlohmann::json stages() {
    end();
    return stages_;
  }

 private:
  void end() {
    if (!name_.empty())
      stages_.push_back(
          {{"stage", name_}, {"seconds", seconds_since(begun_)}, {"cpu_s", cpu_seconds() - cpu_begun_}});
    name_.clear();
  }
  std::string name_;
  Clock::time_point begun_;
  double cpu_begun_ = 0;
  nlohmann::json stages_ = nlohmann::json::array();
};

std::size_t read_bytes(const fs::path& folder) {
  std::vector<char> buffer(std::size_t{1} << 20);
  std::size_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::FILE* file = std::fopen(entry.path().c_str(), "rb");
    if (file == nullptr) throw std::runtime_error("cannot open " + entry.path().string());
    std::setvbuf(file, nullptr, _IONBF, 0);
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), file)) bytes += got;
    std::fclose(file);
  }
  return bytes;
}

template <class Voxel>
std::size_t size_of(const image::Volume<Voxel>& volume) {
  return volume.voxels().size() * sizeof(Voxel);
}

/// What `netpet read` has in memory when loading ends.
struct Loaded {
  pipeline::LoadedScan sstr, fdg;
  nlohmann::json stages;
};

Loaded load(const fs::path& folder, int threads) {
  StageClock clock;
  const base::Run run(&clock, {}, threads);
  const base::Resources resources;
  pipeline::ReadRequest request;
  request.sstr = folder / "sstr";
  request.fdg = folder / "fdg";
  auto selected = pipeline::select_scans(request, resources, run);
  auto sstr =
      pipeline::load_scan(std::move(*selected.sstr), record::Role::sstr, request, nullptr, resources, run);
  auto fdg =
      pipeline::load_scan(std::move(*selected.fdg), record::Role::fdg, request, nullptr, resources, run);
  return {std::move(sstr), std::move(fdg), clock.stages()};
}

nlohmann::json in_json(std::size_t bytes) {
  return {{"bytes", bytes}};
}

nlohmann::json in_json(const Loaded& loaded) {
  return {{"stages", loaded.stages},
          {"voxel_bytes", size_of(loaded.sstr.suv) + size_of(*loaded.sstr.ct) + size_of(loaded.fdg.suv)}};
}

/// The clock stops when the work is done and what it made is still there.
template <class Work>
void print_measured(Work&& work) {
  const auto begun = Clock::now();
  const auto made = work();
  const double seconds = seconds_since(begun), cpu_s = cpu_seconds();
  nlohmann::json result = in_json(made);
  result["seconds"] = seconds;
  result["cpu_s"] = cpu_s;
  result["peak_bytes"] = peak_bytes();
  std::cout << result.dump() << '\n';
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  const auto cores = static_cast<int>(std::thread::hardware_concurrency());
  try {
    if (arguments.size() == 2 && arguments[0] == "make") {
      bench::write_load_set(arguments[1], base::Run(nullptr, {}, cores));
    } else if (arguments.size() == 2 && arguments[0] == "bytes") {
      print_measured([&] { return read_bytes(arguments[1]); });
    } else if ((arguments.size() == 2 || arguments.size() == 3) && arguments[0] == "load") {
      print_measured(
          [&] { return load(arguments[1], arguments.size() == 3 ? std::stoi(arguments[2]) : cores); });
    } else {
      std::cerr << "usage: bench_load make|bytes|load FOLDER [THREADS]\n";
      return 2;
    }
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
