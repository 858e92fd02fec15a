/* detect/finding.h — one identifier found in a text: where, what, why, how surely.
 * Threads: a list belongs to one thread. */
#pragma once
#include "base/mem.h"
#include "detect/label.h"
#include "detect/rules.h"

/* clang-format off */
enum finding_source { /* weak to strong: which label wins when findings overlap */
    SOURCE_TAGGER, SOURCE_LEXICON, SOURCE_RULE, SOURCE_CHECKSUM, SOURCE_KNOWN, SOURCE_READER,
    SOURCE_COUNT,
};
/* clang-format on */
/* clang-format off */
enum finding_role { /* of a NAME: safe harbor covers all but the clinician */
    WHO_UNKNOWN, WHO_PATIENT, WHO_RELATIVE, WHO_HOUSEHOLD, WHO_EMPLOYER, WHO_CLINICIAN,
};
/* clang-format on */
/* clang-format off */
enum finding_part { /* what the span is of its identifier */
    PART_WHOLE, PART_GIVEN, PART_FAMILY, PART_INITIAL, PART_STREET, PART_TOWN, PART_ZIP, PART_STATE,
    PART_BIRTH, /* DATE: of birth */
    PART_YEAR,  /* DATE: a bare year that shows an age over 89 */
    PART_DAY,   /* DATE: "11/16" where the text tells that it is a day, no month with its year */
    PART_FAMILY_FIRST, /* NAME: whole, with the family name first, though no comma says so */
};
/* clang-format on */
/* clang-format off */
enum finding_subject { /* of a DATE: whose it is; detect/subject.h */
    SUBJECT_PATIENT, SUBJECT_MOTHER, SUBJECT_INFANT, SUBJECT_DONOR, SUBJECT_RECIPIENT,
    SUBJECT_TWIN_A, SUBJECT_TWIN_B, SUBJECT_TWIN_C, SUBJECT_TWIN_D,
    SUBJECT_COUNT,
};
/* clang-format on */
struct finding {
    uint32_t start, end;         /* bytes [start, end) of the text, on character borders */
    uint32_t cue_start, cue_end; /* the words that gave it away; equal when there are none */
    float score;                 /* 0 … 1 */
    uint16_t rule;               /* enum rule */
    uint8_t label, source, role, part, subject;
    bool is_mixed; /* merged, and reaches over something of another kind than `label` says */
};
struct findings {
    struct finding *v; /* owned, mem_free by findings_clear */
    uint32_t n, cap, max;
};
void findings_init(struct findings *f, uint32_t max);
void findings_clear(struct findings *f);
/* OK, ERR_MEMORY, or ERR_LIMIT past max; unchanged when it fails. */
SELDOM MUST_USE err findings_add(struct findings *f, struct finding x);
/* By start, then longer first. */
void findings_sort(struct findings *f);
