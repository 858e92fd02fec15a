/* clinical/schema_text.h — the files of data/schemas and data/context inside the program.
 * Written by tools/embed.c at build time. */
#pragma once
#include "base/base.h"

struct schema_text {
    const char *name;
    const char *p;
    size_t n;
};
extern const struct schema_text schema_texts[];
extern const uint32_t schema_texts_n;
extern const struct schema_text context_texts[]; /* what all schemas share */
extern const uint32_t context_texts_n;
