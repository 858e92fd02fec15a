#include "clinical/words.h"

#include "clinical/letters.h"
#include "clinical/signs.h"
#include "text/sentence.h"

/* Longer ones are cut: what reads a sentence may look at each of its words for each of its words. */
enum { SENTENCE_TOKENS = 400 };
/* "Heart:", "Pleural spaces:": its colon is as good as a blank. */
enum { HEADER_TOKENS = 3 };

struct reader {
    view text;
    const struct schema *s;
    const struct vocabulary *v;
    struct vocab_memo *memo;
    const struct tokens *t;
    struct words *out;
    struct layout layout;
    struct sign_use signs;
    uint32_t body; /* first token behind a short header, else 0 */
    /* Of the sentence that is read: */
    uint32_t item; /* word that begins what a box may stand behind */
    bool ticked, boxes_trail;
};

static bool is_mark(const struct reader *r, uint32_t i, char c)
{
    return layout_is_mark(&r->layout, i, c);
}

/* "XXXX", as the collections of scrubbed reports have it: also "XXXXs". */
static bool is_scrubbed(const struct reader *r, const struct token *k)
{
    if (k->kind != TOK_WORD || k->len < 3) return false;
    for (uint32_t i = 0; i < MIN(k->len, 3); i++)
        if (ascii_lower(r->text.p[k->start + i]) != 'x') return false;
    return true;
}

/* The token behind a bracketed placeholder at i, or i: "[**2101-3-4**]", "[NAME-7QK2]". */
static uint32_t skip_placeholder(const struct reader *r, uint32_t i)
{
    enum { TOKENS = 14 };
    if (!is_mark(r, i, '[') || i + 1 >= r->t->n) return i;
    const struct token *k = &r->t->v[i + 1];
    bool stars = is_mark(r, i + 1, '*'), label = k->kind == TOK_WORD && k->flags & TOK_UPPER;
    if (!stars && !label) return i;
    for (uint32_t j = i + 1; j < r->t->n && j < i + TOKENS; j++)
        if (is_mark(r, j, ']')) return j + 1;
    return i;
}

/* Marks that say something; the others are as good as blanks. */
static const uint8_t mark_symbols[128] = {
    [','] = SYM_COMMA, [';'] = SYM_SEMICOLON, [':'] = SYM_COLON, ['?'] = SYM_QUESTION,
    ['('] = SYM_OPEN,  ['['] = SYM_OPEN,      [')'] = SYM_CLOSE, [']'] = SYM_CLOSE,
};

static uint16_t mark_symbol(const struct token *k)
{
    return k->hash < COUNT_OF(mark_symbols) ? mark_symbols[k->hash] : 0;
}

/* Latin letters begin below 0xCD in UTF-8 but for a few. */
static void count_word(struct reader *r, const struct token *k, uint16_t symbol)
{
    uint8_t language = r->s->language_of[symbol];
    r->out->n_words++;
    r->out->english += language == LANGUAGE_ENGLISH;
    r->out->foreign += language == LANGUAGE_OTHER;
    r->out->foreign_letters += (unsigned char)r->text.p[k->start] >= 0xCD;
}

static bool is_report_header(const struct section *s)
{
    return s->body > s->header && (s->kind == SECTION_FINDINGS || s->kind == SECTION_IMPRESSION ||
                                   s->kind == SECTION_INDICATION || s->kind == SECTION_COMPARISON ||
                                   s->kind == SECTION_TECHNIQUE);
}

static void add(struct reader *r, uint32_t i, uint16_t symbol)
{
    struct words *w = r->out;
    const struct token *k = &r->t->v[i];
    w->v[w->n] = (struct word){ k->start, token_end(k) };
    w->symbols[w->n++] = symbol;
}

/* "No ptx - effusion small": behind a dash a statement begins that the "no" does not reach. It goes on where
 * a list does, and where the answer itself stands there. */
