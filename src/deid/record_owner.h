/* deid/record_owner.h — whose a record and its pieces are: the domains in which their values are replaced.
 *
 * Dates go by patient, under whatever name the record calls him; the rest goes by project, or, under a profile that
 * keeps documents apart, by patient or record.   Threads: one owner, for one record. */
#pragma once
#include "base/map.h"
#include "deid/inside.h"

struct record_owner {
    const struct deid *d;
    const struct record *r;
    view given; /* by the caller; "": what the record says */
    bool known; /* worked out */
    uint64_t content[2];
    struct redact_domains dom; /* of pieces that do not say whose they are */
    struct deid_scratch *s;
    bool is_whole;       /* the record is all there is: no other one speaks of its patients */
    view asked, same_as; /* what same_patient answered last, and to what */
    struct map numbers;  /* of patients whom links give one: the link's place, or TWO_NUMBERS */
    bool has_numbers;    /* they are listed */
};

/* `given`: whose the caller says it is, or ""; `is_whole`: as above. */
void record_owner_init(struct record_owner *o, const struct deid *d, struct deid_scratch *s,
                       const struct record *r, view given, bool is_whole);
/* The patient whose prose a piece is, as the patient index knows him; "" when there is no index. */
view record_owner_patient(const struct record_owner *o, const struct piece *p);
/* ERR_CORRUPT, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err record_owner_domains(struct record_owner *o, const struct piece *p,
                                  struct redact_domains *out);
