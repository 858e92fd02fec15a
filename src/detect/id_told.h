/* detect/id_told.h — identifiers of a thing that is spoken of before them, not always by the word straight before.
 *
 *     blue Honda Civic, license plate 7KLM482    Car (CTR 4481) towed    reg. KX21 BDE    plates CDR 901
 *     facial photo IMG_4482.jpg    iris scan IR4482917    Mirena IUD lot TU01A4X
 *     Username: jharlow7    Epic ID KSTROM4    logged in as pvance2    License plate BEACHBUM
 *
 * Threads: pure.
 */
#pragma once
#include "detect/code.h"

/* The code c, with the letters that stand beside it ("KX21 BDE"), as a plate, a biometric or an implant's number. *next is
 * the token after it. */
bool id_by_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next);
/* Does token i name what a house has many of, each with its number: a van, a rig, a bus? */
bool id_is_fleet(const struct doc *d, int64_t i);
/* Appends what people sign on with, and plates of letters alone. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err id_told_words(const struct doc *d, struct findings *out);
