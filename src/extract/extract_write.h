/* extract/extract_write.h — one report's answers in each shape. Threads: pure but for `out`. */
#pragma once
#include "extract/extract.h"

struct extract_report {
    view id;
    view text; /* well-formed UTF-8; offsets of the evidence are of it */
    const struct label_result *result;
    /* With two readers: what each said of each finding (enum status), else NULL. */
    const uint8_t *by_rules, *by_model;
    uint64_t
        unquoted;   /* a bit a finding: a server's model gave no quote that stands in the report */
    uint32_t parts; /* in which a model read it; 0: none did */
};
/* Each appends one line. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err extract_write_json(const struct extract_options *o, const struct extract_report *r,
                                struct buf *out);
MUST_USE err extract_write_csv(const struct extract_options *o, const struct extract_report *r,
                               struct buf *out);
MUST_USE err extract_write_fhir(const struct extract_options *o, const struct extract_report *r,
                                struct buf *out);
