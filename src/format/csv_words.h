/* format/csv_words.h — the name of a column as words, each with the classes that rules ask for.
 *
 *     "PatLastNm"  Pat PATIENT, Last FAMILY | EVENT, Nm NAME
 *
 * Include it last: its classes have short names.   Threads: pure. */
#pragma once
#include "format/csv_inside.h"

/* clang-format off */
#define BIT(n) (UINT64_C(1) << (n))
#define PATIENT   BIT(0)
#define RELATIVE  BIT(1)
#define CLINICIAN BIT(2)
#define EMPLOYER  BIT(3)
#define NAME      BIT(4)
#define GIVEN     BIT(5)
#define FAMILY    BIT(6)
#define WHOLE     BIT(7)  /* full, legal: of a name */
#define BIRTH     BIT(8)  /* beside a date */
#define DOB       BIT(9)  /* says it all */
#define DATE      BIT(10)
#define TIME      BIT(11)
#define EVENT     BIT(12) /* things that happen on a date and have numbers */
#define ID        BIT(13)
#define MRN       BIT(14)
#define RECORD    BIT(15)
#define SSN       BIT(16)
#define PHONE     BIT(17)
#define FAX       BIT(18)
#define EMAIL     BIT(19)
#define URL       BIT(20)
#define IP        BIT(21)
#define STREET    BIT(22)
#define TOWN      BIT(23)
#define STATE     BIT(24)
#define ZIP       BIT(25)
#define ACCOUNT   BIT(26)
#define PLAN      BIT(27)
#define LICENSE   BIT(28)
#define DEVICE    BIT(29)
#define VEHICLE   BIT(30)
#define BIOMETRIC BIT(31)
#define ORG       BIT(32)
#define AGE       BIT(33)
#define PROSE     BIT(34)
#define CODE      BIT(35)
#define MEASURE   BIT(36)
#define CATEGORY  BIT(37)
#define HOW       BIT(38) /* home, primary, line: says nothing of the kind */
#define THING     BIT(39) /* drug, test: has a name, and is nobody */
#define SMALL     BIT(40) /* of, at, the */
#define MEDICAL   BIT(41)
#define UNIT      BIT(42) /* years: beside age */
#define NUMBER    BIT(43) /* accession: a number though no word says so */
#define MIDDLE    BIT(44) /* initial, suffix: part of a name */
/* clang-format on */
#define PERSONS (PATIENT | RELATIVE | CLINICIAN)

enum { CSV_WORDS_MAX = 12 };
struct csv_words {
    uint64_t c[CSV_WORDS_MAX];
    view v[CSV_WORDS_MAX];
    unsigned n;
    bool has_unknown;
};

/* A word begins after anything but letters and digits, and at a capital after a small letter; one that is
 * unknown may be several written as one. More words than fit count as unknown. */
void csv_words_split(view name, struct csv_words *w);
