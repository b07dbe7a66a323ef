#include <algorithm>
#include <utility>

#include "sql/builtin_functions.h"
#include "sql/canonical_tree.h"

namespace segue::sql {
namespace {

Value typed(std::string text, std::string type, bool exact = true) {
  Value value;
  value.text = std::move(text);
  value.type.name = std::move(type);
  value.exact = exact;
  return value;
}

Value untyped(std::string text) { return typed(std::move(text), "", false); }

std::string list_text(const std::vector<Value>& values) {
  std::string text;
  for (const Value& value : values) text += " " + Canonicalizer::text_of(value);
  return text;
}

}  // namespace

bool holds_column(Node node) {
  if (!node) return false;
  if (node.is("ColumnRef")) return true;
  for (const Node item : node.items()) {
    if (holds_column(item)) return true;
  }
  for (std::size_t i = 0; i < node.field_count(); ++i) {
    if (holds_column(node.field(i))) return true;
  }
  return false;
}

namespace {

bool is_range(std::string_view type) { return type.find("range") != std::string_view::npos; }

/// May the server pass a value of this type for such a parameter?
enum class Fit { no, exact, coerced, polymorphic };
Fit fit(const Value& value, std::string_view parameter) {
  if (parameter == "anyarray" || parameter == "anycompatiblearray") {
    return value.literal || (value.type.known() && !value.type.is_array()) ? Fit::no : Fit::polymorphic;
  }
  if (parameter.substr(0, 3) == "any" && is_range(parameter)) {
    return value.literal || (is_builtin_type(value.type.name) && !is_range(value.type.name)) ? Fit::no
                                                                                             : Fit::polymorphic;
  }
  if (parameter == "anyenum") return is_builtin_type(value.type.name) ? Fit::no : Fit::polymorphic;
  if (parameter.substr(0, 3) == "any") return Fit::polymorphic;
  if (value.literal) return Fit::coerced;
  if (!value.type.known()) return Fit::polymorphic;  // whatever it is: nothing is certain
  if (value.type.name == parameter) return Fit::exact;
  const bool is_string = value.type.is("varchar") || value.type.is("bpchar") || value.type.is("name");
  return is_string && parameter == "text" ? Fit::coerced : Fit::no;
}

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    parts.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

/// The one overload that the server takes (parse_func.c func_select_candidate), where that is certain.
const BuiltinFunction* overload(std::string_view name, const std::vector<Value>& arguments) {
  const auto [first, last] = builtin_functions(name);
  const BuiltinFunction* found = nullptr;
  const BuiltinFunction* with_text = nullptr;
  int fitting = 0;
  int fitting_with_text = 0;
  for (const BuiltinFunction* candidate = first; candidate != last; ++candidate) {
    const std::vector<std::string_view> parameters = split(candidate->arguments);
    if (parameters.size() != arguments.size()) continue;
    bool fits = true;
    bool polymorphic = false;
    bool exact = true;
    bool text_for_literals = true;
    for (std::size_t i = 0; i < parameters.size() && fits; ++i) {
      text_for_literals = text_for_literals && (!arguments[i].literal || parameters[i] == "text");
      const Fit one = fit(arguments[i], parameters[i]);
      fits = one != Fit::no;
      polymorphic = polymorphic || one == Fit::polymorphic;
      exact = exact && one == Fit::exact;
    }
    if (!fits) continue;
    if (exact) return candidate;
    if (polymorphic) return nullptr;
    ++fitting;
    found = candidate;
    if (text_for_literals) {
      ++fitting_with_text;
      with_text = candidate;
    }
  }
  if (fitting <= 1) return found;
  // Of several, the one that takes strings where a literal stands.
  return fitting_with_text == 1 ? with_text : nullptr;
}

}  // namespace

std::string Canonicalizer::text_of(const Value& value) {
  if (!value.literal) return value.text;
  return value.is_null ? "NULL" : quoted(value.raw);
}

ValueType Canonicalizer::type_of_column(const std::string& schema, const std::string& relation,
                                        std::string_view column) const {
  if (!names_.type_of || relation.empty()) return {};
  const auto type = names_.type_of(schema, relation, column);
  return type ? type_of_text(*type, names_) : ValueType{};
}

ValueType Canonicalizer::base_type(const ValueType& type) const {
  if (!type.known() || is_builtin_type(type.name) || !names_.type_facts) return type;
  const auto parts = split_name(type.name);
  if (!parts || parts->size() != 2) return type;
  const auto facts = names_.type_facts((*parts)[0], (*parts)[1]);
  if (!facts || facts->kind != TypeFacts::Kind::domain) return type;
  ValueType base = type_of_text(facts->base, names_);
  base.typmod.clear();
  return base;
}

Value Canonicalizer::coerce(Value value, const std::string& type) const {
  if (type.empty()) return value;
  if (value.literal) {
    if (value.is_null) return typed("NULL::" + type, type);
    return typed(quoted(constant_text(value.raw, {type, {}}, names_)) + "::" + type, type);
  }
  if (value.type.name == type) return value;
  return typed("(::" + type + " " + value.text + ")", type);
}

// transformTypeCast: a literal takes the type itself, an ARRAY[] passes it to its elements, a cast to what it is anyway
// leaves no trace.
Value Canonicalizer::cast(Value value, const ValueType& type) const {
  if (!type.known()) return untyped("(cast " + text_of(value) + ")");
  if (value.literal) {
    const std::string name = type.name + type.typmod;
    Value made = value.is_null ? typed("NULL::" + name, type.name)
                               : typed(quoted(constant_text(value.raw, type, names_)) + "::" + name, type.name);
    made.type.typmod = type.typmod;
    return made;
  }
  if (value.is_array_expression && type.is_array()) {
    std::vector<Value> elements;
    for (Value& element : value.elements) {
      const bool nested = element.is_array_expression;
      elements.push_back(cast(std::move(element), nested ? type : ValueType{type.element().name, type.typmod}));
    }
    return array_of(std::move(elements), type.element().name);
  }
  if (value.exact && value.type.name == type.name && value.type.typmod == type.typmod) return value;
  Value made = typed("(::" + type.name + type.typmod + " " + value.text + ")", type.name);
  made.type.typmod = type.typmod;
  return made;
}

Value Canonicalizer::constant(Node node) const {
  if (node.has("ival")) return typed(quoted(std::to_string(node.number())) + "::int4", "int4");
  if (node.has("boolval")) return typed(node.flag() ? "'true'::bool" : "'false'::bool", "bool");
  if (node.has("bsval")) return typed("bits " + quoted(node.text()), "bit");
  if (node.has("fval")) {
    // make_const: what has no point and fits 64 bits is an int8, the rest is numeric.
    const std::string digits(node.text());
    const bool whole = digits.find_first_not_of("-0123456789") == std::string::npos;
    const std::size_t length = digits.size() - (digits[0] == '-' ? 1 : 0);
    const bool negative = digits[0] == '-';
    const std::string_view last = negative ? "9223372036854775808" : "9223372036854775807";
    const bool fits = length < 19 || (length == 19 && std::string_view(digits).substr(negative ? 1 : 0) <= last);
    const std::string type = whole && fits ? "int8" : "numeric";
    return typed(quoted(constant_text(digits, {type, {}}, names_)) + "::" + type, type);
  }
  Value value;
  value.literal = true;
  value.is_null = node.flag("isnull");
  value.raw = node.text();
  return value;
}

Value Canonicalizer::type_cast(Node node, const Scope& scope) {
  const ValueType type = type_of_name(node["typeName"], names_);
  const bool is_array = node["arg"].is("A_ArrayExpr") && type.is_array();
  // the server prints a cast around an ARRAY[] only where it coerced the whole: a file's goes to the elements
  if (is_array && writer_ == Writer::server && !node["arg"].list("elements").empty())
    return coerce(array(node["arg"], scope), type.name + type.typmod);
  return cast(is_array ? array(node["arg"], scope, true) : expression(node["arg"], scope), type);
}

Value Canonicalizer::unary(const std::vector<std::string>& name, const Value& operand) {
  const std::string& op = name.back();
  const bool number = operand.type.is("int2") || operand.type.is("int4") || operand.type.is("int8") ||
                      operand.type.is("numeric") || operand.type.is("float4") || operand.type.is("float8");
  const bool builtin = number && (op == "-" || op == "+");
  const std::string text = "(" + operator_name(name, builtin) + " " + text_of(operand) + ")";
  return builtin ? typed(text, operand.type.name) : untyped(text);
}

std::optional<OperatorTypes> Canonicalizer::operand_types(const std::vector<std::string>& name, const Value& left,
                                                          const Value& right) const {
  if (name.size() > 1 && name.front() != "pg_catalog") return std::nullopt;
  const ValueType l = base_type(left.type);
  const ValueType r = base_type(right.type);
  if (auto found = operator_types(name.back(), l, left.literal, r, right.literal)) return found;
  // Enums compare through pg_catalog's operators on anyenum.
  const ValueType& type = left.literal ? r : l;
  const bool same = left.literal || right.literal || l.name == r.name;
  const bool compares = std::string_view("= <> < <= > >=").find(name.back()) != std::string_view::npos;
  if (!same || !compares || !type.known() || is_builtin_type(type.name) || !names_.type_facts) return std::nullopt;
  const auto parts = split_name(type.name);
  if (!parts || parts->size() != 2) return std::nullopt;
  const auto facts = names_.type_facts((*parts)[0], (*parts)[1]);
  if (!facts || facts->kind != TypeFacts::Kind::enumeration) return std::nullopt;
  return OperatorTypes{type.name, type.name, "bool"};
}

std::string Canonicalizer::operator_name(const std::vector<std::string>& name, bool builtin) const {
  return builtin ? name.back() : resolved_name(name, "operator", names_);
}

Value Canonicalizer::binary(const std::vector<std::string>& name, Value left, Value right) {
  const auto types = operand_types(name, left, right);
  if (types) {
    left = coerce(std::move(left), types->left);
    right = coerce(std::move(right), types->right);
  }
  const std::string text =
      "(" + operator_name(name, types.has_value()) + " " + text_of(left) + " " + text_of(right) + ")";
  return types ? typed(text, types->result) : untyped(text);
}

Value Canonicalizer::joined(std::string_view by, std::vector<Value> values) const {
  Value made = typed("", "bool");
  made.joined_by = by;
  for (std::size_t i = 0; i < values.size(); ++i) {
    // gram.y makeAndExpr, makeOrExpr: the grammar flattens on the left, where the server's text is read again.
    if (i == 0 && values[i].joined_by == by) {
      made.parts = std::move(values[i].parts);
    } else {
      made.parts.push_back(text_of(coerce(std::move(values[i]), values[i].literal ? "bool" : "")));
    }
  }
  made.text = "(" + std::string(by);
  for (const std::string& part : made.parts) made.text += " " + part;
  made.text += ")";
  return made;
}

Value Canonicalizer::negated(const Value& value) const { return typed("(not " + text_of(value) + ")", "bool"); }

Value Canonicalizer::boolean(Node node, const Scope& scope) {
  std::vector<Value> values;
  for (const Node argument : node.list("args")) values.push_back(expression(argument, scope));
  const std::string_view kind = node.text("boolop");
  if (kind == "NOT_EXPR") return negated(values.empty() ? Value{} : values.front());
  return joined(kind == "OR_EXPR" ? "or" : "and", std::move(values));
}

// transformAExprOpAny, make_scalar_array_op.
Value Canonicalizer::over_array(const std::vector<std::string>& name, Value left, Value array, bool any) {
  Value element;
  element.type = array.type.element();
  element.literal = array.literal;
  std::optional<OperatorTypes> types;
  if (array.literal || element.type.known()) types = operand_types(name, left, element);
  if (types) {
    left = coerce(std::move(left), types->left);
    array = coerce(std::move(array), types->right + "[]");
  }
  const std::string text = "(" + operator_name(name, types.has_value()) + (any ? " any " : " all ") + text_of(left) +
                           " " + text_of(array) + ")";
  return types ? typed(text, "bool") : untyped(text);
}

// transformAExprIn: more than one element without a column becomes an array, the others are compared one by one.
Value Canonicalizer::in_list(Node node, const Scope& scope) {
  const std::vector<std::string> name = strings(node.list("name"));
  const bool any = name.back() == "=";
  const Value left = expression(node["lexpr"], scope);
  std::vector<Value> plain;
  std::vector<Value> with_columns;
  std::vector<Value> tests;
  for (const Node item : node["rexpr"].items()) {
    Value value = expression(item, scope);
    tests.push_back(value);
    (holds_column(item) ? with_columns : plain).push_back(std::move(value));
  }
  if (plain.size() <= 1) {
    for (Value& test : tests) test = binary(name, left, std::move(test));
  } else {
    tests.clear();
    std::vector<Value> all = plain;
    all.push_back(left);
    std::rotate(all.begin(), all.end() - 1, all.end());
    const std::string common = unify(all);
    const bool decided = !common.empty();
    plain.clear();
    for (std::size_t i = 1; i < all.size(); ++i) plain.push_back(std::move(all[i]));
    if (decided) {
      tests.push_back(over_array(name, left, array_of(std::move(plain), common), any));
    } else {
      tests.push_back(untyped("(in " + operator_name(name, false) + " " + text_of(left) + list_text(plain) + ")"));
    }
    for (Value& value : with_columns) tests.push_back(binary(name, left, std::move(value)));
  }
  return tests.size() == 1 ? std::move(tests.front()) : joined(any ? "or" : "and", std::move(tests));
}

// transformAExprBetween.
Value Canonicalizer::between(Node node, const Scope& scope) {
  const std::string_view kind = node.text("kind");
  const Value value = expression(node["lexpr"], scope);
  const Value low = expression(node["rexpr"].items()[0], scope);
  const Value high = expression(node["rexpr"].items()[1], scope);
  const auto inside = [&](const Value& from, const Value& to) {
    return joined("and", {binary({">="}, value, from), binary({"<="}, value, to)});
  };
  const auto outside = [&](const Value& from, const Value& to) {
    return joined("or", {binary({"<"}, value, from), binary({">"}, value, to)});
  };
  if (kind == "AEXPR_BETWEEN") return inside(low, high);
  if (kind == "AEXPR_NOT_BETWEEN") return outside(low, high);
  if (kind == "AEXPR_BETWEEN_SYM") return joined("or", {inside(low, high), inside(high, low)});
  return joined("and", {outside(low, high), outside(high, low)});
}

Value Canonicalizer::operation(Node node, const Scope& scope) {
  const std::string_view kind = node.text("kind");
  const std::vector<std::string> name = strings(node.list("name"));
  if (kind == "AEXPR_IN") return in_list(node, scope);
  if (kind.find("BETWEEN") != std::string_view::npos) return between(node, scope);
  Value right = expression(node["rexpr"], scope);
  if (!node.has("lexpr")) return unary(name, right);
  Value left = expression(node["lexpr"], scope);
  if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") {
    return over_array(name, std::move(left), std::move(right), kind == "AEXPR_OP_ANY");
  }
  if (kind == "AEXPR_DISTINCT" || kind == "AEXPR_NOT_DISTINCT" || kind == "AEXPR_NULLIF") {
    Value made = binary(name, left, right);
    const bool nullif = kind == "AEXPR_NULLIF";
    made.text = std::string(nullif ? "(nullif " : "(distinct ") + made.text + ")";
    if (nullif) {
      const auto types = operand_types(name, left, right);
      made.type = types ? ValueType{types->left, {}} : ValueType{};
      made.exact = left.exact && left.type.typmod.empty();
    }
    return kind == "AEXPR_NOT_DISTINCT" ? negated(made) : made;
  }
  const bool simple =
      kind == "AEXPR_OP" || kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind == "AEXPR_SIMILAR" || kind.empty();
  if (!simple || node["lexpr"].is("RowExpr") || node["rexpr"].is("RowExpr")) {
    return untyped("(" + std::string(kind) + " " + operator_name(name, false) + " " + text_of(left) + " " +
                   text_of(right) + ")");
  }
  return binary(name, std::move(left), std::move(right));
}

