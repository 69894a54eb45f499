#include "report/grade_words.h"

#include <fmt/format.h>

#include "report/shown.h"

namespace netpet::report {
namespace {

base::Computed<double> number_of(const record::Grade& grade, const std::string& name) {
  const auto* field = grade.field(name);
  const auto* number = field ? std::get_if<base::Computed<double>>(field) : nullptr;
  return number ? *number : base::Computed<double>();
}

}  // namespace

std::string worded(const std::string& value, const Texts& texts) {
  return texts.has("value", value) ? texts.named("value", value) : value;
}

std::string value_in_words(const record::Grade& grade, const Texts& texts) {
  return grade.value.has_value() ? worded(grade.value.value(), texts) : grade.summary;
}

std::string discordance_in_words(const record::Grade& netpet, const Texts& texts) {
  const auto lesions = number_of(netpet, "discordant_lesions"),
             share = number_of(netpet, "discordant_share_of_lesions"),
             volume = number_of(netpet, "discordant_volume_ml"),
             share_of_volume = number_of(netpet, "discordant_share_of_volume");
  if (!lesions.has_value() || !share.has_value() || lesions.value() == 0) return {};
  std::string words = fmt::format(fmt::runtime(texts["report.share_of_lesions"]),
                                  decimals(lesions.value(), 0), decimals(lesions.value() / share.value(), 0));
  if (volume.has_value() && share_of_volume.has_value())
    words += ", " + fmt::format(fmt::runtime(texts["report.share_of_volume"]), three_digits(volume.value()),
                                decimals(100 * share_of_volume.value(), 0));
  if (const auto* sites = netpet.field("discordant_sites"))
    for (const std::string& site : std::get<std::vector<std::string>>(*sites))
      words += ", " + texts.named("site", site);
  return fmt::format("{}: {}", texts["report.discordant"], words);
}

std::string review_in_words(const record::Reading& reading, const Texts& texts) {
  if (!reading.review) return texts["report.automatic"];
  return fmt::format(fmt::runtime(texts["report.reviewed"]), reading.review->reader);
}

std::string signature_in_words(const record::Reading& reading, const Texts& texts) {
  if (!reading.review || !reading.review->is_signed) return texts["report.unsigned"];
  return fmt::format(fmt::runtime(texts["report.signed"]), reading.review->reader);
}

const record::Grade* grade_of(const record::Reading& reading, const std::string& scale) {
  for (const record::Grade& grade : reading.grades)
    if (grade.scale == scale) return &grade;
  return nullptr;
}

}  // namespace netpet::report
