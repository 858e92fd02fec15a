#include "clinical/words.h"

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
    uint32_t body; /* first token behind a short header, else 0 */
};

static bool is_mark(const struct reader *r, uint32_t i, char c)
{
    return i < r->t->n && r->t->v[i].kind == TOK_MARK && r->t->v[i].hash == (unsigned char)c;
}

/* "XXXX", as the collections of scrubbed reports have it: also "XXXXs". */
static bool is_scrubbed(const struct reader *r, const struct token *k)
{
    if (k->kind != TOK_WORD || k->len < 3 || ascii_lower(r->text.p[k->start]) != 'x') return false;
    for (uint32_t i = 1; i < 3; i++)
        if (ascii_lower(r->text.p[k->start + i]) != 'x') return false;
    return true;
}

/* The token behind the placeholder whose bracket opens at i, or i: "[**2101-3-4**]", "[NAME-7QK2]". */
static uint32_t skip_placeholder(const struct reader *r, uint32_t i)
{
    enum { TOKENS = 14 };
    if (i + 1 >= r->t->n) return i;
    const struct token *k = &r->t->v[i + 1];
    bool stars = is_mark(r, i + 1, '*'), label = k->kind == TOK_WORD && k->flags & TOK_UPPER;
    if (!stars && !label) return i;
    for (uint32_t j = i + 1; j < r->t->n && j < i + TOKENS; j++)
        if (is_mark(r, j, ']')) return j + 1;
    return i;
}

/* A stop that the splitter took for no end of a sentence: "atelectasis.Catheter", where the blank was
 * lost, and "effusion. heart is enlarged", where nobody typed capitals. */
static bool is_stop(const struct reader *r, uint32_t i)
{
    if (!is_mark(r, i, '.') || i == 0 || i + 1 >= r->t->n) return false;
    const struct token *a = &r->t->v[i - 1], *b = &r->t->v[i + 1];
    if (a->kind != TOK_WORD || b->kind != TOK_WORD || a->flags & TOK_UPPER) return false;
    return b->flags & TOK_SPACE ? a->len > 3 : a->len > 2 && b->flags & TOK_CAP;
}

/* Marks that say something; the others are as good as blanks. */
static const uint8_t mark_symbols[128] = {
    [','] = SYM_COMMA, [';'] = SYM_SEMICOLON, [':'] = SYM_COLON, ['?'] = SYM_QUESTION,
    ['('] = SYM_OPEN,  ['['] = SYM_OPEN,      [')'] = SYM_CLOSE, [']'] = SYM_CLOSE,
};

static uint16_t mark_symbol(const struct reader *r, uint32_t i)
{
    const uint64_t mark = r->t->v[i].hash;
    if (mark == '.') return is_stop(r, i) ? SYM_SEMICOLON : 0;
    return mark < COUNT_OF(mark_symbols) ? mark_symbols[mark] : 0;
}

static bool is_report_header(const struct section *s)
{
    return s->body > s->header && (s->kind == SECTION_FINDINGS || s->kind == SECTION_IMPRESSION ||
                                   s->kind == SECTION_INDICATION || s->kind == SECTION_COMPARISON ||
                                   s->kind == SECTION_TECHNIQUE);
}

/* Counts are kept here until the end: in *out each would wait for the one before it to be stored. */
static void read_tokens(const struct reader *r, uint32_t from, uint32_t to)
{
    struct words *w = r->out;
    uint32_t n = w->n, of[LANGUAGE_OTHER + 1] = { 0 }, foreign_letters = 0;
    for (uint32_t i = from; i < to; i++) {
        const struct token *k = &r->t->v[i];
        uint16_t symbol;
        if (k->kind == TOK_MARK) {
            uint32_t behind = k->hash == '[' ? skip_placeholder(r, i) : i;
            if (behind > i) {
                i = behind - 1;
                continue;
            }
            symbol = mark_symbol(r, i);
            if (!symbol || (symbol == SYM_COLON && i < r->body)) continue;
        } else {
            if (is_scrubbed(r, k)) continue;
            const bool is_word = k->kind == TOK_WORD;
            symbol = is_word ? vocab_symbol_again(r->v, r->memo, r->text, k)
                             : vocab_symbol(r->v, r->text, k);
            of[r->s->language_of[symbol]] += is_word;
            /* Latin letters begin below 0xCD in UTF-8 but for a few. */
            foreign_letters += is_word && (unsigned char)r->text.p[k->start] >= 0xCD;
        }
        w->v[n] = (struct word){ k->start, token_end(k) };
        w->symbols[n++] = symbol;
    }
    w->n = n;
    w->n_words += of[LANGUAGE_NONE] + of[LANGUAGE_ENGLISH] + of[LANGUAGE_OTHER];
    w->english += of[LANGUAGE_ENGLISH];
    w->foreign += of[LANGUAGE_OTHER];
    w->foreign_letters += foreign_letters;
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
    out->v = arena_array(a, t.n + 1, sizeof *out->v);
    out->symbols = arena_array(a, t.n + 1, sizeof *out->symbols);
    out->sentences =
        arena_array(a, (size_t)sentences.n + sections.n * 2 + t.n / (SENTENCE_TOKENS / 2) + 1,
                    sizeof *out->sentences);
    if (!out->v || !out->symbols || !out->sentences) return ERR_MEMORY;
    struct reader r = { text, s, s->vocabulary, memo, &t, out, 0 };
    vocab_memo_for(memo, s->vocabulary);
    uint32_t k = 0;      /* the sentence that token `at` is in is k - 1 */
    uint32_t before = 0; /* a bit for each kind of section so far */
    for (uint32_t i = 0; i < sections.n; i++) {
        const struct section *sec = &sections.v[i];
        out->has_impression |= sec->kind == SECTION_IMPRESSION;
        out->has_header |= is_report_header(sec);
        for (uint32_t at = first_token(&r, sec, before); at < sec->end;) {
            while (k < sentences.n && sentences.first[k] <= at)
                k++;
            uint32_t end = k < sentences.n ? MIN(sentences.first[k], sec->end) : sec->end;
            end = cut_sentence(&r, at, end);
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