// select_common_type; literals take the type of the others, or text where there are only literals.
std::string Canonicalizer::unify(std::vector<Value>& values) const {
  std::vector<std::string> types;
  bool all_same = true;
  for (const Value& value : values) {
    all_same = all_same && !value.literal && value.type.name == values.front().type.name;
    if (!value.literal) types.push_back(value.type.name);
  }
  // A domain survives only where every value has it.
  for (std::string& type : types) {
    if (!all_same) type = base_type({type, {}}).name;
  }
  const std::string common = types.empty() ? "text" : common_type(types);
  if (common.empty()) return common;
  for (Value& value : values) value = coerce(std::move(value), common);
  return common;
}

Value Canonicalizer::array_of(std::vector<Value> elements, const std::string& element_type) const {
  Value made;
  made.is_array_expression = true;
  made.exact = true;
  if (!element_type.empty()) {
    const bool nested = element_type.size() > 2 && element_type.back() == ']';
    made.type.name = nested ? element_type : element_type + "[]";
  }
  made.text = "[" + made.type.name + ":" + list_text(elements) + "]";
  made.elements = std::move(elements);
  return made;
}

Value Canonicalizer::array(Node node, const Scope& scope, bool keep_literals) {
  std::vector<Value> elements;
  for (const Node element : node.list("elements")) {
    const bool nested = element.is("A_ArrayExpr");
    elements.push_back(nested ? array(element, scope, keep_literals) : expression(element, scope));
  }
  const std::string common = elements.empty() || keep_literals ? "" : unify(elements);
  return array_of(std::move(elements), common);
}

