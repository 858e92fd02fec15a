/* cordon.h — finds what identifies a person in clinical text, and replaces it.
 *
 *     struct cordon_params p = cordon_default_params();           safe harbor, tags
 *     struct cordon_engine *engine;                               one a process
 *     struct cordon_session *session;                             one a thread
 *     cordon_engine_new(&engine, &p, NULL);
 *     cordon_session_new(&session, engine, NULL);
 *     cordon_redact(session, text, n, NULL, &redaction, NULL);
 *     text = cordon_redaction_text(redaction, &n);
 *
 * Every call here can fail, and says so by its result: an output that was not made is NULL, and half a
 * text is never handed out. cc program.c $(pkg-config --cflags --libs cordon); docs/internals/library.md.
 *
 * Text     UTF-8, with or without a byte order mark, pointer and length; it need not end in NUL, and may
 *          be NULL when the length is 0. Offsets are bytes of the text as given, [start, end).
 * Threads  An engine and a redaction never change: any number of threads may use one at once. A session
 *          belongs to one thread at a time. What makes and frees a thing may not run beside its users.
 * Memory   Things from a _new or cordon_redact are freed by their _free, and what cordon_restore returns by
 *          cordon_free; all of it is wiped first, and NULL is fine. Nothing here is freed by free().
 * State    The library keeps no setting outside these things, installs no handler, starts no thread, prints
 *          nothing, and opens no file but the key file, the site's file and its rosters. Core dumps and swap are the program's to forbid.
 * Errors   Never hold text, values or file names, and may be logged.
 * Broken invariants, and a system that stops giving random bytes, end the process: see docs/internals/library.md.
 */
#ifndef CORDON_H
#define CORDON_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define CORDON_API __attribute__((visibility("default")))
#define CORDON_CHECKED __attribute__((warn_unused_result))
#else
#define CORDON_API
#define CORDON_CHECKED
#endif

/* "0.1.0". All strings that the library returns without saying otherwise live as long as it is loaded. */
CORDON_API const char *cordon_version(void);

/* ---- errors ---------------------------------------------------------------------------------------- */

enum cordon_error {
    CORDON_OK = 0,
    CORDON_ERROR_MEMORY = 1,
    CORDON_ERROR_LIMIT =
        2, /* a text over max_text_bytes; more than 1 GB to restore, or as a result */
    CORDON_ERROR_ENCODING = 3, /* not UTF-8, or with a NUL byte; the problem has the offset */
    CORDON_ERROR_USAGE = 4,    /* NULL where something must be */
    CORDON_ERROR_VERSION = 5,  /* params, or a key file, of another version of Cordon */
    CORDON_ERROR_CONFIG =
        6,                /* profile, style, key and site do not go together, or the site's file has
                                  a fault; the problem says how, and its line and column where there
                                  are some */
    CORDON_ERROR_KEY = 7, /* no key file there, damaged, or readable by others */
    CORDON_ERROR_SYSTEM = 8 /* the operating system refused */
};
/* "not text in a known encoding"; never NULL, whatever the number. */
CORDON_API const char *cordon_error_text(enum cordon_error e);

/* What went wrong and where, without a byte of the text. Owned by the caller, filled when a call fails
 * and emptied when it does not; every call takes NULL instead. */
struct cordon_problem {
    enum cordon_error error;
    int os_error;          /* errno, or 0 */
    const char *what;      /* in words: "broken UTF-8"; "" when nothing is wrong */
    size_t offset, length; /* in the text; meaningful if has_offset */
    int has_offset;
    unsigned line, column; /* of the site's file, from 1; 0: of none */
};

/* ---- the engine ------------------------------------------------------------------------------------ */

/* What may be claimed for the output, and so what happens to each kind: docs/profiles.md. */
enum cordon_profile {
    CORDON_SAFE_HARBOR = 0, /* 45 CFR 164.514(b)(2); takes no key file */
    CORDON_EXPERT = 1,      /* input to an expert determination; needs a key file */
    CORDON_LIMITED = 2,     /* limited data set: still identifiable */
    CORDON_TRANSPORT = 3    /* a safeguard, never de-identification; needs a key file */
};
enum cordon_style {
    CORDON_STYLE_DEFAULT = 0,  /* the profile's own */
    CORDON_STYLE_MASK = 1,     /* [NAME] */
    CORDON_STYLE_TAG = 2,      /* [NAME-7QK2]: the same value, the same tag */
    CORDON_STYLE_SURROGATE = 3 /* a plausible value that belongs to nobody */
};
enum cordon_date_order {
    CORDON_DATES_DEFAULT = 0, /* the site's, else month first */
    CORDON_DATES_MDY = 1,
    CORDON_DATES_DMY = 2
};
#define CORDON_TEXT_MAX ((size_t)16 << 20)

/* Make it with cordon_default_params, then change what you want: a field that a later version adds has
 * its default then. Strings are borrowed for cordon_engine_new alone. */
struct cordon_params {
    size_t struct_size; /* set by cordon_default_params; says which version of this struct it is */
    enum cordon_profile profile; /* default CORDON_SAFE_HARBOR */
    enum cordon_style style;     /* default CORDON_STYLE_DEFAULT */
    const char *key_file; /* from `cordon key new`; default NULL: a key that ends with the engine */
    const char *project;  /* equal values of one project and key get equal replacements, where the
                                    profile links texts at all; default NULL: the program's default */
    size_t max_text_bytes; /* a longer text is refused; default and most CORDON_TEXT_MAX */
    int keep_clinicians;   /* names of clinicians stay; default 0 */
    int shift_weeks; /* dates that are shifted keep their weekday; default 0. ERROR_CONFIG with profiles
                          that shift none */
    const char
        *site_file; /* the site's own lists, patterns, actions and rosters: docs/site.md; default
                                NULL */
    const char *site_yaml; /* the same as bytes, instead of a file; rosters can't be named there */
    size_t site_yaml_bytes;
    enum cordon_date_order date_order; /* of 3/5/2021; default CORDON_DATES_DEFAULT */
    int reserved;                      /* 0 */
};
/* Fills the `size` bytes at p with the defaults; for languages that can't use the function below. */
CORDON_API void cordon_params_init(struct cordon_params *p, size_t size);
static inline struct cordon_params cordon_default_params(void)
{
    struct cordon_params p;
    cordon_params_init(&p, sizeof p);
    return p;
}

