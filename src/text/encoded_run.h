/* text/encoded_run.h — base64 in a text: a letter, picture or record that nobody can look into.
 *
 * Told from long words, paths, digests and sequences by small letters, capitals and digits that follow each other
 * everywhere: of two neighbours more than a third are of different kinds, and every kind is there.   Threads: pure. */
#pragma once
#include "base/view.h"

/* Is the run of letters, digits and marks of base64 that has byte `at` of `text` encoded data? It goes on over lines of
 * one length, and a shorter last one. [*from, *to) is the run in any case. */
bool encoded_run_at(view text, size_t at, size_t *from, size_t *to);
