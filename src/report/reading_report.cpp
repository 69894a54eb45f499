#include "report/reading_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "report/grade_words.h"
#include "report/sections.h"

namespace netpet::report {

Document reading_report(const record::Reading& reading, const ReportPictures& pictures, const Texts& texts) {
  const record::Patient& patient = reading.patient;
  const std::string id = patient.id.empty() ? texts["report.unknown"] : patient.id;
  Document document;
  document.language = texts.language();
  document.kind = texts["report.title"];
  document.title = fmt::format("{} – {}", document.kind, id);
  document.subject = patient.name.empty() ? id : person_name(patient.name);
  document.bound = texts["report.research"];
  document.signature = signature_in_words(reading, texts);
  document.is_signed = reading.review && reading.review->is_signed;
  for (const auto* scan : {&reading.sstr, &reading.fdg})
    if (*scan && (*scan)->acquired) document.dated = std::max(document.dated, base::iso(*(*scan)->acquired));
  document.head = patient_and_scans(reading, texts);
  const auto add = [&](Blocks blocks) {
    document.body.insert(document.body.end(), std::make_move_iterator(blocks.begin()),
                         std::make_move_iterator(blocks.end()));
  };
  add(warnings(reading, texts));
  add(headline(reading, texts));
  Blocks sight = projections(reading, pictures, texts);
  for (Block& target : target_lesion(reading, pictures, texts)) sight.push_back(std::move(target));
  add({Group{Group::Kind::spread,
             "",
             "",
             {Group{Group::Kind::part, "", "", std::move(sight)},
              Group{Group::Kind::part, "", "", grade_table(reading, texts)}}}});
  add(impression_to_paste(reading, texts));
  add(lesion_table(reading, texts));
  add(lesion_pictures(pictures, texts));
  add(physiologic(reading, texts));
  add(grades(reading, texts));
  add(post_therapy(reading, texts));
  add(burden(reading, pictures.phenotypes, texts));
  add(heterogeneity(reading, texts));
  add(outline_alternatives(reading, texts));
  add(references(reading, pictures.references, texts));
  add(registration(reading, pictures.registration, texts));
  add(suv(reading, texts));
  add(flag_glossary(reading, texts));
  add(settings(reading, texts));
  const record::Software& software = reading.software;
  document.foot = {texts["report.research"],
                   fmt::format(fmt::runtime(texts["report.made_by"]), software.name, software.version,
                               software.revision, software.rules.substr(0, 12))};
  return document;
}

}  // namespace netpet::report