struct cordon_engine;
/* ERROR_CONFIG, ERROR_VERSION, ERROR_KEY, ERROR_MEMORY, ERROR_SYSTEM, ERROR_USAGE. */
CORDON_API enum cordon_error cordon_engine_new(struct cordon_engine **out,
                                               const struct cordon_params *params,
                                               struct cordon_problem *problem) CORDON_CHECKED;
/* After its sessions. Redactions may live on. */
CORDON_API void cordon_engine_free(struct cordon_engine *engine);
/* The sentence that may be claimed for what this engine writes, for reports. */
CORDON_API const char *cordon_engine_claim(const struct cordon_engine *engine);

struct cordon_session;
/* `engine` is borrowed until the session is freed. ERROR_MEMORY, ERROR_USAGE. */
CORDON_API enum cordon_error cordon_session_new(struct cordon_session **out,
                                                const struct cordon_engine *engine,
                                                struct cordon_problem *problem) CORDON_CHECKED;
/* Wipes what the last text left in it. */
CORDON_API void cordon_session_free(struct cordon_session *session);

/* ---- finding --------------------------------------------------------------------------------------- */

struct cordon_finding {
    size_t start, end;         /* on character borders */
    size_t cue_start, cue_end; /* the words that gave it away; equal when there are none */
    double score;              /* 0 … 1 */
    const char *label;         /* "NAME", "DATE", "PHONE" …: 45 CFR 164.514(b)(2)(i) */
    const char *rule;          /* "NAME_TITLE"; new versions bring new rules */
    const char *reason;        /* "a name after a title" */
    const char
        *whose; /* of a date in another person's part of the text: "mother", "twin-a" …; else "" */
};
/* All identifiers in the text, whatever the profile does with them, in text order, never overlapping.
 * *out is owned by the session until its next call or its end; NULL when *n_out is 0. ERROR_ENCODING,
 * ERROR_LIMIT, ERROR_MEMORY, ERROR_USAGE. */
CORDON_API enum cordon_error cordon_detect(struct cordon_session *session, const char *text,
                                           size_t n, const struct cordon_finding **out,
                                           size_t *n_out,
                                           struct cordon_problem *problem) CORDON_CHECKED;

/* ---- replacing ------------------------------------------------------------------------------------- */

struct cordon_replacement {
    size_t start, end;         /* in the text as given */
    size_t new_start, new_end; /* in the redacted text */
};
struct cordon_redaction; /* the redacted text and, to restore it, the values that were replaced */

/* Replaces what the profile says. Dates of one `patient` (an id of yours, never written anywhere) move
 * together, those of another person in his text apart from his (docs/profiles.md); NULL or "": the text is
 * a patient of its own. Outside the replacements, no byte changes.
 * Errors as cordon_detect; *out is NULL then. */
CORDON_API enum cordon_error cordon_redact(struct cordon_session *session, const char *text,
                                           size_t n, const char *patient,
                                           struct cordon_redaction **out,
                                           struct cordon_problem *problem) CORDON_CHECKED;
/* Wipes text and values. */
CORDON_API void cordon_redaction_free(struct cordon_redaction *r);
/* The redacted text; a NUL follows that is not counted. Owned by r. n_out may be NULL. */
CORDON_API const char *cordon_redaction_text(const struct cordon_redaction *r, size_t *n_out);
/* What was replaced, in text order; owned by r; NULL when *n_out is 0. One finding may take several (one
 * a word of a name). */
CORDON_API const struct cordon_replacement *cordon_redaction_list(const struct cordon_redaction *r,
                                                                  size_t *n_out);

/* ---- and back -------------------------------------------------------------------------------------- */

struct cordon_restore_counts {
    size_t put_back; /* replacements that became the value again */
    size_t left;     /* that stand in the text still, since it is not sure what they meant */
};
/* Puts the values of `r` back where its replacements stand in `text`: usually r's own text after someone
 * worked with it. A replacement counts where it stands exactly and as a word; of two that begin at one
 * place the longer. Left is what could mean two things:
 *   - two different values got it ("[DATE]"; "Smith" and "SMITH" share a tag)
 *   - it stood in r's text before anything was replaced, too
 *   - it is less than the value (a year for a date) or nothing special ("90+", "3/4")
 * Styles MASK and profiles that cut dates lose most; tags and surrogates least. *out has a NUL after
 * *n_out bytes and is freed by cordon_free. Threads: pure. ERROR_ENCODING, ERROR_LIMIT, ERROR_MEMORY,
 * ERROR_USAGE; *out is NULL then. */
CORDON_API enum cordon_error cordon_restore(const struct cordon_redaction *r, const char *text,
                                            size_t n, char **out, size_t *n_out,
                                            struct cordon_restore_counts *counts,
                                            struct cordon_problem *problem) CORDON_CHECKED;
/* How many of r's replacements cordon_restore leaves in r's own text. 0: that text restores to the
 * original, byte for byte. */
CORDON_API size_t cordon_redaction_lost(const struct cordon_redaction *r);
/* Wipes and frees what cordon_restore returned. */
CORDON_API void cordon_free(char *text);

#ifdef __cplusplus
}
#endif
#endif
