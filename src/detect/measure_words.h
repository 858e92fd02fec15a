/* detect/measure_words.h — units, and the words in front of clinical numbers.   Threads: pure. */
#pragma once
#include "detect/wordset.h"

enum measure_class {                   /* set */
                     MW_UNIT = 1 << 0, /* after a number: mg, mmHg, days, tablets */
                     MW_SHORT =
                         1
                         << 1, /* a unit that is also a word or letter: in, m, g, a, s: up to 4 digits */
                     MW_BEFORE = 1 << 2, /* before a value: WBC, glucose, BP, grade, score */
                     MW_LINK =
                         1
                         << 3, /* between such a word and its value: of, is, was, at, about, level */
                     MW_RANGE =
                         1 << 4, /* between two numbers of a range: to, or, and, by, x, out */
                     MW_GENE =
                         1 << 5, /* before a variant or sequence: chr, exon, codon, NM, ENSG */
                     MW_PAIR =
                         1
                         << 6, /* before a/b that could be a date: strength, pain, murmur, pulses, reflexes */
                     MW_TIMES = 1 << 7, /* x, times: before a count */
};
const struct wordset *measure_words(void);
