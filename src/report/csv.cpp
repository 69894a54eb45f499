#include "report/csv.h"

#include <fmt/format.h>

#include <functional>
#include <vector>

#include "report/escape.h"

namespace netpet::report {
namespace {

using record::Lesion;

struct Column {
  std::string header;
  std::function<std::string(const Lesion&)> field;
};

std::string field_of(const base::Computed<double>& value) {
  return value.has_value() ? fmt::format("{:.6g}", value.value()) : std::string();
}

std::string field_of(const base::Computed<bool>& value) {
  return value.has_value() ? (value.value() ? "true" : "false") : std::string();
}

Column coordinate(const std::string& header, std::optional<space::PointLps> Lesion::*point,
                  double space::PointLps::*axis) {
  return {header, [=](const Lesion& lesion) {
            return lesion.*point ? fmt::format("{:.6g}", (*(lesion.*point)).*axis) : std::string();
          }};
}

void add_uptake(std::vector<Column>& columns, const std::string& tracer,
                std::optional<record::Uptake> Lesion::*uptake) {
  const auto number = [&](const std::string& name, base::Computed<double> record::Uptake::*part) {
    columns.push_back({tracer + "_" + name, [=](const Lesion& lesion) {
                         return lesion.*uptake ? field_of((*(lesion.*uptake)).*part) : std::string();
                       }});
  };
  number("suvmax_g_per_ml", &record::Uptake::suvmax);
  number("suvpeak_g_per_ml", &record::Uptake::suvpeak);
  number("suvmean_g_per_ml", &record::Uptake::suvmean);
  number("volume_ml", &record::Uptake::volume_ml);
  number("total_uptake_g", &record::Uptake::total_uptake);
  number("to_liver", &record::Uptake::to_liver);
  number("to_spleen", &record::Uptake::to_spleen);
  number("to_blood_pool", &record::Uptake::to_blood_pool);
  columns.push_back({tracer + "_positive", [=](const Lesion& lesion) {
                       return lesion.*uptake ? field_of((lesion.*uptake)->positive) : std::string();
                     }});
  columns.push_back({tracer + "_background", [=](const Lesion& lesion) {
                       return lesion.*uptake ? csv_text((lesion.*uptake)->background) : std::string();
                     }});
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

std::vector<Column> all_columns() {
  const auto text = [](std::string Lesion::*part) {
    return [=](const Lesion& lesion) { return csv_text(lesion.*part); };
  };
  const auto number = [](base::Computed<double> Lesion::*part) {
    return [=](const Lesion& lesion) { return field_of(lesion.*part); };
  };
  std::vector<Column> columns{
      {"id", text(&Lesion::id)},
      {"tracking_uid", text(&Lesion::tracking_uid)},
      {"parent", [](const Lesion& lesion) { return csv_text(lesion.parent.value_or("")); }},
      {"status", [](const Lesion& lesion) { return std::string(name_of(lesion.status)); }},
      {"status_reason", text(&Lesion::status_reason)},
      {"status_by", text(&Lesion::status_by)},
      {"status_confidence",
       [](const Lesion& lesion) { return fmt::format("{:.6g}", lesion.status_confidence); }},
      {"site", text(&Lesion::site)},
      {"location", text(&Lesion::location)},
      coordinate("x_lps_mm", &Lesion::centroid_lps_mm, &space::PointLps::x),
      coordinate("y_lps_mm", &Lesion::centroid_lps_mm, &space::PointLps::y),
      coordinate("z_lps_mm", &Lesion::centroid_lps_mm, &space::PointLps::z),
      coordinate("x_fdg_lps_mm", &Lesion::centroid_fdg_lps_mm, &space::PointLps::x),
      coordinate("y_fdg_lps_mm", &Lesion::centroid_fdg_lps_mm, &space::PointLps::y),
      coordinate("z_fdg_lps_mm", &Lesion::centroid_fdg_lps_mm, &space::PointLps::z),
      {"size_mm", number(&Lesion::size_mm)},
      {"size_source",
       [](const Lesion& lesion) {
         return lesion.size_mm.has_value() ? std::string(name_of(lesion.size_source)) : std::string();
       }},
      {"volume_ml", number(&Lesion::volume_ml)},
      {"registration_error_mm", number(&Lesion::registration_error_mm)}};
  add_uptake(columns, "sstr", &Lesion::sstr);
  add_uptake(columns, "fdg", &Lesion::fdg);
  columns.push_back({"fdg_to_sstr", number(&Lesion::fdg_to_sstr)});
  columns.push_back({"pattern", text(&Lesion::pattern)});
  columns.push_back({"netpet_pattern", text(&Lesion::netpet_pattern)});
  columns.push_back({"krenning", number(&Lesion::krenning)});
  columns.push_back(
      {"decides", [](const Lesion& lesion) { return std::string(lesion.decides ? "true" : "false"); }});
  columns.push_back({"flags", [](const Lesion& lesion) { return csv_text(joined(lesion.flags)); }});
  return columns;
}

}  // namespace

std::string lesions_csv(const record::Reading& reading) {
  const std::vector<Column> columns = all_columns();
  std::string csv;
  const auto add_row = [&](const auto& field_of_column) {
    for (std::size_t i = 0; i < columns.size(); ++i) csv += (i == 0 ? "" : ",") + field_of_column(columns[i]);
    csv += "\r\n";
  };
  add_row([](const Column& column) { return column.header; });
  for (const Lesion& lesion : reading.lesions)
    add_row([&](const Column& column) { return column.field(lesion); });
  return csv;
}

}  // namespace netpet::report
