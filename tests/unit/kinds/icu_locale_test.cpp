// Guards against a collation that is taken for another because the server keeps its locale in other words. What is
// expected here is what PostgreSQL 18 made of each, but for "true", which not every ICU writes.
#include "kinds/icu_locale.h"

#include <gtest/gtest.h>

namespace segue::kinds {
namespace {

TEST(IcuLocale, IsALanguageTag) {
  constexpr std::pair<const char*, const char*> tags[] = {
      {"@colCaseFirst=lower;colNumeric=yes", "und-u-kf-lower-kn"},
      {"en@colReorder=latn-digit", "en-u-kr-latn-digit"},
      {"en@colCaseFirst=upper;colReorder=latn-digit", "en-u-kf-upper-kr-latn-digit"},
      {"de@collation=phonebook", "de-u-co-phonebk"},
      {"und@collation=emoji", "und-u-co-emoji"},
      {"de_AT@colStrength=secondary;colNumeric=no;colAlternate=shifted", "de-AT-u-ka-shifted-kn-false-ks-level2"},
      {"@colStrength=primary;colBackwards=yes;colCaseLevel=yes;colNormalization=no", "und-u-kb-kc-kk-false-ks-level1"},
      {"zh_Hant_TW@collation=stroke;colAlternate=non-ignorable", "zh-Hant-TW-u-co-stroke-ka-noignore"},
      {"es@collation=traditional;colStrength=quaternary;colCaseFirst=no", "es-u-co-trad-kf-false-ks-level4"},
      {"EN_us@COLNUMERIC=YES", "en-US-u-kn"},
      {"th_TH@calendar=buddhist;numbers=thai;colNumeric=yes", "th-TH-u-ca-buddhist-kn-nu-thai"},
      {"en_US.utf8", "en-US"},
      {"zh@collation=gb2312han", "zh-u-co-gb2312"},
      {"en-u-kn-true-kf-upper", "en-u-kf-upper-kn"},
      {"@colNumeric=yes;colNumeric=no", "und-u-kn"},
      {"en@foo=bar;colNumeric=yes", "en@foo=bar;colNumeric=yes"},
      {"en_US_POSIX", "en-US-u-va-posix"},
      {"zh@collation=dictionary", "zh-u-co-dict"},
      {"und", "und"},
      {"", "und"},
      {"root", "und"},
      {"en-u-kr-latn-digit-ks-level2", "en-u-kr-latn-digit-ks-level2"},
  };
  for (const auto& [written, tag] : tags) {
    EXPECT_EQ(language_tag(written), tag);
    EXPECT_EQ(language_tag(tag), tag);
  }
}

}  // namespace
}  // namespace segue::kinds
