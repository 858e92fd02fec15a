/* tools/notegen/grammar.h — what can be said: rules with alternatives, read from data/notegen/.
 *
 *     # a comment
 *     @ greeting                         a rule; words after the name are its properties
 *     hello | good morning               a line: alternatives, apart by |
 *     3* hi, {patient.first}             three times as likely
 *     dear [Mr.|Ms.] {patient.last}[!]   [a|b] one of them; [a] half of the time; they nest
 *     <<<                                a block: one alternative over many lines, as it stands
 *     To: {doctor.full}
 *     >>>
 *
 *     {name}       what the rule gives        {^name} with a capital, {^^name} one a word,
 *                                             {!name} in capitals
 *     {2-4 name}   two to four times, apart by a blank; {2-4,name} comma and blank, {2-4/name} lines,
 *                  {2-4#name} numbered lines, {2-4-name} lines with a dash
 *     {name 3 9}   values.h: digits, numbers, dates;  {person.form}  people.h
 *     \n \t \_ (a blank) and \ before any mark: that character
 *
 * Properties: label=NAME   what it gives is an identifier (labels inside count for nothing)
 *             nolabel      the opposite: what it gives holds no identifier, whatever is inside
 *             keep         decided once a note
 *             split        what it gives belongs to training or to test, never to both
 *             template     the same for its alternatives
 *             kind=8       a kind of note with this weight; a template too
 * Faults stop the program with file and line.   Threads: immutable after loading.
 */
#pragma once
#include "base/arena.h"
#include "base/map.h"
#include "detect/label.h"

/* Fresh, plain and the known ones have rules of their own: where the other sides begin with a rule X (plant_line,
 * culture, f.us …), they begin with known_X, known2_X …, fresh_X and plain_X, in the files *.known.txt, *.known2.txt …,
 * *.fresh.txt and *.plain.txt, and know no other. Those of fresh and plain are not to be read by those who write
 * detection; those of the known ones were fresh once, or were written to be learned from (docs/measure.md).
 * A side's number is part of its seeds: a new one goes to the end. */
enum side {
    SIDE_ALL,
    SIDE_TRAIN,
    SIDE_TEST,
    SIDE_KNOWN,
    SIDE_KNOWN2,
    SIDE_KNOWN3,
    SIDE_KNOWN4,
    SIDE_FRESH,
    SIDE_KNOWN5,
    SIDE_KNOWN6,
    SIDE_KNOWN7,
    SIDE_KNOWN8,
    SIDE_KNOWN9,
    SIDE_KNOWN10,
    SIDE_KNOWN11,
    SIDE_PLAIN,
    SIDES
};
enum node_kind { NODE_TEXT, NODE_ALT, NODE_RULE, NODE_VALUE, NODE_PERSON };
enum node_case { CASE_AS_IS, CASE_CAPITAL, CASE_WORDS, CASE_UPPER };

struct sequence;
struct node {
    enum node_kind kind;
    enum node_case letters;
    view text;                /* TEXT: itself */
    struct sequence *choices; /* ALT */
    uint32_t n;               /* ALT: how many */
    uint32_t total;           /* ALT: sum of weights */
    uint32_t rule;            /* RULE: index */
    int what, form;           /* VALUE: what; PERSON: who and form */
    uint32_t args[2], n_args; /* VALUE */
    uint32_t low, high;       /* RULE: how often */
    char between;             /* RULE: ' ' ',' '/' '#' '-' when high > 1 */
};
struct sequence {
    struct node *v;
    uint32_t n, weight;
    uint32_t mark; /* of alternatives of rules: which one, among all of the grammar */
    bool test;     /* its side, if the rule is a template */
};
struct grammar_rule {
    view name;
    const char *file;
    uint32_t line;
    struct sequence *v;
    uint32_t n, cap, total;
    int label; /* -1: none; -2: nothing inside counts */
    bool keep, split, template;
    uint32_t kind; /* weight as a kind of note; 0: none */
    bool used;
};
struct grammar {
    struct arena arena;
    struct map names;
    struct grammar_rule *v; /* in the arena, growing */
    uint32_t n, cap;
    uint32_t n_marks;
    struct pending *pending; /* references not yet resolved */
};
void grammar_load(struct grammar *g, const char *folder);
void grammar_clear(struct grammar *g);
const struct grammar_rule *grammar_find(const struct grammar *g, view name); /* NULL: none */
/* What the names of a side's own rules begin with; empty where it has none. */
view grammar_prefix(enum side side);
/* A rule's name without that. */
view grammar_plain_name(view name);
/* Is this text on the side of test? A quarter is; case, blanks and marks do not count. */
bool grammar_is_test(view text);
