/* deid/patient_cache.h — what the patient index says of the patients whose records a thread has in hand.
 *
 * The records of one patient follow each other, so their sets are opened once. Threads: as the scratch it is in. */
#pragma once
#include "deid/inside.h"
#include "deid/patient_index.h"

/* *out: what other records say about the patient, NULL when nothing is known; *said: the same as it was said. Both
 * lie in the cache until the next call. ERR_CORRUPT, ERR_MEMORY, ERR_LIMIT as patient_index_find. */
MUST_USE err patient_cache_find(const struct deid *d, struct deid_scratch *s, view patient,
                                const struct known **out, struct patient_said *said);
/* By what name all formats know the patient (patient_index_number), in the scratch's arena: asked once for records in
 * a row. There is an index. ERR_CORRUPT, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err patient_cache_number(const struct deid *d, struct deid_scratch *s, view patient,
                                  view *out);
void patient_cache_forget(struct deid_scratch *s);
