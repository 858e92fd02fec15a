#include "text/encoded_run.h"

enum {
    SIGNS_MIN = 64,  /* of the run */
    LINE_MIN = 40,   /* of a line that others follow */
    KIND_SHARE = 40, /* of all signs, every kind has one of so many */
    MARK_SHARE = 8,
    CHANGES_OF_A_HUNDRED = 34,
};

enum sign { SIGN_NONE, SIGN_SMALL, SIGN_CAPITAL, SIGN_DIGIT, SIGN_MARK, SIGN_KINDS };

static enum sign sign_of(char c)
{
    if (c >= 'a' && c <= 'z') return SIGN_SMALL;
    if (c >= 'A' && c <= 'Z') return SIGN_CAPITAL;
    if (ascii_is_digit(c)) return SIGN_DIGIT;
    return c == '+' || c == '/' || c == '-' || c == '_' || c == '=' ? SIGN_MARK : SIGN_NONE;
}

/* Past the signs from `at`. */
static size_t signs_end(view text, size_t at)
{
    while (at < text.n && sign_of(text.p[at]))
        at++;
    return at;
}

static size_t signs_begin(view text, size_t at)
{
    while (at > 0 && sign_of(text.p[at - 1]))
        at--;
    return at;
}

/* Past the line break at `at`; `at` itself when there is none. */
static size_t break_end(view text, size_t at)
{
    if (at < text.n && text.p[at] == '\r') at++;
    return at < text.n && text.p[at] == '\n' ? at + 1 : at;
}

static size_t break_begin(view text, size_t at)
{
    if (at > 0 && text.p[at - 1] == '\n') at--;
    return at > 0 && text.p[at - 1] == '\r' ? at - 1 : at;
}

/* Lines as long as the one in hand go on with it, and a shorter last one; nothing does behind its padding. */
static size_t lines_end(view text, size_t from, size_t to)
{
    const size_t line = to - from;
    while (line >= LINE_MIN && text.p[to - 1] != '=') {
        size_t next = break_end(text, to), end = signs_end(text, next);
        if (next == to || end == next || end - next > line) break;
        if (end < text.n && break_end(text, end) == end) break; /* prose begins */
        to = end;
        if (end - next < line) break;
    }
    return to;
}

static size_t lines_begin(view text, size_t from, size_t to)
{
    const size_t line = to - from;
    while (line >= LINE_MIN) {
        size_t end = break_begin(text, from), before = signs_begin(text, end);
        if (end == from || end - before != line || text.p[end - 1] == '=') break;
        from = before;
    }
    return from;
}

static bool is_encoded(view run)
{
    size_t n[SIGN_KINDS] = { 0 }, changes = 0, signs = 0;
    enum sign last = SIGN_NONE;
    for (size_t i = 0; i < run.n; i++) {
        enum sign s = sign_of(run.p[i]);
        n[s]++;
        if (s == SIGN_NONE || s == SIGN_MARK) continue;
        changes += signs && s != last;
        signs++;
        last = s;
    }
    return signs >= SIGNS_MIN && n[SIGN_MARK] * MARK_SHARE <= signs &&
           n[SIGN_SMALL] * KIND_SHARE >= signs && n[SIGN_CAPITAL] * KIND_SHARE >= signs &&
           n[SIGN_DIGIT] * KIND_SHARE >= signs && changes * 100 >= signs * CHANGES_OF_A_HUNDRED;
}

bool encoded_run_at(view text, size_t at, size_t *from, size_t *to)
{
    const size_t begin = signs_begin(text, at), end = signs_end(text, at);
    *from = lines_begin(text, begin, end);
    *to = lines_end(text, begin, end);
    return is_encoded(view_sub(text, *from, *to));
}
