/* deid/report_facts.h — a report in JSON (report/report.h), read back: its facts by section and key.
 *
 *     report_facts_init(&f);
 *     TRY(report_facts_read(&f, json, diag));
 *     report_facts_text(&f, "", "kind")                          "deid"
 *     report_facts_count(&f, "outputs", "outputs", &n)
 *
 * What stands outside of a section has the section "". Notes and tables are not kept: the whole is in `json`.
 * Nothing in the file is believed: ERR_FORMAT for what is no report, ERR_VERSION for another format, and a
 * key that stands twice is refused.   Threads: one owner.
 */
#pragma once
#include "base/arena.h"
#include "base/diag.h"

struct report_value {
    view section, key;
    view text;                             /* of a string; else as it is written */
    enum { VALUE_TEXT, VALUE_OTHER } kind; /* OTHER: a number, true, false or null */
};
struct report_facts {
    struct arena arena;
    view json; /* the whole */
    struct report_value *v;
    uint32_t n, cap;
};
void report_facts_init(struct report_facts *f);
void report_facts_clear(struct report_facts *f);
/* Copies what it keeps. */
MUST_USE err report_facts_read(struct report_facts *f, view json, struct diag *d);
/* "" when it is not there or no text. */
view report_facts_text(const struct report_facts *f, const char *section, const char *key);
/* False when it is not there or no number. */
bool report_facts_count(const struct report_facts *f, const char *section, const char *key,
                        uint64_t *out);
bool report_facts_number(const struct report_facts *f, const char *section, const char *key,
                         double *out);
bool report_facts_is_true(const struct report_facts *f, const char *section, const char *key);
