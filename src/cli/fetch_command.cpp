#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <ostream>

#include "base/error.h"
#include "base/staged_output.h"
#include "cli/command.h"
#include "cli/peer_options.h"
#include "cli/shared_options.h"
#include "exchange/fetch.h"
#include "exchange/find.h"
#include "exchange/web.h"
#include "record/json.h"

namespace netpet::cli {
namespace {

class FetchCommand final : public Command {
 public:
  std::string name() const override { return "fetch"; }
  std::string summary() const override {
    return "fetch studies from another system (C-FIND with C-GET or C-MOVE, or DICOMweb)";
  }
  std::string example() const override {
    return "netpet fetch --from pacs.example:104 --called PACS --patient 4711 --modality PT,CT --out "
           "studies/";
  }

  void declare(CLI::App& app) override {
    peer_.declare(app, "--from", "the system to fetch from");
    auto* study =
        app.add_option("--study", query_.study_uids, "UID of a study (repeatable)")->type_name("UID");
    app.add_option("--patient", query_.patient_id, "all studies of the patient with this id")
        ->excludes(study);
    app.add_option("--date", query_.dates, "of those: YYYYMMDD, or a range YYYYMMDD-YYYYMMDD");
    app.add_option("--modality", query_.modalities, "only series of these: PT,CT")->delimiter(',');
    app.add_option("--method", method_, "get: over the same connection; move: the other system calls back")
        ->check(CLI::IsMember({"get", "move"}))
        ->capture_default_str();
    app.add_option("--listen", listen_, "move: the port that the other system calls back on")
        ->check(CLI::Range(1, 65535))
        ->capture_default_str();
    app.add_option("--out", out_, "folder to make; it appears when all has arrived")
        ->required()
        ->type_name("DIR");
    overwrite_.declare(app);
  }

  int run(const Context& context) override {
    refuse_slips();
    auto output = base::StagedOutput::folder(out_, overwrite_.occupied());
    context.run.stage(fmt::format("asking {}", peer_.name()));
    const std::vector<exchange::RemoteObject> objects =
        peer_.is_web() ? exchange::find(peer_.web(), query_, peer_.retries(), context.run)
                       : exchange::find(peer_.peer(), query_, peer_.retries(), context.run);
    context.run.stage(fmt::format("fetching {} objects", objects.size()));
    const exchange::Fetched fetched = fetch(objects, output.path(), context);
    output.commit();
    report(objects, fetched, context);
    return 0;
  }

 private:
  void refuse_slips() const {
    if (query_.study_uids.empty() && query_.patient_id.empty())
      throw base::Error::usage("usage", "fetch needs --study or --patient");
    for (const std::string& uid : query_.study_uids)
      if (!exchange::is_uid(uid)) throw base::Error::usage("usage", fmt::format("\"{}\" is no UID", uid));
    if (query_.patient_id.find_first_of("*?\\") != std::string::npos)
      throw base::Error::usage("usage", "--patient takes one id, no pattern");
    if (!query_.dates.empty() && query_.patient_id.empty())
      throw base::Error::usage("usage", "--date goes with --patient");
    if (query_.dates.find_first_not_of("0123456789-") != std::string::npos)
      throw base::Error::usage("usage", "--date is YYYYMMDD or YYYYMMDD-YYYYMMDD");
    if (peer_.is_web() && method_ != "get") throw base::Error::usage("usage", "--method goes without --url");
  }

  exchange::Fetched fetch(const std::vector<exchange::RemoteObject>& objects,
                          const std::filesystem::path& folder, const Context& context) const {
    if (peer_.is_web()) return exchange::fetch(objects, peer_.web(), peer_.retries(), folder, context.run);
    const auto how = method_ == "move" ? exchange::Retrieval::move : exchange::Retrieval::get;
    return exchange::fetch(objects, peer_.peer(), how, listen_, peer_.retries(), folder, context.run);
  }

  void report(const std::vector<exchange::RemoteObject>& objects, const exchange::Fetched& fetched,
              const Context& context) const {
    std::map<std::string, std::pair<exchange::RemoteObject, std::size_t>> by_series;
    for (const exchange::RemoteObject& object : objects)
      ++by_series.try_emplace(object.series_uid, object, 0).first->second.second;
    if (context.options.json) {
      record::Json series = record::Json::array();
      for (const auto& [uid, one] : by_series)
        series.push_back({{"study_uid", one.first.study_uid},
                          {"series_uid", uid},
                          {"modality", one.first.modality},
                          {"objects", one.second}});
      context.out << record::text_of({{"fetched", fetched.objects},
                                      {"connections", fetched.connections},
                                      {"thrown_away", fetched.thrown_away},
                                      {"series", series}});
      return;
    }
    for (const auto& [uid, one] : by_series)
      context.out << fmt::format("{:4} {:5} objects  {}\n", one.first.modality, one.second, uid);
    context.out << fmt::format("{} objects fetched from {} to {}\n", fetched.objects, peer_.name(),
                               out_.string());
  }

  PeerOptions peer_;
  exchange::RemoteQuery query_;
  std::string method_ = "get";
  int listen_ = 11112;
  std::filesystem::path out_;
  OverwriteOption overwrite_;
};

}  // namespace

std::unique_ptr<Command> make_fetch_command() {
  return std::make_unique<FetchCommand>();
}

}  // namespace netpet::cli
