/* detect/merge.h — many findings over one text to a list that does not overlap.
 *
 * Overlapping findings become one with the union of their extents; the label is that of the stronger
 * source (known > checksum > rule > lexicon > tagger; then longer; then, of what is known, a name, a clinician's
 * last; then higher score), the score the highest. What reaches over something of another kind than its label is
 * marked as mixed, so that it is never kept or changed in part; so is a clinician's name that is known as
 * something else too. Findings that only touch stay apart. The table of cases is
 * tests/unit/detect/merge_cases.txt.
 */
#pragma once
#include "detect/finding.h"

void merge_findings(struct findings *f);
