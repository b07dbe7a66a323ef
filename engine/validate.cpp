// segue validate: what can be said of a schema without any database.
#include "segue_internal.h"
#include "source/contradictions.h"

namespace segue {

Result<ValidateReport> validate(const PlanRequest& request) {
  const auto texts = load_schema(request);
  if (!texts) return texts.failure();
  const auto desired = read_schema(request, *texts);
  if (!desired) return desired.failure();
  std::vector<const model::Object*> objects;
  for (const model::Object& object : desired->schema.objects()) objects.push_back(&object);
  if (Status status = source::names_no_absent_column(desired->schema, objects, {}, *texts); !status)
    return status.failure();
  ValidateReport report;
  report.objects = objects.size();
  report.files = texts->size();
  report.warnings = desired->warnings;
  for (const source::Note& note : desired->unmodelled)
    report.warnings.push_back(Diagnostic::warning(note.object + ": " + note.text));
  return report;
}

}  // namespace segue
