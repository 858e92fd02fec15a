/* cli/detect_choice.h — the options that say how identifiers are looked for: language, preset, model.
 * Threads: the main thread only. */
#pragma once
#include "base/file.h"
#include "detect/tag_model.h"

struct detect_choice {
    int language, recall; /* enum detect_language, enum recall */
    const char *model_file;
    struct file_map map;
    struct tag_model model;
};
/* Rows for an option table; `c` is a struct detect_choice. */
#define DETECT_OPTIONS(c)                                                                          \
    { "lang",          0,      OPT_CHOICE,                                                         \
      &(c).language,   "CODE", "en, es or auto (by the words of each text); default en",           \
      detect_languages },                                                                          \
        { "recall",                                                                                \
          0,                                                                                       \
          OPT_CHOICE,                                                                              \
          &(c).recall,                                                                             \
          "PRESET",                                                                                \
          "high, balanced or utility: what may be missed against\nwhat may be lost; default high", \
          detect_recalls },                                                                        \
    {                                                                                              \
        "model", 0, OPT_TEXT, &(c).model_file, "FILE",                                             \
            "a tagger made by `cordon train`, in place of the\nprogram's own"                      \
    }
extern const char *const detect_languages[], *const detect_recalls[];

/* Opens the model that the user named; *out is it, or NULL when none was named. A damaged, foreign or
 * missing one is refused with the reason. Undone by detect_choice_close. */
MUST_USE err detect_choice_open(struct detect_choice *c, const struct tag_model **out,
                                struct diag *d);
void detect_choice_close(struct detect_choice *c);