static bool dash_ends(const struct reader *r, uint32_t first, uint32_t i, uint32_t to)
{
    const struct words *w = r->out;
    bool denies = false;
    for (uint32_t k = w->n; k > first && w->symbols[k - 1] != SYM_SEMICOLON && !denies; k--)
        denies = r->s->traits_of[w->symbols[k - 1]] & TRAIT_DENYING;
    if (!denies || layout_traits(&r->layout, i + 1) & (TRAIT_DENYING | TRAIT_ANSWERING))
        return false;
    for (uint32_t k = i + 1; k < to; k++)
        if (r->t->v[k].kind == TOK_WORD &&
            vocab_symbol(r->v, r->text, &r->t->v[k]) == r->s->word_or)
            return false;
    return true;
}

/* What has an empty box before it is not said, nor what has one behind it. */
static uint32_t read_unticked(struct reader *r, uint32_t behind, uint32_t to)
{
    uint32_t after;
    if (r->boxes_trail) {
        r->out->n = r->item;
        return behind;
    }
    for (; behind < to; behind++) {
        if (r->t->v[behind].kind == TOK_WORD) r->out->n_words++;
        if (r->t->v[behind].kind != TOK_MARK) continue;
        const enum sign s = sign_at(&r->layout, &r->signs, behind, &after);
        if (s == SIGN_TICKED || s == SIGN_UNTICKED || layout_is_stop(&r->layout, behind)) break;
    }
    return behind;
}

/* The sign at i, of a sentence that began as word `first`; returns the token behind it. */
static uint32_t read_sign(struct reader *r, enum sign sign, uint32_t first, uint32_t i,
                          uint32_t behind, uint32_t to)
{
    switch (sign) {
    case SIGN_YES: add(r, i, SYM_SEMICOLON); break;
    case SIGN_NO: add(r, i, r->s->word_no); break;
    case SIGN_MAYBE: add(r, i, r->s->word_possible); break;
    case SIGN_AND: add(r, i, r->s->word_and); break;
    case SIGN_ASKED: add(r, i, SYM_COLON); break;
    case SIGN_DASH:
        if (dash_ends(r, first, i, to)) add(r, i, SYM_SEMICOLON);
        break;
    case SIGN_TICKED:
        if (r->ticked || r->boxes_trail) add(r, i, SYM_SEMICOLON);
        r->item = r->out->n;
        r->ticked = true;
        break;
    case SIGN_UNTICKED: r->out->has_header = true; return read_unticked(r, behind, to);
    case SIGN_NONE: break;
    }
    return behind;
}

/* "- Heart: enlarged; pleura: effusion": is all since sentence or statement began the short name of a part? */
static bool is_subject(const struct words *w, uint32_t first)
{
    uint32_t begin = w->n;
    while (begin > first && w->symbols[begin - 1] != SYM_SEMICOLON)
        begin--;
    return w->n - begin <= HEADER_TOKENS;
}

static void read_tokens(struct reader *r, uint32_t from, uint32_t to)
{
    struct words *w = r->out;
    const uint32_t first = w->n;
    r->item = first;
    r->ticked = false;
    r->boxes_trail = signs_trail(&r->layout, &r->signs, from, to);
    for (uint32_t i = from; i < to; i++) {
        const struct token *k = &r->t->v[i];
        uint16_t symbol;
        if (k->kind == TOK_MARK) {
            uint32_t behind = k->hash == '[' ? skip_placeholder(r, i) : i;
            if (behind > i) {
                i = behind - 1;
                continue;
            }
            const enum sign sign = sign_at(&r->layout, &r->signs, i, &behind);
            if (sign) {
                i = read_sign(r, sign, first, i, behind, to) - 1;
                continue;
            }
            symbol = layout_is_stop(&r->layout, i) ? SYM_SEMICOLON : mark_symbol(k);
            if (symbol == SYM_COLON) r->item = w->n;
            if (!symbol || (symbol == SYM_COLON && (i < r->body || is_subject(w, first)))) continue;
        } else {
            if (is_scrubbed(r, k)) continue;
            symbol = letter_symbol(&r->layout, i);
            const bool is_word = k->kind == TOK_WORD;
            if (!symbol)
                symbol = is_word ? vocab_symbol_again(r->v, r->memo, r->text, k)
                                 : vocab_symbol(r->v, r->text, k);
            if (is_word) count_word(r, k, symbol);
        }
        add(r, i, symbol);
    }
}