Value Canonicalizer::unified(std::string_view name, List arguments, const Scope& scope) {
  std::vector<Value> values;
  for (const Node argument : arguments) values.push_back(expression(argument, scope));
  const std::string common = unify(values);
  return typed("(" + std::string(name) + list_text(values) + ")", common, false);
}

// transformCaseExpr: the default counts first for the common type, and is NULL where none is written.
Value Canonicalizer::choice(Node node, const Scope& scope) {
  std::string text = "(case";
  const bool has_argument = node.has("arg");
  Value argument;
  if (has_argument) {
    argument = expression(node["arg"], scope);
    if (argument.literal) argument = coerce(std::move(argument), "text");
    text += " " + argument.text;
  }
  std::vector<Value> results(1);
  results[0].literal = results[0].is_null = true;
  if (node.has("defresult")) results[0] = expression(node["defresult"], scope);
  std::vector<Value> conditions;
  for (const Node when : node.list("args")) {
    Value condition = expression(when["expr"], scope);
    if (has_argument) {
      const auto types = operand_types({"="}, argument, condition);
      if (types) condition = coerce(std::move(condition), types->right);
    }
    conditions.push_back(std::move(condition));
    results.push_back(expression(when["result"], scope));
  }
  const std::string common = unify(results);
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    text += " when " + text_of(conditions[i]) + " then " + text_of(results[i + 1]);
  }
  return typed(text + " else " + text_of(results[0]) + ")", common, false);
}

