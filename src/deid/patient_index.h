/* deid/patient_index.h — what all inputs say about each patient, sealed, for that patient's prose wherever it lies.
 *
 *     struct patient_index *x;
 *     TRY(patient_index_new(&x, diag));
 *     TRY(patient_index_fill(x, &batch_params, diag));       the first pass: reads every input once
 *     params.patients = x;  deid_new(&d, &params, diag);     the second one searches
 *
 * Bulk exports keep a Patient apart from the notes about him. Names, addresses and numbers of a patient go
 * encrypted (XChaCha20-Poly1305, a random key in guarded memory) into a file that has no name and is gone with
 * the process; in memory stay 24 bytes a patient, 8 a value, and with a journal 16 for each patient of each input (at
 * most 256 MB). A block of that file:
 *
 *     24 bytes   nonce
 *     8 + 4      sealed from here: where the block before it of the same patient lies, and its length (0: none)
 *     2          how many values
 *     each       label, part, role (1 byte each), person (8), length (4), then the text; label 255: the text
 *                is a clinician of another record, as in piece.owner; 254: a patient's
 *     16 bytes   authentication; the hash of the chain is authenticated along
 *
 * A clinician of nobody's record (a Practitioner) has blocks of its own; a patient's resources that name him are
 * kept as links to them, each once, apart from the patient's values. So are links from what else a patient goes by (the
 * identifier in "Patient?identifier=…", the address in a Bundle) to the patient.
 *
 * What has been said of a patient is kept once, a person's name as a whole: `person` is a hash of all that one
 * record says the name is. What is found is ordered by what it says, never by when it was said.
 *
 * Visits, orders and ids of resources are left to their own records. An index that can't hold everything is an
 * error, never a smaller index.
 * Threads: filled by patient_index_fill alone; then immutable and shared.
 */
#pragma once
#include "deid/batch.h"
#include "detect/known.h"

enum {
    PATIENT_SLOTS_MAX = 1 << 26,
    PATIENT_SAID_MAX = 1 << 28,
    PATIENT_PERSONS_MAX =
        4096, /* clinicians who had to do with one patient, and names of the patient */
};

struct patient_index;
/* ERR_IO, ERR_NO_SPACE … when there is no room for a temporary file in $TMPDIR or /tmp. */
MUST_USE err patient_index_new(struct patient_index **out, struct diag *d);
void patient_index_free(struct patient_index *x); /* NULL is fine */

/* Does a first pass pay: is every input a file or folder, to be read twice, and can a format say whose
 * its values are? */
bool patient_index_may_help(const struct batch_params *p);
/* Reads all inputs of p and keeps what they say. Inputs and records that can't be read are passed over: the
 * run that follows reports them. ERR_MEMORY, ERR_LIMIT, ERR_NO_SPACE, ERR_IO, ERR_CANCELLED. */
MUST_USE err patient_index_fill(struct patient_index *x, const struct batch_params *p,
                                struct diag *d);
/* The same of the rosters at `paths`, each with a NUL behind it, read by their names and content whatever p says of
 * format and encoding. ERR_CONFIG too: one that can't be read whole, or that says of nothing whose it is. */
MUST_USE err patient_index_fill_from(struct patient_index *x, view paths,
                                     const struct batch_params *p, struct diag *d);
/* Before the inputs are read: which patients each of them speaks of is to be remembered. `all_matter`: records may be
 * of patients that only the run finds out (--patient-field). */
void patient_index_watch(struct patient_index *x, bool all_matter);
/* For batch_params.known_of; ctx is the index: a digest of all that is known of the patients that the input at `path`
 * speaks of. The same in every run in which the same is said of them; 0 when nothing is. ERR_CORRUPT, ERR_IO. */
MUST_USE err patient_index_told(const void *ctx, const char *path, uint64_t *out);
uint64_t patient_index_patients(const struct patient_index *x);

/* Adds the values of one record, whose pieces say what they hold (also used by patient_index_fill, from any
 * thread). */
MUST_USE err patient_index_add(struct patient_index *x, const struct record *r, struct arena *a);
/* Notes that the index can't be complete, unless e is OK; gives the first such error, or OK. */
err patient_index_fail(struct patient_index *x, err e);
bool patient_index_has_failed(const struct patient_index *x);
/* By what name all formats know the patient: of an id, address or identifier ("system|value") the one Patient that has
 * it, and of that one the number by which messages and tables name it; `patient` itself where nothing says so, or
 * several say it. In the arena. ERR_CORRUPT, ERR_MEMORY, ERR_LIMIT. */
MUST_USE err patient_index_number(const struct patient_index *x, view patient, struct arena *a,
                                  view *out);
/* What is known of the patient, in the arena; NULL when nothing is. ERR_CORRUPT when the file was touched; ERR_LIMIT
 * when more than PATIENT_PERSONS_MAX clinicians are known, or as known_new says; ERR_MEMORY when the arena is full.
 * `said`: the same as it was said, what one person is called in a row; NULL: not wanted. */
struct patient_said {
    const struct known_value *v;
    uint32_t n;
};
MUST_USE err patient_index_find(const struct patient_index *x, view patient,
                                const struct known_help *help, struct arena *a,
                                const struct known **out, struct patient_said *said);
