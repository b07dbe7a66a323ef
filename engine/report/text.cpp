#include "base/quote.h"
#include "report/common.h"
#include "report/escape.h"
#include "report/report.h"

namespace segue::report {
namespace {

class TextReport {
 public:
  TextReport(const plan::Plan& plan, const Style& style) : plan_(plan), style_(style) {}

  std::string write() {
    for (const Group& group : groups_of(plan_)) write_group(group);
    write_hazards();
    write_list("Not modelled by segue, and left alone:", unmodelled());
    write_list("Warnings:", plan_.body.warnings);
    write_list("Notes:", remarks_of(plan_));
    line("", paint("1", headline(plan_)));
    return out_;
  }

 private:
  std::string paint(const char* code, const std::string& text) const {
    return style_.color ? "\x1b[" + std::string(code) + "m" + text + "\x1b[0m" : text;
  }

  static const char* color_of(char sign) { return sign == '+' ? "32" : sign == '-' ? "31" : "33"; }

  void line(const std::string& indent, const std::string& text) { out_ += indent + text + "\n"; }

  /// Every line of `text` at the same depth.
  void block(const std::string& indent, const std::string& text) {
    std::size_t begin = 0;
    while (begin <= text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      line(indent, text.substr(begin, end - begin));
      begin = end + 1;
    }
  }

  void write_group(const Group& group) {
    line("", paint("1", one_line(group.title)));
    for (const plan::Step* step : group.steps) write_step(*step);
    line("", "");
  }

  void write_step(const plan::Step& step) {
    for (const plan::Part& part : parts_of(step)) {
      const char sign = mark(part.verb);
      std::string head = paint(color_of(sign), std::string(1, sign) + " " + one_line(part.object));
      if (!part.reason.empty()) head += "  " + one_line(part.reason);
      std::string place = step.id;
      if (const std::string source = source_of(part.source); !source.empty()) place += ", " + one_line(source);
      line("  ", head + "  " + paint("2", "[" + place + "]"));
    }
    for (const std::string& statement : step.sql) block("      ", printable(terminated(statement)));
    if (!step.search_path.empty()) line("      ", "search_path: " + one_line(step.search_path));
    if (const std::string group = group_of(plan_, step); !group.empty()) line("      ", "runs in:  " + group);
    for (const std::string& name : step.secrets) line("      ", "needs:    SEGUE_SECRET_" + one_line(name));
    if (const std::string lock = lock_sentence(step); !lock.empty()) line("      ", "lock:     " + one_line(lock));
    if (!step.hazards.empty()) line("      ", "hazard:   " + paint("31", one_line(hazard_sentence(step))));
    line("      ", "way back: " + one_line(way_back(step)));
  }

  void write_hazards() {
    const std::vector<HazardUse> uses = hazards_of(plan_);
    if (uses.empty()) return;
    std::vector<std::string> names;
    line("", paint("1", "Hazards, each to be allowed before apply runs anything:"));
    for (const HazardUse& use : uses) {
      names.push_back(use.hazard);
      for (const plan::Step* step : use.steps) {
        line("  ", paint("31", one_line(use.hazard)) + "  " + step->id + "  " + one_line(step->object));
      }
    }
    line("  ", "Allow them with: --allow-hazards " + one_line(join(names, ",")));
    line("", "");
  }

  std::vector<std::string> unmodelled() const {
    std::vector<std::string> out;
    for (const plan::Unmodelled& one : plan_.body.unmodelled) {
      out.push_back(one.object + (one.note.empty() ? "" : ": " + one.note));
    }
    return out;
  }

  void write_list(const std::string& title, const std::vector<std::string>& items) {
    if (items.empty()) return;
    line("", paint("1", title));
    for (const std::string& item : items) line("  ", one_line(item));
    line("", "");
  }

  const plan::Plan& plan_;
  const Style& style_;
  std::string out_;
};

}  // namespace

std::string text(const plan::Plan& plan, const Style& style) { return TextReport(plan, style).write(); }

}  // namespace segue::report