Value Canonicalizer::call(Node node, const Scope& scope) {
  const std::vector<std::string> parts = strings(node.list("funcname"));
  std::string name = resolved_name(parts, "function", names_);
  const bool builtin = name.find('.') == std::string::npos && name[0] != '?';
  std::vector<Value> arguments;
  bool positional = !node.flag("func_variadic");
  for (const Node argument : node.list("args")) {
    positional = positional && !argument.is("NamedArgExpr");
    arguments.push_back(expression(argument, scope));
  }
  const BuiltinFunction* found = builtin && positional ? overload(parts.back(), arguments) : nullptr;
  if (found != nullptr) {
    const std::vector<std::string_view> parameters = split(found->arguments);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      arguments[i] = coerce(std::move(arguments[i]), std::string(parameters[i]));
    }
  }
  std::string text = "(call " + std::string(node.text("funcformat") == "COERCE_SQL_SYNTAX" ? "sql:" : "") + name;
  if (node.flag("agg_star")) text += " *";
  if (node.flag("agg_distinct")) text += " distinct";
  if (node.flag("func_variadic")) text += " variadic";
  if (node.flag("agg_within_group")) text += " within";
  text += list_text(arguments);
  if (node.has("agg_order")) text += " order " + sorting(node.list("agg_order"), scope, {}, {}, false);
  if (node.has("agg_filter")) text += " filter " + text_of(expression(node["agg_filter"], scope));
  if (node.has("over")) text += " over " + generic(node["over"], scope);
  text += ")";
  const bool any_literal =
      std::any_of(arguments.begin(), arguments.end(), [](const Value& one) { return one.literal; });
  if (builtin && !any_literal && parts.back() == "concat") return typed(text, "text");
  if (builtin && node.flag("agg_star") && parts.back() == "count") return typed(text, "int8");
  return found != nullptr ? typed(text, std::string(found->result)) : untyped(text);
}

