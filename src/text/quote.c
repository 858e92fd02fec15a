#include "text/quote.h"

/* The offset behind `quote` when it stands at `at`, else 0. Both begin with what is no white space. */
static size_t quote_at(view text, view quote, size_t at)
{
    for (size_t i = 0; i < quote.n; i++) {
        if (ascii_is_space(quote.p[i])) continue;
        while (at < text.n && ascii_is_space(text.p[at]))
            at++;
        if (at == text.n || text.p[at] != quote.p[i]) return 0;
        at++;
    }
    return at;
}

bool quote_find(view text, view quote, size_t from, size_t *start, size_t *end)
{
    quote = view_trim(quote);
    if (!quote.n) return false;
    for (size_t at = view_find_byte(text, from, quote.p[0]); at < text.n;
         at = view_find_byte(text, at + 1, quote.p[0])) {
        size_t behind = quote_at(text, quote, at);
        if (!behind) continue;
        *start = at;
        *end = behind;
        return true;
    }
    return false;
}
