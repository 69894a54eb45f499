#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.h"
#include "cli/command.h"
#include "exchange/outbox.h"
#include "exchange/send.h"
#include "record/json.h"

namespace netpet::cli {
namespace {

class SendCommand final : public Command {
 public:
  std::string name() const override { return "send"; }
  std::string summary() const override { return "send DICOM objects to another system (C-STORE)"; }
  std::string example() const override {
    return "netpet send patient1/ --to pacs.example:104 --called PACS --unsigned";
  }

  void declare(CLI::App& app) override {
    app.add_option("PATH", paths_, "objects, folders of objects, or the output folder of read")->required();
    app.add_option("--to", to_, "the system to send to")->required()->type_name("HOST:PORT");
    app.add_option("--called", peer_.called_title, "its application entity title")->capture_default_str();
    app.add_option("--calling", peer_.calling_title, "the title that netpet uses")->capture_default_str();
    app.add_option("--retries", retries_, "how often a lost connection is opened again")
        ->check(CLI::Range(0, 100))
        ->capture_default_str();
    app.add_flag("--unsigned", unsigned_, "send results that no physician has signed");
  }

  int run(const Context& context) override {
    set_address();
    const exchange::Outbox outbox = exchange::outbox_of(paths_);
    if (!outbox.unsigned_results.empty() && !unsigned_)
      throw base::Error::input("reading_unsigned",
                               "the results are not signed; --unsigned sends them all the same")
          .in_file(outbox.unsigned_results.front().string());
    context.run.stage(fmt::format("sending {} objects", outbox.files.size()));
    const exchange::Sent sent = exchange::send(outbox.files, peer_, retries_, context.run);
    if (context.options.json) {
      record::Json warned = record::Json::array();
      for (const exchange::Remark& remark : sent.warned)
        warned.push_back({{"file", remark.file.string()}, {"status", fmt::format("{:04X}", remark.status)}});
      context.out << record::text_of(
          {{"sent", sent.objects}, {"connections", sent.connections}, {"warned", warned}});
    } else {
      context.out << fmt::format("{} objects sent to {} at {}\n", sent.objects, peer_.called_title, to_);
      for (const exchange::Remark& remark : sent.warned)
        context.out << fmt::format("warning  {}: stored with status {:04X}\n", remark.file.string(),
                                   remark.status);
    }
    return 0;
  }

 private:
  void set_address() {
    const std::size_t colon = to_.rfind(':');
    const std::string port = colon == std::string::npos ? "" : to_.substr(colon + 1);
    const bool is_number = !port.empty() && port.size() <= 5 &&
                           std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (colon == 0 || !is_number || std::stoi(port) < 1 || std::stoi(port) > 65535)
      throw base::Error::usage("usage", "--to needs HOST:PORT");
    for (const std::string& title : {peer_.called_title, peer_.calling_title})
      if (title.empty() || title.size() > 16)
        throw base::Error::usage("usage", "an application entity title has 1 to 16 characters");
    peer_.host = to_.substr(0, colon);
    peer_.port = std::stoi(port);
  }

  std::vector<std::filesystem::path> paths_;
  std::string to_;
  exchange::Peer peer_;
  int retries_ = 3;
  bool unsigned_ = false;
};

}  // namespace

std::unique_ptr<Command> make_send_command() {
  return std::make_unique<SendCommand>();
}

}  // namespace netpet::cli
