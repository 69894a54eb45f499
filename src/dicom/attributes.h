#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "dicom/date_time.h"
#include "dicom/preflight.h"
#include "dicom/tags.h"
#include "record/pet_header.h"
#include "record/warning.h"

class DcmItem;

namespace netpet::dicom {

/// The attributes of one data set or of one item of a sequence, as typed values. An absent or empty attribute
/// is nothing; a malformed one is nothing as well, and adds a problem (`malformed_value`). Text comes as
/// UTF-8. The attributes of a frame may lie in several items: what the first of them lacks is looked up in
/// the next.
class Attributes {
 public:
  /// The first value without padding; empty where absent.
  std::string text(Tag tag) const;
  std::vector<std::string> texts(Tag tag) const;
  std::optional<double> number(Tag tag) const;
  /// Empty unless every value is a finite number.
  std::vector<double> numbers(Tag tag) const;
  std::optional<int> integer(Tag tag) const;
  std::optional<base::Date> date(Tag tag) const;
  std::optional<base::TimeOfDay> time(Tag tag) const;
  std::optional<DateTime> date_time(Tag tag) const;
  /// The first item of a code sequence; nothing where there is neither value nor meaning.
  std::optional<record::Code> code(Tag sequence) const;
  std::vector<Attributes> items(Tag sequence) const;
  /// These attributes behind those of `nearer`: an attribute that `nearer` has is taken from there.
  Attributes behind(const Attributes& nearer) const;
  /// The tag of a private element, wherever its creator reserved a block: (gggg,xxee) for `element` = ee.
  std::optional<Tag> private_tag(std::uint16_t group, std::string_view creator, std::uint8_t element) const;

 private:
  friend class DataSet;
  /// The elements of one item, found by their tag without a walk over the others.
  struct Elements;
  Attributes(DcmItem& item, std::vector<record::Warning>& problems);
  /// All values of the element, as text.
  std::optional<std::string> raw(Tag tag) const;
  template <class Value>
  std::optional<Value> parsed(Tag tag, std::optional<Value> (*parse)(std::string_view)) const;
  void add_malformed(Tag tag, std::string_view text) const;
  std::string to_utf8(std::string text) const;

  std::vector<std::shared_ptr<const Elements>> items_;  ///< the nearest first
  std::vector<record::Warning>* problems_;
};

/// How much of a file's header is parsed.
enum class HeaderPart { leading, whole };

/// The header of one file, without pixels, after the preflight has walked over it. Refuses
/// `header_unreadable`.
class DataSet {
 public:
  DataSet(const std::filesystem::path& file, const FileLayout& layout, HeaderPart part);
  /// The same of bytes that were read before: those of `layout.header`, or a part from its start.
  DataSet(const std::filesystem::path& file, const FileLayout& layout, std::span<const std::uint8_t> bytes);
  ~DataSet();
  DataSet(DataSet&&) noexcept;
  DataSet& operator=(DataSet&&) noexcept;

  const Attributes& attributes() const { return *attributes_; }
  /// What was malformed among the attributes asked for so far.
  const std::vector<record::Warning>& problems() const { return *problems_; }

 private:
  struct Parsed;
  std::unique_ptr<Parsed> parsed_;
  std::unique_ptr<std::vector<record::Warning>> problems_;
  std::unique_ptr<Attributes> attributes_;
};

/// "(0010,1030)".
std::string to_string(Tag tag);

}  // namespace netpet::dicom
