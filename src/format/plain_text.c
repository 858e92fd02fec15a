/* format/plain_text.c — the whole input is one text of one of the encodings of text/encoding.h. */
#include "format/formats.h"

static bool sniff(view head)
{
    (void)head;
    return true; /* the last resort */
}

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    (void)self;
    err e = OK;
    struct piece *piece = arena_array(a, 1, sizeof *piece);
    if (!piece) return ERR_MEMORY;
    *piece = (struct piece){ .role = ROLE_TEXT, .spelling = SPELL_PLAIN };
    if (enc == ENC_AUTO) TRY(encoding_guess(bytes, &enc, d));
    TRY(encoding_decode(enc, bytes, a, &piece->text, &piece->map, d));
    piece->encoding = enc;
    *out = (struct record){ .bytes = bytes, .pieces = piece, .n = 1 };
out:
    return e;
}

const struct format format_text = { .name = "text", .sniff = sniff, .decode = decode };
