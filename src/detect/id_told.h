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

/* Have letters a part in code c, or a '#', in it or beside it? Most numbers have none, and of those only what has three digits
 * and more is told by words. */
static inline bool id_is_lettered(const struct doc *d, const struct code *c)
{
    const uint32_t beside =
        doc_tok(d, (int64_t)c->first - 1)->flags | doc_tok(d, (int64_t)c->last + 1)->flags;
    return (c->letters != 0) | c->hash | ((beside & TOK_UPPER) != 0);
}
/* The code c, with the letters that stand beside it ("KX21 BDE"), as a plate, a biometric or an implant's number. *next is
 * the token after it. */
bool id_by_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next);
/* Does token i name what a house has many of, each with its number: a van, a rig, a bus? */
bool id_is_fleet(const struct doc *d, int64_t i);
/* Appends what people sign on with, and plates of letters alone. OK, ERR_MEMORY or ERR_LIMIT. */
MUST_USE err id_told_words(const struct doc *d, struct findings *out);