// Each field is taken of what stands before it, in parentheses or not: `(a[1]).b` is `a[1].b`. Subscripts in a row are
// one step, into an array of several dimensions.
Value Canonicalizer::indirection(Node node, const Scope& scope) {
  const Value base = expression(node["arg"], scope);
  std::string text = text_of(base);
  bool in_step = false;
  bool one_element = node.list("indirection").size() == 1;
  for (const Node part : node.list("indirection")) {
    const bool subscript = part.is("A_Indices");
    one_element = one_element && subscript && !part.flag("is_slice");
    text = in_step && subscript ? text.substr(0, text.size() - 1) : "(of " + text;
    in_step = subscript;
    if (base.type.is("jsonb") && subscript && !part.flag("is_slice")) {
      Value index = expression(part["uidx"], scope);
      text += " [" + text_of(index.literal ? coerce(std::move(index), "text") : index) + "])";
    } else {
      text += " " + generic(part, scope) + ")";
    }
  }
  return one_element && base.type.is_array() ? typed(text, base.type.element().name, false) : untyped(text);
}

// An ANY sublink with = is printed as IN (ruleutils get_sublink_expr), which the grammar leaves without an operator.
Value Canonicalizer::sublink(Node node, const Scope& scope) {
  const std::string_view kind = node.text("subLinkType");
  std::vector<OutputColumn> columns;
  const std::string sub = query(node["subselect"], &scope, &columns);
  const ValueType first = columns.size() == 1 ? columns.front().type : ValueType{};
  std::vector<std::string> name = strings(node.list("operName"));
  if (name.empty()) name = {"="};
  std::string text = "(" + std::string(kind);
  if (node.has("testexpr")) {
    Value test = expression(node["testexpr"], scope);
    Value element;
    element.type = first;
    const auto types = first.known() ? operand_types(name, test, element) : std::nullopt;
    if (types) test = coerce(std::move(test), types->left);
    text += " " + operator_name(name, types.has_value()) + " " + text_of(test);
  }
  text += " " + sub + ")";
  if (kind == "EXISTS_SUBLINK" || kind == "ANY_SUBLINK" || kind == "ALL_SUBLINK") return typed(text, "bool");
  if (kind == "EXPR_SUBLINK") return typed(text, first.name, false);
  if (kind == "ARRAY_SUBLINK" && first.known() && !first.is_array()) return typed(text, first.name + "[]", false);
  return untyped(text);
}

