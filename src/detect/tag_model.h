/* detect/tag_model.h — a trained tagger as bytes: drawn here so that it could be written again from it.
 *
 * Written by `cordon train`, mapped or part of the program, read in place, shared by threads. Numbers are
 * in the byte order of the machine it is for (`order` tells); every part begins at a multiple of 64.
 *
 *      struct tag_header                          128 bytes
 *      labels   n_labels × struct tag_label       64 bytes each
 *      links    (n_tags + 1) × width × int16      [from][to]; the last row is from "before the first"
 *      checks   n_slots × uint16                  0: the slot is empty
 *      rows     n_slots × width × int8            weights of a feature, one a tag
 *      trees    n_trees × struct tag_tree              128 bytes each, detect/tag_tree.h
 *      sum      64 bytes: BLAKE2b-256 of all before it, as lower-case hexadecimal text
 *
 * Tags: 0 outside; 1 + 2k begins, 2 + 2k continues label k; n_tags = 1 + 2 n_labels; width is n_tags
 * rounded up to a multiple of 16. A weight w counts w × unit / 65536 nats.
 * Features: open addressing, linear probing, wrapping. The key h of detect/tag_feature.h lives at
 * home(h, n_slots) or after; check = its high 16 bits, or 1 for 0. An empty slot ends the search; each
 * table has one. An unknown feature is taken for a known one about once in 20,000 probes.
 */
#pragma once
#include "base/diag.h"
#include "detect/rules_run.h"
#include "detect/tag_feature.h"
#include "detect/tag_tree.h"

#define TAG_MAGIC "CORDTAG\n"
enum {
    TAG_VERSION = 2,
    TAG_ORDER = 0x01020304,
    TAG_ALIGN = 64,
    TAG_SUM_LEN = 64,
    TAG_LABELS_MAX = 31,
    TAG_TAGS_MAX = 1 + 2 * TAG_LABELS_MAX,
    TAG_WIDTH_MAX = 64,
    TAG_NAME_LEN = 61,
    TAG_TREES_MAX = 4096,
    TAG_KNOTS = 17, /* of a curve from raw to calibrated scores */
    TAG_NO_LABEL = 0xFF,
};
struct tag_label {
    char name[TAG_NAME_LEN]; /* padded with zeros, at least one */
    uint8_t label;           /* enum label, or TAG_NO_LABEL: learned, but no identifier */
    uint8_t role, part;      /* enum finding_role, finding_part */
};
struct tag_labels {
    uint32_t n;
    struct tag_label v[TAG_LABELS_MAX];
};
struct tag_header {
    char magic[8];
    uint32_t version, order;
    uint32_t features; /* TAG_FEATURES_VERSION */
    uint32_t n_labels, width, n_slots;
    uint64_t size;      /* of the whole image */
    uint64_t templates; /* set of 1 << TAG_T_… */
    char language[8];   /* "en", padded with zeros */
    uint32_t unit;
    int32_t bias; /* what "outside" loses for the best F1 on held-out text; in units */
    uint16_t
        curve[TAG_KNOTS]; /* share that was right × 65535 at raw scores 0, 1/16, … 1; ascending */
    uint16_t zero;
    uint32_t n_trees, n_facts; /* 0 and 0: nothing is judged */
    int32_t trees_base;        /* where the vote begins, in 1 / TAG_VOTE_UNIT nats */
    uint8_t reserved[128 - 64 - 2 * TAG_KNOTS - 14];
};
_Static_assert(sizeof(struct tag_label) == 64, "drawn above");
_Static_assert(sizeof(struct tag_header) == 128, "drawn above");

enum tag_reach {
    TAG_REACH_WINDOWS,
    TAG_REACH_ALL
}; /* where a model is asked: detect/tag_window.h */

/* What a language's model is made of; the trainer and the tagger must agree. */
struct tag_kind {
    const char *language; /* "en", "es" */
    enum tag_reach reach;
    enum rules_set rules;
    uint64_t templates;
};
/* The kind for a language, or NULL. */
const struct tag_kind *tag_kind_of(view language);
/* *name becomes the label that a model of this kind learns for it; false: none. */
bool tag_kind_label(const struct tag_kind *k, view *name);
/* Fills label, role and part of a label that a model learned: what its name means to Cordon. */
void tag_kind_mean(const struct tag_kind *k, view name, struct tag_label *out);

/* A model that was checked. The bytes are borrowed. */
struct tag_model {
    const struct tag_kind *kind;
    const struct tag_label *labels;
    const int16_t *links;
    const uint16_t *checks;
    const int8_t *rows;
    uint32_t n_labels, n_tags, width, n_slots;
    int32_t bias;
    float unit; /* nats */
    const uint16_t *curve;
    const struct tag_tree *trees;
    uint32_t n_trees;
    int32_t trees_base;
    view sum; /* hex of its checksum */
};
/* Checks magic, version, sizes, checksum, kind of machine, language and every field. ERR_CORRUPT,
 * ERR_VERSION, ERR_UNSUPPORTED (a language that this program has no rules for). *out is filled only when
 * all is well. */
MUST_USE err tag_model_open(struct tag_model *out, view bytes, struct diag *d);
/* The same without a check, for an image that is known to be sound. */
void tag_model_attach(struct tag_model *m, view image);
/* The models inside the program, tested when it was built; NULL for a language without one. */
const struct tag_model *tag_model_builtin(view language);
view tag_model_builtin_bytes(view language);

static inline uint32_t tag_home(uint64_t key, uint32_t n_slots)
{
    return (uint32_t)(((key & UINT32_MAX) * n_slots) >> 32);
}
/* Asks for the slots that a search for the key looks at first. They lie on two lines of the cache once in five times.
 * Always inline: a call that only fetches ahead looks like one that does nothing, and is left out. */
enum { TAG_LOOK = 8 };
static inline __attribute__((always_inline)) void tag_prefetch(const uint16_t *checks,
                                                               uint32_t n_slots, uint64_t key)
{
    const uint16_t *at = checks + tag_home(key, n_slots);
    __builtin_prefetch(at);
    __builtin_prefetch(at + TAG_LOOK - 1);
}
static inline uint16_t tag_check(uint64_t key)
{
    uint16_t c = (uint16_t)(key >> 48);
    return c ? c : 1;
}
/* Offsets of the parts. Never overflows: counts are bounded. */
struct tag_layout {
    uint64_t labels, links, checks, rows, trees, sum, size;
};
struct tag_layout tag_layout_of(uint32_t n_labels, uint32_t width, uint32_t n_slots,
                                uint32_t n_trees);
