/* clinical/schema.h — what to look for: findings and their words, as a user's YAML file has them.
 *
 *     schema: my-chest                  a name, for outputs
 *     version: 1
 *     reads: radiology                  which sections count: radiology or notes
 *     about: [lung*, heart, chest]      words of which such a text has at least one
 *     words: [{ name: big, list: [large, big] }]
 *     findings:
 *       - name: Pleural Effusion
 *         question: Is there fluid in a pleural space?
 *         find: [pleural effusion*, effusion*]     says that it is there
 *         maybe: [blunt* .. costophrenic]          raises the question
 *         not: [pericardial effusion*]             never means it
 *         normal: [costophrenic angle* .. sharp]   says that it is not
 *         implied: [lungs .2. clear]               says so only when the user wants that
 *         parent: Lung Opacity
 *         lasting: yes                             history of it means that it is there (devices)
 *     cues: { absent: [ohne] }          more words around findings, see data/context/english.yaml
 *     values: [{ of: severity, name: huge, words: [huge] }]
 *
 * How patterns are written: clinical/vocabulary.h. A file that is wrong is refused with its line.
 * Threads: immutable once read.
 */
#pragma once
#include "base/diag.h"
#include "clinical/vocabulary.h"

/* What words around a finding do to it. `pre` acts on what follows, `post` on what stands before. */
#define CUE_MAP(X)                                                                                 \
    X(NOTHING, "nothing")                 /* hides a cue that is part of it: "no change" */        \
    X(ABSENT, "absent")                   /* pre: "no", "without" */                               \
    X(ABSENT_AFTER, "absent_after")       /* post: "is not seen" */                                \
    X(UNCERTAIN, "uncertain")             /* pre, to the clause's end: "may represent" */          \
    X(UNCERTAIN_NEAR, "uncertain_near")   /* pre, one finding or list: "possible" */               \
    X(UNCERTAIN_AFTER, "uncertain_after") /* post: "cannot be excluded" */                         \
    X(SILENT, "silent")                   /* pre: "no new": says neither yes nor no */             \
    X(STILL, "still")                     /* pre: "no enlarging": it is there */                   \
    X(PARTLY, "partly")                   /* pre: "no large": a small one is not excluded */       \
    X(GONE, "gone")                       /* pre: "resolution of", "no residual" */                \
    X(GONE_AFTER, "gone_after")           /* post: "has resolved", "removed" */                    \
    X(PAST, "past")                       /* pre: "history of" */                                  \
    X(PAST_AFTER, "past_after")           /* post: "in the past" */                                \
    X(OPEN, "open")                       /* pre: "evaluate for", "if": a question, a plan */      \
    X(OPEN_AFTER, "open_after")           /* post */                                               \
    X(PERSON, "person")                   /* someone else: "mother" */                             \
    X(STOP, "stop")                       /* a new clause begins: "but" */                         \
    X(VERSUS, "versus")                   /* both neighbours are uncertain */                      \
    X(LIKELY, "likely")                   /* it is there, said with some reserve */                \
    X(VERB, "verb")                       /* makes a clause of its own: "heart is enlarged" */     \
    X(SEEN, "seen")                       /* ends a list without making a clause: "is seen" */     \
    X(RECALL, "recall")                   /* pre: "previously seen": known from before */          \
    X(SETTING, "setting")                 /* "in the setting of": a "no" before it ends there */
enum cue_kind {
#define X(name, text) CUE_##name,
    CUE_MAP(X)
#undef X
        CUE_KINDS
};
const char *cue_kind_name(enum cue_kind k);

enum value_group { VALUE_SIDE, VALUE_SEVERITY, VALUE_COURSE, VALUE_GROUPS };

enum pattern_kind {
    PATTERN_FIND,
    PATTERN_NORMAL,
    PATTERN_IMPLIED,
    PATTERN_NOT,
    PATTERN_CUE,   /* which: enum cue_kind */
    PATTERN_VALUE, /* more: enum value_group, which: number of the value */
    PATTERN_ABOUT,
};

/* `more` of a PATTERN_FIND: its words raise the question alone. */
enum { PATTERN_FIND_MAYBE = 1 };

enum language { LANGUAGE_NONE, LANGUAGE_ENGLISH, LANGUAGE_OTHER };

/* What the form of a text asks of its small words: classes of data/context/english.yaml. */
#define TRAIT_MAP(X)                                                                               \
    X(UNFINISHED, "unfinished") /* a line that ends in it goes on */                               \
    X(DESCRIBING, "describing") /* … where nobody typed capitals */                              \
    X(JOINING, "joining")       /* a line that begins with it goes on from the one before */       \
    X(SHORTENED, "shortened")   /* its dot ends no sentence */                                     \
    X(DENYING, "denying")       /* "no" and its like, alone */                                     \
    X(ANSWERING, "answering")   /* may be all that is said behind a finding's name */              \
    X(ELIDING, "eliding")       /* may be told of a finding that other words have named */         \
    X(DEGREE, "degree")         /* how much something changed, not how large it is: "slightly" */  \
    X(CHANGE, "change")         /* what a size before it is of: "mild improvement" */              \
    X(AFTERWARDS, "afterwards") /* "after": what follows it came first */
enum trait_number {
#define X(name, text) TRAIT_NUMBER_##name,
    TRAIT_MAP(X)
#undef X
        TRAITS
};
enum trait {
#define X(name, text) TRAIT_##name = 1 << TRAIT_NUMBER_##name,
    TRAIT_MAP(X)
#undef X
};

enum { FINDINGS_MAX = 64, VALUES_MAX = 128, SCHEMA_BYTES_MAX = 1 << 20 };
struct schema_finding {
    view name, question;
    view json_name;  /* the name as a JSON string, with its quotes */
    int parent;      /* -1: none */
    bool lasting;    /* a past one is there still */
    bool is_rest;    /* present when no other finding is, but those of `rest` */
    uint64_t except; /* is_rest: a bit for each finding that may be there all the same */
};
struct schema_value {
    view name;
    enum value_group group;
};
struct schema {
    struct arena arena; /* holds what the views show */
    view name, version, title;
    bool reads_notes;
    struct schema_finding *findings;
    struct schema_value *values;
    uint32_t n_findings, n_values;
    struct vocabulary *vocabulary;
    uint8_t *language_of; /* enum language of each symbol */
    uint16_t *traits_of;  /* bits of enum trait of each symbol */
    /* symbols of words that the grammar of lists needs */
    uint16_t word_and, word_or, word_neither, word_nor, word_no, word_with, word_is, word_was,
        word_has, word_history, word_cannot, word_may, word_could, word_left, word_right,
        word_possible, word_a, word_than, word_one, word_likely;
    view text; /* of the file, for its checksum */
};

/* Reads a schema's YAML. ERR_CONFIG with line and column in *d; ERR_MEMORY, ERR_LIMIT. */
MUST_USE err schema_read(struct schema **out, view yaml, struct diag *d);
MUST_USE err schema_open(struct schema **out, const char *path, struct diag *d);
/* One that comes with the program, or ERR_NOT_FOUND. */
MUST_USE err schema_builtin(struct schema **out, view name, struct diag *d);
/* The i-th of those that come with the program; "" behind the last. */
view schema_builtin_name(uint32_t i);
view schema_builtin_text(uint32_t i);
void schema_free(struct schema *s);
/* The finding's number, or -1. Case, blanks and underscores do not count. */
int schema_find(const struct schema *s, view name);