Value Canonicalizer::value_function(Node node) const {
  const std::string_view op = node.text("op");
  std::string text = "(" + std::string(op);
  if (node.has("typmod") && node.number("typmod") != -1) text += " " + std::to_string(node.number("typmod"));
  text += ")";
  const bool plain = op.substr(op.size() - std::min<std::size_t>(op.size(), 2)) != "_N";
  const auto type = [&]() -> std::string {
    if (op.find("CURRENT_TIMESTAMP") != std::string_view::npos) return "timestamptz";
    if (op.find("LOCALTIMESTAMP") != std::string_view::npos) return "timestamp";
    if (op.find("CURRENT_TIME") != std::string_view::npos) return "timetz";
    if (op.find("LOCALTIME") != std::string_view::npos) return "time";
    if (op.find("CURRENT_DATE") != std::string_view::npos) return "date";
    return "name";
  };
  return typed(text, type(), plain);
}

Value Canonicalizer::expression(Node node, const Scope& scope) {
  if (!node) return untyped("()");
  const std::string_view type = node.type();
  if (type == "A_Const") return constant(node);
  if (type == "ColumnRef") return column(node, scope);
  if (type == "A_Expr") return operation(node, scope);
  if (type == "BoolExpr") return boolean(node, scope);
  if (type == "FuncCall") return call(node, scope);
  if (type == "TypeCast") return type_cast(node, scope);
  if (type == "NullTest") {
    const bool is_null = node.text("nulltesttype") == "IS_NULL";
    return typed((is_null ? "(isnull " : "(notnull ") + text_of(expression(node["arg"], scope)) + ")", "bool");
  }
  if (type == "BooleanTest") {
    return typed("(" + std::string(node.text("booltesttype")) + " " + text_of(expression(node["arg"], scope)) + ")",
                 "bool");
  }
  if (type == "CaseExpr") return choice(node, scope);
  if (type == "CoalesceExpr") return unified("coalesce", node.list("args"), scope);
  if (type == "MinMaxExpr") return unified(node.text("op"), node.list("args"), scope);
  if (type == "A_ArrayExpr") return array(node, scope);
  if (type == "A_Indirection") return indirection(node, scope);
  if (type == "SubLink") return sublink(node, scope);
  if (type == "SQLValueFunction") return value_function(node);
  if (type == "CollateClause") {
    Value value = expression(node["arg"], scope);
    if (value.literal) value = coerce(std::move(value), "text");
    Value made =
        typed("(collate " + value.text + " " + resolved_name(strings(node.list("collname")), "collation", names_) + ")",
              value.type.name, value.exact);
    made.type.typmod = value.type.typmod;
    return made;
  }
  return untyped(generic(node, scope));
}

}  // namespace segue::sql
