/* In builds with -Dstress=true alone: the sizes that the environment asks for. */
#include "base/tuning.h"

#include <stdlib.h>

struct tuning tune = TUNING_ORDINARY;

__attribute__((constructor)) static void tune_as_asked(void)
{
    if (!getenv("CORDON_STRESS")) return;
    tune = (struct tuning){
        .arena_first = 64,
        .arena_growth_max = 2048,
        .arena_keep_max = 1024,
        .buf_first = 1,
        .read_chunk = 7,
        .write_chunk = 11,
        .map_first = 4,
        .together = 3,
        .together_bytes = 64,
    };
}
