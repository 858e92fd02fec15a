/* detect/id_kinds.h — the three ways in which id.c recognises an identifier.
 *
 * Each looks at one code (detect/code.h) and says whether it is an identifier, filling *f. They are
 * asked in this order: a check digit proves a kind, a cue names it, a form only suggests it.
 * Threads: pure. */
#pragma once
#include "detect/code.h"
#include "detect/cue.h"

/* NPI, DEA, Medicare beneficiary, VIN, payment card and NHS numbers. `cue` may be CUE_NONE. */
bool id_by_checksum(const struct doc *d, const struct code *c, const struct cue *cue,
                    struct finding *f);
/* The value of a cue. May reach beyond the code (groups apart by blanks); *next is the token after. */
bool id_by_cue(const struct doc *d, const struct code *c, const struct cue *cue, struct finding *f,
               uint32_t *next);
/* Groups of letters and digits that blanks and marks part. */
struct series {
    uint32_t first, last, digits, letters, groups;
    uint32_t head; /* digits of its first group with any */
    bool marked;   /* a mark stands in it that code.h leaves to measures, or a '/' behind letters */
};
/* Those around code c; what could begin a measure, an age, a date or a time is left out: id_series_around.c. */
struct series series_around(const struct doc *d, const struct code *c);
/* "1987", "2024" */
SELDOM bool series_is_year(const struct token *t);
/* The value of a cue in more groups or with more marks than a code has: "C 28 114 907", "DMC/R/31181": id_series.c. */
bool id_by_series(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next);
/* f4dce790-8328-11db-9fe1-0800200c9a66, whatever stands before it, with token i in it; *next is the token after.
 * Its groups may be letters alone ("fbed"), which no other code has: id_uuid.c. */
bool id_by_uuid(const struct doc *d, uint32_t i, struct finding *f, uint32_t *next);
/* "7GHQ2P": letters and digits that take turns, as only numbers that a machine gave do. */
bool id_is_given_out(const struct code *c);
/* "4209336.1": a number and its check digit, longer than any value with a decimal. */
bool id_is_checked(const struct code *c);
/* Does somebody on duty stand before token `at` in its line, whose number may be short: an interpreter, an officer? */
SELDOM bool id_is_of_duty(const struct doc *d, uint32_t at);
/* Straight after a word that means much else ("subject 014-0032", "group 0071234"): how surely the code can be nothing
 * but a number of somebody's. `cue`: its word, worth nothing by itself. */
enum cue_worth id_plain_worth(const struct doc *d, const struct code *c, const struct cue *cue);
/* Behind "under": "Copy scanned under 279237", "Chart also exists under 2657 1835". */
SELDOM bool id_filed_under(const struct doc *d, const struct code *c, struct finding *f,
                           uint32_t *next);
/* Numbers of devices: id_device.c. "ICD MYSV3976": a defibrillator's, not a code of diagnoses. */
SELDOM bool id_by_icd(const struct doc *d, const struct code *c, const struct cue *cue,
                      struct finding *f);
/* Six signs or more behind ':': "Hearing aids R: 9705-0552", the side on which it is worn before it. */
SELDOM bool id_by_side(const struct doc *d, const struct code *c, struct finding *f);
/* A UDI in token i of two digits as GS1 writes it, from the 01 of "(01)00844588003288(17)141120(21)1098": its last token, or 0. */
uint32_t id_gs1_last(const struct doc *d, uint32_t i);
/* The last token of a UDI as HIBC writes it, "+S8811W60858/$$14560066", which ends at or behind `last`. */
uint32_t id_hibc_last(const struct doc *d, uint32_t last);
/* "badge 34B", "Officer Roe #N59": a letter and two or three digits behind a word of duty. */
bool id_is_of_staff(const struct doc *d, const struct code *c);
/* May the word before the code of number token i be one of those? */
bool id_may_be_staff(const struct doc *d, uint32_t i);
/* "CIV 622643" behind "Case": are the capitals at token i the first part of the number behind them? */
SELDOM bool id_is_lead(const struct doc *d, uint32_t i);
/* "2025-7504", "2018/111", "2024.3372": a year and a count, no two years. */
bool id_is_of_year(const struct doc *d, const struct code *c);
/* "429812871.wav": the end of the dictation's file, of which the full stop is token `dot`, or `end`. */
SELDOM uint32_t id_file_end(const struct doc *d, uint32_t dot, uint32_t end);
/* "C24.5451": a laboratory's letter, the year and the count. */
SELDOM bool id_is_dotted_specimen(const struct doc *d, const struct code *c);
/* May token i open groups as they are printed? Capitals lead all of them, but for parcels and cards, of which every group has
 * four digits. */
