/* text/token_one.c — one token at a time, letter by letter: what a block can't hold (token.c), and all
 * letters beyond ASCII. */
#include "text/token_one.h"

#include "text/utf8.h"
#include <utf8proc.h>

enum { RUN_MAX = UINT16_MAX };

#define A C_ALPHA
#define D C_DIGIT
#define S C_SPACE
#define L C_LINE
#define H C_HIGH
/* clang-format off */
const uint8_t token_class[256] = {
    S, S, S, S, S, S, S, S, S, S, L, L, L, L, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S, S,
    S, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, D, D, D, D, D, D, D, D, D, D, 0, 0, 0, 0, 0, 0,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, 0,
    0, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, A, 0, 0, 0, 0, S,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
    H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};
/* clang-format on */
#undef A
#undef D
#undef S
#undef L
#undef H

/* Letters that canonical decomposition leaves alone but that people type without their stroke. */
static const char *plain_letter(uint32_t cp)
{
    switch (cp) {
    case 0xE6: return "ae";
    case 0xF0: return "d";
    case 0xF8: return "o";
    case 0xFE: return "th";
    case 0x111: return "d";
    case 0x127: return "h";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x153: return "oe";
    default: return NULL;
    }
}

struct folder { /* feeds folded bytes to the hash, 8 at a time */
    uint64_t h;
    char part[8];
    size_t n_part, n;
};

static void folder_put(struct folder *f, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        f->part[f->n_part++] = p[i];
        if (f->n_part == 8) {
            f->h = hash_mix(f->h, load_le(f->part, 8));
            f->n_part = 0;
        }
    }
}

static void folder_char(struct folder *f, uint32_t cp, bool count_only)
{
    utf8proc_int32_t out[8];
    int last = 0;
    utf8proc_ssize_t k = utf8proc_decompose_char(
        (utf8proc_int32_t)cp, out, 8,
        UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK | UTF8PROC_STABLE, &last);
    for (utf8proc_ssize_t i = 0; i < k && i < 8; i++) {
        const char *plain = plain_letter((uint32_t)out[i]);
        char bytes[4];
        size_t n = plain ? strlen(plain) : utf8_put((uint32_t)out[i], bytes);
        if (count_only)
            f->n += n;
        else
            folder_put(f, plain ? plain : bytes, n);
    }
}

/* Any letters: the same hash as hash_ascii over the folded bytes. */
static uint64_t hash_any(view word)
{
    struct folder f = { .n = 0 };
    for (size_t pos = 0; pos < word.n;)
        folder_char(&f, utf8_next(word, &pos), true);
    f.h = TOKEN_HASH_START + f.n;
    for (size_t pos = 0; pos < word.n;)
        folder_char(&f, utf8_next(word, &pos), false);
    if (f.n_part) f.h = hash_mix(f.h, load_le(f.part, f.n_part));
    return f.h;
}

uint64_t token_hash_word(view word)
{
    for (size_t i = 0; i < word.n; i++)
        if (token_class[(uint8_t)word.p[i]] != C_ALPHA) return hash_any(word);
    return hash_ascii(word.p, word.n, word.n);
}

static bool is_letter(uint32_t cp)
{
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return true;
    default: return false;
    }
}

/* A word with letters beyond ASCII: from `at` to the end of its run; returns the end. */
static size_t word_wide(view text, size_t at, struct token *t)
{
    size_t pos = at;
    bool upper = false, lower = false, first_upper = false;
    while (pos < text.n && pos - at < RUN_MAX - 4) {
        size_t next = pos;
        uint32_t cp = utf8_next(text, &next);
        if (cp < 0x80 ? token_class[cp] != C_ALPHA : !is_letter(cp)) break;
        utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
        if (c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT) {
            upper = true;
            if (pos == at) first_upper = true;
        } else if (c == UTF8PROC_CATEGORY_LL) {
            lower = true;
        }
        pos = next;
    }
    t->kind = TOK_WORD;
    t->flags |= TOK_LETTERS | TOK_WIDE | (first_upper ? TOK_CAP : 0) |
                (upper && !lower ? TOK_UPPER : 0) | (lower && !upper ? TOK_LOWER : 0);
    t->hash = hash_any(view_sub(text, at, pos));
    return pos;
}

static size_t word_ascii(view text, size_t at, struct token *t)
{
    const uint8_t *p = (const uint8_t *)text.p;
    size_t i = at, stop = MIN(text.n, at + RUN_MAX);
    uint8_t any_lower = 0, any_upper = 0;
    for (; i < stop && token_class[p[i]] == C_ALPHA; i++) {
        any_lower |= p[i];
        any_upper |= (uint8_t)~p[i];
    }
    if (UNLIKELY(i < text.n && token_class[p[i]] == C_HIGH)) {
        size_t next = i;
        if (is_letter(utf8_next(text, &next))) return word_wide(text, at, t);
    }
    t->kind = TOK_WORD;
    t->flags |= TOK_LETTERS | (p[at] & 0x20 ? 0 : TOK_CAP) | (any_lower & 0x20 ? 0 : TOK_UPPER) |
                (any_upper & 0x20 ? 0 : TOK_LOWER);
    t->hash = hash_ascii(text.p + at, i - at, text.n - at);
    return i;
}

static size_t number(view text, size_t at, struct token *t)
{
    size_t i = at, stop = MIN(text.n, at + RUN_MAX);
    uint64_t x = 0;
    for (; i < stop && ascii_is_digit(text.p[i]); i++)
        x = x * 10 + (uint64_t)(text.p[i] - '0');
    t->kind = TOK_NUMBER;
    t->hash = i - at > 18 ? UINT64_MAX : x;
    return i;
}

size_t token_one(view text, size_t at, struct token *t)
{
    size_t end = at;
    switch (token_class[(uint8_t)text.p[at]]) {
    case C_ALPHA: end = word_ascii(text, at, t); break;
    case C_DIGIT: end = number(text, at, t); break;
    default: {
        uint32_t cp = utf8_next(text, &end);
        if (cp >= 0x80 && is_letter(cp)) {
            end = word_wide(text, at, t);
        } else {
            t->kind = TOK_MARK;
            t->hash = cp;
            if (cp >= 0x80) t->flags |= TOK_WIDE;
        }
    }
    }
    t->len = (uint16_t)(end - at);
    return end;
}
