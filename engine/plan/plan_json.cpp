#include "plan/plan_json.h"

#include <nlohmann/json.hpp>

namespace segue::plan {
namespace {

using Json = nlohmann::ordered_json;

Json to_json(const Shape& shape) {
  Json definitions = Json::object();
  for (const auto& [name, hash] : shape.definitions) definitions[name] = hash ? Json(*hash) : Json(nullptr);
  return {{"attributes", shape.attributes}, {"definitions", std::move(definitions)}};
}

Json to_json(const std::map<std::string, Shape>& shapes) {
  Json tree = Json::object();
  for (const auto& [key, shape] : shapes) tree[key] = to_json(shape);
  return tree;
}

template <class Value>
Json to_json(const std::map<std::string, Value>& values) {
  Json tree = Json::object();
  for (const auto& [key, value] : values) tree[key] = value;
  return tree;
}

Json to_json(const std::vector<Preflight>& checks) {
  Json tree = Json::array();
  for (const Preflight& check : checks) {
    tree.push_back({{"what", check.what},
                    {"sql", check.sql},
                    {"list", check.list},
                    {"hazard", check.hazard},
                    {"relation", check.relation}});
    if (!check.sample.empty()) tree.back()["sample"] = check.sample;
    if (check.runs_code) tree.back()["runs_code"] = true;
    if (check.in_turn) tree.back()["in_turn"] = true;
  }
  return tree;
}

Json to_json(const std::vector<Measured>& measured) {
  Json tree = Json::array();
  for (const Measured& one : measured) {
    tree.push_back({{"step", one.step},
                    {"mode", one.mode},
                    {"locked", one.locked},
                    {"rewritten", one.rewritten},
                    {"scanned", one.scanned}});
  }
  return tree;
}

Json to_json(const Inverse& inverse) {
  return {{"sql", inverse.sql},
          {"search_path", inverse.search_path},
          {"fidelity", inverse.fidelity},
          {"reason", inverse.reason},
          {"preflight", to_json(inverse.preflight)}};
}

Json to_json(const Source& source) { return {{"file", source.file}, {"line", source.line}}; }

Json to_json(const std::vector<Part>& parts) {
  Json tree = Json::array();
  for (const Part& part : parts) {
    tree.push_back({{"object", part.object},
                    {"kind", part.kind},
                    {"verb", to_string(part.verb)},
                    {"reason", part.reason},
                    {"source", to_json(part.source)}});
  }
  return tree;
}

Json to_json(const std::vector<Retained>& all) {
  Json tree = Json::array();
  for (const Retained& one : all) tree.push_back({{"object", one.object}, {"relation", one.relation}});
  return tree;
}

Json to_json(const Step& step) {
  Json tree;
  tree["id"] = step.id;
  tree["object"] = step.object;
  tree["kind"] = step.kind;
  tree["relation"] = step.relation;
  tree["verb"] = to_string(step.verb);
  tree["reason"] = step.reason;
  tree["sql"] = step.sql;
  tree["search_path"] = step.search_path;
  if (!step.secrets.empty()) tree["secrets"] = step.secrets;
  tree["inverse"] = to_json(step.inverse);
  tree["effects"] = step.changes;
  if (!step.parts.empty()) tree["parts"] = to_json(step.parts);
  tree["source"] = to_json(step.source);
  tree["group"] = step.group;
  if (step.alone) tree["alone"] = Json{{"is_done", step.alone->is_done}, {"clean", step.alone->clean}};
  tree["lock"] = Json{{"mode", step.lock.mode}, {"relations", step.lock.relations}};
  tree["rewrites"] = step.rewrites;
  tree["scans"] = step.scans;
  tree["hazards"] = step.hazards;
  if (!step.allowed.empty()) tree["allowed"] = step.allowed;
  tree["preflight"] = to_json(step.preflight);
  if (!step.retained.empty()) tree["retained"] = to_json(step.retained);
  tree["timeouts"] = Json{{"lock_ms", step.lock_timeout_ms}};
  return tree;
}

Json to_json(const std::vector<Group>& groups) {
  Json tree = Json::array();
  for (const Group& group : groups) {
    tree.push_back({{"reason", group.reason}, {"in_transaction", group.in_transaction}});
  }
  return tree;
}

}  // namespace

Json body_to_json(const Body& body) {
  Json files = Json::array();
  for (const SchemaFile& file : body.files) files.push_back({{"path", file.path}, {"sha256", file.sha256}});
  Json steps = Json::array();
  for (const Step& step : body.steps) steps.push_back(to_json(step));
  Json unmodelled = Json::array();
  for (const Unmodelled& one : body.unmodelled) unmodelled.push_back({{"object", one.object}, {"note", one.note}});

  Json tree;
  tree["scope"] = body.scope;
  tree["exclude"] = body.exclude;
  tree["on_drop"] = body.on_drop;
  tree["owner"] = body.owner;
  tree["server_major"] = body.server_major;
  tree["files"] = std::move(files);
  tree["steps"] = std::move(steps);
  if (!body.groups.empty()) tree["groups"] = to_json(body.groups);
  tree["effects"] = Json{{"removed", body.effects.removed},
                         {"added", to_json(body.effects.added)},
                         {"altered", to_json(body.effects.altered)}};
  tree["hash_version"] = body.hash_version;
  tree["reads"] = to_json(body.reads);
  if (!body.watches.empty()) tree["watches"] = body.watches;
  tree["left_alone"] = body.left_alone;
  tree["remembers"] = body.remembers;
  tree["manages"] = body.manages;
  tree["assumptions"] = to_json(body.assumptions);
  tree["unmodelled"] = std::move(unmodelled);
  tree["warnings"] = body.warnings;
  return tree;
}

Json observed_to_json(const Observed& observed) {
  Json tree;
  tree["server_version"] = observed.server_version;
  tree["rows"] = to_json(observed.rows);
  tree["bytes"] = to_json(observed.bytes);
  tree["settled_by_tier"] = to_json(observed.settled_by_tier);
  tree["not_ours"] = observed.not_ours;
  tree["notes"] = observed.notes;
  if (!observed.measured.empty()) tree["measured"] = to_json(observed.measured);
  return tree;
}

}  // namespace segue::plan