static inline bool id_may_be_printed(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i], *l = &d->tok[i - (i > 0)], *r = doc_tok(d, (int64_t)i + 1);
    return (l->flags & TOK_UPPER) | ((t->len == 4) & (r->len == 4));
}
/* Groups of digits from token i on as a bank, a post office or a state prints them ("W0367 21 445566"): id_printed.c. */
bool id_as_printed(const struct doc *d, uint32_t i, struct finding *f, uint32_t *next);
/* Has it signs enough for one of the forms of id_by_shape? */
static inline bool id_has_shape(const struct code *c)
{
    enum { LEAST = 4 };
    return c->letters | c->hash | (c->digits >= LEAST);
}
/* A form that identifiers have: HP-987654, #12345, 12345-XYZ, ABC234567, a long run of digits. */
bool id_by_shape(const struct doc *d, const struct code *c, struct finding *f);
/* "thumb-c4f43b", "DCS4PBE232", "0U6V-GTVN": codes that nothing but a machine makes: id_machine.c. */
bool id_is_of_machine(const struct doc *d, const struct code *c);
/* "7d3a811c8328d67d", "6b1fc96a84": ten signs or more, as a machine writes what it computed. */
SELDOM bool id_is_computed(const struct doc *d, const struct code *c);
/* "6GTEK57T53G442768", "4QTRZ-8WNBC-M2X9P": letters and digits that take turns for long. */
bool id_is_machine_made(const struct doc *d, const struct code *c);
/* "D1SCHARGE", "MEDICAT1ONS": a word of which a scanner took a letter for a digit. */
bool id_is_misread(const struct doc *d, const struct code *c);
bool id_by_machine(const struct doc *d, const struct code *c, struct finding *f);
/* The token at which the word begins that a dash joins to a code ("thumb-752457"), or `first`. */
uint32_t id_word_before(const struct doc *d, uint32_t first);
/* Lets what was found of a body at token `first` begin there. */
void id_take_word(const struct doc *d, uint32_t first, struct finding *f);
/* "lic 0272F", "grp 5411C", "placard FT1 60W": as short as measures, behind a word that tells: id_short.c. */
bool id_by_short(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next);
/* Most codes are digits behind a word in small letters: told in one look. */
static inline bool id_may_be_short(const struct doc *d, const struct code *c)
{
    const struct token *l = doc_tok(d, (int64_t)c->first - 1);
    const bool led =
        (c->letters > 0) | (l->hash == ':') | (((l->flags & TOK_UPPER) != 0) & (l->len <= 4));
    return led & c->upper & !c->measure;
}
/* Does such a word stand before token `first`? */
bool id_is_led_short(const struct doc *d, uint32_t first);
/* "C24 9504", "AG07 0909" at its number token i: a laboratory's or a clinic's letters, the year, the count. */
uint32_t id_block_last(const struct doc *d, uint32_t i);
/* "BMS-986165", "NPSG.03.05.01", "images #10-14", "model #12345": a number of science or of a thing. */
bool id_is_of_science(const struct doc *d, const struct code *c);
/* What it is joined to tells it: "CL/28203/18", "8:17-cv-14780", "KV58596.dcm". The code has six signs
 * or more. */
bool id_by_glue(const struct doc *d, const struct code *c, struct finding *f);
/* The identifier found last in a text. */
struct id_previous {
    uint32_t end; /* token after it; 0: none */
    enum label label;
    char shape[CODE_SHAPE];
};
/* Behind it, in a list: "MRNs 123456, 234567 and 345678", "merged: 72-17-45-7 into 085073954": id_listed.c. */
bool id_by_list(const struct doc *d, const struct code *c, const struct id_previous *p,
                struct finding *f);
/* Of the two sides of a body alone: "serial ZB4015343 R and ZAV98016M L". */
bool id_by_other_side(const struct doc *d, const struct code *c, const struct id_previous *p,
                      struct finding *f);
