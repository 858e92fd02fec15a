/* deid/output_set.h — one checksum for all files of an output, by which records of it name it.
 *
 *     output_set_init(&s);
 *     TRY(output_set_add(&s, bytes, sum));  …          in any order
 *     TRY(output_set_path(&s, "clean/", diag));        or those of a file or folder
 *     output_set_end(&s, sum);
 *
 * It is the BLAKE2b-256 of the files' BLAKE2b-256 as lower-case hexadecimal, sorted, a line each, which
 *
 *     find clean -type f -exec b2sum -l 256 {} + | cut -c 1-64 | LC_ALL=C sort | b2sum -l 256
 *
 * prints too. Names are not in it: they are in no record.   Threads: one owner.
 */
#pragma once
#include "base/buf.h"
#include "base/diag.h"

/* The key under which each record of an output (of its run, check, review) has it. */
#define OUTPUT_SET_KEY "set_blake2b_256"

struct output_set {
    struct buf sums; /* 32 bytes a file */
    uint64_t files, bytes;
};
void output_set_init(struct output_set *s);
void output_set_clear(struct output_set *s);
/* ERR_MEMORY; ERR_LIMIT past 64 million files. */
MUST_USE err output_set_add(struct output_set *s, uint64_t bytes, const uint8_t sum[32]);
/* Adds a file, or all files below a folder. ERR_UNSUPPORTED when the folder holds what no run writes and a
 * copy of it would take along: hidden files, links; ERR_PERMISSION when a part of it can't be read. */
MUST_USE err output_set_path(struct output_set *s, const char *path, struct diag *d);
void output_set_end(struct output_set *s, uint8_t sum[32]);

/* Of one file. A symbolic link is not followed. */
MUST_USE err output_sum(const char *path, uint64_t *bytes, uint8_t sum[32], struct diag *d);
