// What statements random schemas are made of: tests/property/grammar.txt, read.
//
// A rule is a sort of statement. Its text has holes for other objects and choices between spellings, so that every
// attribute of every kind is one choice more and no code. Called by world.cpp; it never makes a schema itself.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace segue::test {

struct Piece;
using Text = std::vector<Piece>;

/// A part of a rule's text.
struct Piece {
  enum class Sort {
    text,      ///< as it stands
    own_name,  ///< ${}
    elements,  ///< ${*}: what other rules put into this statement, with commas between; ${,*}: and one before
    node,    ///< ${t=table}, ${t}, ${!t=table} which prints nothing, ${:t} its bare name, ${c=number@t} of the same t,
             ///< ${k.t} the t of k
    choice,  ///< {{a¦b}}
  };
  Sort sort = Sort::text;
  std::string text;           ///< the text; the label of a node
  std::string tag;            ///< what sort of rule a node must have; "" where the label is bound elsewhere
  std::string same;           ///< the label that both must have in common
  std::string part;           ///< the label of that node to print instead
  bool silent = false;        ///< only bound, not printed
  bool bare = false;          ///< printed without its schema
  bool behind = false;        ///< elements that follow others
  int number = 0;             ///< of a choice, within its rule
  std::vector<Text> options;  ///< of a choice
};

struct Rule {
  std::string name;
  std::set<std::string> tags;  ///< its name is one of them
  Text text;
  int choices = 0;         ///< how many its text has, nested ones too
  int weight = 1;          ///< how often it is chosen
  std::string in;          ///< the label of the node that it is an element of
  std::string once;        ///< the label of the node that has at most one of these
  std::string beside;      ///< the label of the node whose schema it lies in
  bool qualified = false;  ///< lies in a schema of its own choice
  bool renamed = false;    ///< follows -- @renamed
};

/// Throws std::runtime_error, with the line, where the text is no grammar.
std::vector<Rule> parse_grammar(const std::string& text);

/// tests/property/grammar.txt.
const std::vector<Rule>& grammar();

}  // namespace segue::test
