#include "deid/score_words.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <utf8proc.h>

#include "base/buf.h"
#include "text/utf8.h"

struct score_words {
    pcre2_code *code[SCORE_EXPR_COUNT];
    pcre2_match_data *data;
    pcre2_match_context *limits;
    pcre2_general_context *memory;
};

enum { PATTERN_MAX = 8192, STEPS_MAX = 1000000 };

/* In these sources @ is a word border, & a non-word character, # a decimal digit; i is spelled out
 * and % is white space (expand() below). Runs of non-words are possessive: what follows them is a
 * letter, a digit or the end, so giving characters back never helps, and a long run of blanks costs
 * one pass. */
static const char *const source[SCORE_EXPR_COUNT] = {
    [SCORE_GENERIC] = "@(?:hospitals?|clinics?|centers?|centre|medical|med|health|healthcare|care|"
                      "system|institute|"
                      "university|school|department|dept|of|the|in|at|and|for|office|facility|st|"
                      "saint|mt|mount|dr|"
                      "doctor|mr|mrs|ms|miss|prof|patient|mrn|id|ssn|no|number|policy|plan|member|"
                      "insurance|record|"
                      "case|general|regional|memorial|community|children'?s|last|next|on)@",
    [SCORE_CUE] =
        "@(?:dr|doctor|mr|mrs|ms|miss|prof|pt|patient|mrn|ssn|id|no|num|number|phone|ph|tel|fax|"
        "email|"
        "e-mail|insurance|policy|plan|acct|account|record|contact|member|medical|social security|"
        "health|dob|born|zip)@\\.?",
    [SCORE_AGE] = "\\A&*+(?:in%++|since%++|of%++|from%++|over%++|under%++|age[ds]?%++|an?%++)*"
                  "(?:(?:19|20)##|#{1,3}&*+"
                  "(?:y/?o@|yo|yrs?|years?|months?|mos?|weeks?|wks?|days?|hours?|hrs?)?&*+"
                  "(?:old|of age|ago)?&*+(?:m|f|male|female|man|woman)?|'?#0s)&*+\\z",
    [SCORE_FINAL_SIGMA] =
        "\\P{CI}(?<=\\p{Cased})\\p{CI}*+\\K\\x{3A3}(?!\\p{CI}*+(?!\\p{CI})\\p{Cased})",
};

static err expand(const char *from, struct buf *out)
{
    err e = OK;
    for (; *from; from++) {
        switch (*from) {
        case '@':
            TRY(buf_add(out, VIEW("(?:(?<=[\\p{L}\\p{N}_])(?![\\p{L}\\p{N}_])|"
                                  "(?<![\\p{L}\\p{N}_])(?=[\\p{L}\\p{N}_]))")));
            break;
        case '&': TRY(buf_add(out, VIEW("[^\\p{L}\\p{N}_]"))); break;
        case '%': TRY(buf_add(out, VIEW("[\\s\\x1c-\\x1f]"))); break;
        case '#': TRY(buf_add(out, VIEW("\\p{Nd}"))); break;
        case 'i': TRY(buf_add(out, VIEW("[i\\x{130}\\x{131}]"))); break;
        default: TRY(buf_add_char(out, *from));
        }
    }
out:
    return e;
}

static void *pcre_alloc(PCRE2_SIZE n, void *unused)
{
    (void)unused;
    return mem_alloc(n);
}
static void pcre_free(void *p, void *unused)
{
    (void)unused;
    mem_free(p);
}