/* "Heart: normal." has its subject in the header; "FINDINGS:" says nothing. A part of an examination has the
 * kind of what it stands in, which is that of a section before it (a bit of `before` for each): then the
 * header is looked at again for its own. */
static uint32_t first_token(const struct reader *r, const struct section *s, uint32_t before)
{
    uint32_t body;
    enum section_kind kind = s->kind;
    if (s->body == s->header) return s->body;
    if (before >> kind & 1 && !section_header_at(r->text, r->t, s->header, &body, &kind))
        return s->body;
    return kind == SECTION_EXAM || kind == SECTION_OTHER ? s->header : s->body;
}

/* The first token of the sentence after the one at `at`: an answer belongs to its question. *k: the first sentence
 * behind `at`. */
static uint32_t sentence_end(const struct reader *r, const struct sentences *s, uint32_t *k,
                             uint32_t at, uint32_t most)
{
    uint32_t behind;
    while (*k < s->n && s->first[*k] <= at)
        (*k)++;
    while (*k < s->n && s->first[*k] < most && is_mark(r, s->first[*k] - 1, '?') &&
           sign_at(&r->layout, &r->signs, s->first[*k] - 1, &behind) == SIGN_ASKED)
        (*k)++;
    return *k < s->n ? MIN(s->first[*k], most) : most;
}

/* The end of a sentence, or of the part of it that is read at once: behind a comma when there is one. */
static uint32_t cut_sentence(const struct reader *r, uint32_t at, uint32_t end)
{
    if (end - at <= SENTENCE_TOKENS) return end;
    end = at + SENTENCE_TOKENS;
    for (uint32_t i = end; i > at + SENTENCE_TOKENS / 2; i--)
        if (is_mark(r, i - 1, ',') || is_mark(r, i - 1, ';')) return i;
    return end;
}

err words_read(const struct schema *s, struct vocab_memo *memo, view text, struct arena *a,
               struct words *out)
{
    err e = OK;
    struct tokens t;
    struct sections sections;
    struct sentences sentences;
    *out = (struct words){ 0 };
    TRY(token_split(text, a, &t));
    TRY(section_split(text, &t, a, &sections));
    TRY(sentence_split(text, &t, a, &sentences));
    struct reader r = {
        .text = text, .s = s, .v = s->vocabulary, .memo = memo, .t = &t, .out = out
    };
    vocab_memo_for(memo, s->vocabulary);
    layout_read(&r.layout, s, text, &t);
    r.signs = signs_used(&r.layout);
    out->v = arena_array(a, t.n + 1, sizeof *out->v);
    out->symbols = arena_array(a, t.n + 1, sizeof *out->symbols);
    out->sentences = arena_array(
        a, (size_t)sentences.n + sections.n * 2 + r.layout.lines + t.n / (SENTENCE_TOKENS / 2) + 1,
        sizeof *out->sentences);
    if (!out->v || !out->symbols || !out->sentences) return ERR_MEMORY;
    uint32_t k = 0;      /* the sentence that token `at` is in is k - 1 */
    uint32_t before = 0; /* a bit for each kind of section so far */
    for (uint32_t i = 0; i < sections.n; i++) {
        const struct section *sec = &sections.v[i];
        out->has_impression |= sec->kind == SECTION_IMPRESSION;
        out->has_header |= is_report_header(sec);
        for (uint32_t at = first_token(&r, sec, before); at < sec->end;) {
            uint32_t end = sentence_end(&r, &sentences, &k, at, sec->end);
            end = layout_line_end(&r.layout, at, cut_sentence(&r, at, end));
            uint32_t first = out->n;
            r.body = sec->body - sec->header <= HEADER_TOKENS ? sec->body : 0;
            read_tokens(&r, at, end);
            if (out->n > first)
                out->sentences[out->n_sentences++] =
                    (struct sentence_span){ first, out->n, sec->kind, i };
            at = end;
        }
        before |= UINT32_C(1) << sec->kind;
    }
out:
    return e;
}
