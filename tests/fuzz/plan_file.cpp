// Guards against plan files made to break the reader: whatever the bytes, it answers with a plan or a message, and a
// plan that it accepts is written and read back as the same one.
#include "plan/plan_file.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "report/report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const segue::Result<std::string> sealed = segue::plan::seal(text, "fuzz");
  if (!sealed) return 0;  // not a plan at all
  const segue::Result<segue::plan::Plan> plan = segue::plan::from_json(*sealed, "fuzz");
  if (!plan) std::abort();  // what was just sealed must be readable
  const segue::Result<segue::plan::Plan> again = segue::plan::from_json(segue::plan::to_json(*plan), "fuzz");
  if (!again || again->body.steps.size() != plan->body.steps.size()) std::abort();
  for (const auto format : {segue::report::Format::text, segue::report::Format::sql, segue::report::Format::html}) {
    if (segue::report::render(*plan, format).empty()) std::abort();
  }
  if (segue::report::markdown(*plan).size() > 65536) std::abort();
  return 0;
}
