/* detect/nickname_text.h — data/names/nicknames.txt inside the program. Written by tools/embed.c at build
 * time.   Threads: constant. */
#pragma once
#include "base/base.h"

struct nickname_text {
    const char *name;
    const char *p;
    size_t n;
};
extern const struct nickname_text nickname_texts[]; /* one */
extern const uint32_t nickname_texts_n;