err score_words_new(struct score_words **out)
{
    err e = OK;
    struct buf pattern;
    pcre2_compile_context *context = NULL;
    struct score_words *w = mem_alloc_zero(sizeof *w);

    buf_init(&pattern, PATTERN_MAX);
    if (!w) TRY(ERR_MEMORY);
    w->memory = pcre2_general_context_create(pcre_alloc, pcre_free, NULL);
    if (!w->memory) TRY(ERR_MEMORY);
    w->limits = pcre2_match_context_create(w->memory);
    context = pcre2_compile_context_create(w->memory);
    w->data = pcre2_match_data_create(1, w->memory); /* one pair: the whole match */
    if (!w->limits || !context || !w->data) TRY(ERR_MEMORY);
    pcre2_set_match_limit(w->limits, STEPS_MAX);
    for (int i = 0; i < SCORE_EXPR_COUNT; i++) {
        int code;
        PCRE2_SIZE at;
        uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_AUTO_CAPTURE |
                           (i == SCORE_FINAL_SIGMA ? 0 : PCRE2_CASELESS);
        buf_reset(&pattern);
        if (i == SCORE_FINAL_SIGMA)
            TRY(buf_add(&pattern, view_of_str(source[i])));
        else
            TRY(expand(source[i], &pattern));
        w->code[i] = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options, &code, &at, context);
        BUG_IF(!w->code[i] && code != PCRE2_ERROR_HEAP_FAILED);
        if (!w->code[i]) TRY(ERR_MEMORY);
    }
    *out = w;
out:
    pcre2_compile_context_free(context);
    buf_clear(&pattern);
    if (e) score_words_free(w);
    return e;
}

void score_words_free(struct score_words *w)
{
    if (!w) return;
    for (int i = 0; i < SCORE_EXPR_COUNT; i++)
        pcre2_code_free(w->code[i]);
    pcre2_match_data_free(w->data);
    pcre2_match_context_free(w->limits);
    pcre2_general_context_free(w->memory);
    mem_free(w);
}

err score_words_next(const struct score_words *w, enum score_expr x, view text, size_t *from,
                     bool *found, size_t *start, size_t *end)
{
    *found = false;
    /* The caller's text is well-formed: PCRE2 need not check it at every call. */
    int n = pcre2_match(w->code[x], (PCRE2_SPTR)(text.n ? text.p : ""), text.n, *from,
                        PCRE2_NO_UTF_CHECK, w->data, w->limits);
    if (n == PCRE2_ERROR_NOMATCH) return OK;
    if (n == PCRE2_ERROR_NOMEMORY) return ERR_MEMORY;
    if (n < 0) return ERR_LIMIT;
    const PCRE2_SIZE *pair = pcre2_get_ovector_pointer(w->data);
    *found = true;
    *start = pair[0];
    *end = *from = pair[1];
    return OK;
}

bool score_is_alnum(uint32_t cp)
{
    if (cp < 0x80) return (cp >= '0' && cp <= '9') || ascii_is_alpha((char)cp);
    switch (utf8proc_category((utf8proc_int32_t)cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

err score_lower(const struct score_words *w, view text, struct arena *a, uint32_t **out, size_t *n)
{
    size_t count = 0, from = 0, start = 0, end;
    bool final_sigma = false, any_sigma = false;
    uint32_t *low;

    for (size_t at = 0; at < text.n; count++) {
        uint32_t cp = utf8_next(text, &at);
        if (cp == 0x130) count++;
        if (cp == 0x3A3) any_sigma = true;
    }
    if (!(low = arena_array(a, count + 1, sizeof *low))) return ERR_MEMORY;
    if (any_sigma) {
        err e = score_words_next(w, SCORE_FINAL_SIGMA, text, &from, &final_sigma, &start, &end);
        if (e) return e;
    }
    size_t k = 0;
    for (size_t at = 0; at < text.n;) {
        size_t here = at;
        uint32_t cp = utf8_next(text, &at);
        if (cp == 0x130) { /* the one letter whose lower form is two code points */
            low[k++] = 'i';
            low[k++] = 0x307;
        } else if (final_sigma && here == start) {
            low[k++] = 0x3C2;
            err e = score_words_next(w, SCORE_FINAL_SIGMA, text, &from, &final_sigma, &start, &end);
            if (e) return e;
        } else {
            low[k++] = cp < 0x80 ? (uint32_t)(uint8_t)ascii_lower((char)cp)
                                 : (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
        }
    }
    *out = low;
    *n = k;
    return OK;
}
