/* format/hl7_value.h — does a value look like what its type says? What does not is looked at as prose.
 * Threads: pure. */
#pragma once
#include "base/base.h"

/* A code of a table: at most 20 letters, digits and marks without a blank, fewer than six digits in a
 * row; `known` (its system is named): at most 40 and as many digits as it likes. */
bool hl7_is_code(view v, bool known);
/* A capital and small letters, four and more: a word as names are written, and hardly a code. */
bool hl7_is_proper(view v);
/* A number, maybe signed, of at most 12 digits. */
bool hl7_is_number(view v);
/* HH[MM[SS[.s…]]][+/-ZZZZ], with or without colons. */
bool hl7_is_time(view v);
/* Digits and dots, at least two of them, as 1.2.840. */
bool hl7_is_oid(view v);
/* Digits that begin a date (YYYY…), maybe with a fraction and a zone. */
bool hl7_is_date(view v);
/* At least 64 characters of base64, and nothing else but line ends. */
bool hl7_is_base64(view v);
