#include "dicom/write_pdf.h"

#include <span>

namespace netpet::dicom {
namespace {

constexpr std::string_view encapsulated_pdf = "1.2.840.10008.5.1.4.1.1.104.1";

}  // namespace

WrittenObject write_pdf(const DocumentToEncapsulate& document, const SourceSeries& source,
                        const std::filesystem::path& file) {
  const DerivedKind kind{encapsulated_pdf, "DOC", document.series_description, document.series_number};
  SliceFile object;
  put_head(object, source, kind);
  object.put({0x0008, 0x0064}, "WSD");  // made at a workstation
  object.put({0x0008, 0x002A}, source.acquired ? date_time_string(*source.acquired) : "");
  object.put(tags::burned_in_annotation, burned_in_annotation(source));  // its pages show whose they are
  object.put({0x0042, 0x0010}, document.title);
  object.put_code(tags::concept_name_code, {"18748-4", "LN", "Diagnostic Imaging Report"});
  put_source_images(object, {0x0042, 0x0013}, source);
  object.put({0x0042, 0x0012}, "application/pdf");
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(document.pdf.data());
  object.put_ul({0x0042, 0x0015}, std::vector{static_cast<std::uint32_t>(document.pdf.size())});
  object.put_bytes({0x0042, 0x0011}, {bytes, document.pdf.size()});
  return save_derived(object, source, kind, file);
}

}  // namespace netpet::dicom
