#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.h"
#include "cli/command.h"
#include "cli/peer_options.h"
#include "exchange/outbox.h"
#include "exchange/send.h"
#include "exchange/web.h"
#include "record/json.h"

namespace netpet::cli {
namespace {

class SendCommand final : public Command {
 public:
  std::string name() const override { return "send"; }
  std::string summary() const override { return "send DICOM objects to another system (C-STORE or STOW-RS)"; }
  std::string example() const override {
    return "netpet send patient1/ --to pacs.example:104 --called PACS --unsigned";
  }

  void declare(CLI::App& app) override {
    app.add_option("PATH", paths_, "objects, folders of objects, or the output folder of read")->required();
    peer_.declare(app, "--to", "the system to send to");
    app.add_flag("--unsigned", unsigned_, "send results that no physician has signed");
  }

  int run(const Context& context) override {
    const exchange::Outbox outbox = exchange::outbox_of(paths_);
    if (!outbox.unsigned_results.empty() && !unsigned_)
      throw base::Error::input("reading_unsigned",
                               "the results are not signed; --unsigned sends them all the same")
          .in_file(outbox.unsigned_results.front().string());
    context.run.stage(fmt::format("sending {} objects", outbox.files.size()));
    const exchange::Sent sent =
        peer_.is_web() ? exchange::send(outbox.files, peer_.web(), peer_.retries(), context.run)
                       : exchange::send(outbox.files, peer_.peer(), peer_.retries(), context.run);
    if (context.options.json) {
      record::Json warned = record::Json::array();
      for (const exchange::Remark& remark : sent.warned)
        warned.push_back({{"file", remark.file.string()}, {"status", fmt::format("{:04X}", remark.status)}});
      context.out << record::text_of(
          {{"sent", sent.objects}, {"connections", sent.connections}, {"warned", warned}});
    } else {
      context.out << fmt::format("{} objects sent to {}\n", sent.objects, peer_.name());
      for (const exchange::Remark& remark : sent.warned)
        context.out << fmt::format("warning  {}: stored with status {:04X}\n", remark.file.string(),
                                   remark.status);
    }
    return 0;
  }

 private:
  std::vector<std::filesystem::path> paths_;
  PeerOptions peer_;
  bool unsigned_ = false;
};

}  // namespace

std::unique_ptr<Command> make_send_command() {
  return std::make_unique<SendCommand>();
}

}  // namespace netpet::cli
