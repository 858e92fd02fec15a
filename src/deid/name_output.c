/* deid_name: the names of outputs are input too ("SMITH_JOHN_1947.hl7").
 *
 * A name has no sentence to judge a word by, so the rule is stricter than for text: besides what
 * the detectors find in it, a word goes when it is a person's name more often than a word, or when
 * the lexicon has never seen it (the rarest surname is the most telling), and so does a long
 * number. */
#include "base/hash.h"
#include "deid/ahead.h"
#include "deid/plan.h"
#include "detect/merge.h"
#include "format/fhir_types.h"
#include "lexicon/lexicon.h"
#include "text/utf8.h"

enum { NAME_LONGEST = 255, SHORT_NUMBER = 5, SHORT_WORD = 3 };

/* Endings that say what a file is, and so nothing about a person. */
static const char *const endings[] = {
    "txt", "text", "md",   "log", "json", "jsonl", "ndjson", "csv",
    "tsv", "xml",  "html", "hl7", "dat",  "note",  "rpt",    "asc",
};

static size_t stem_length(view name)
{
    name = plan_name_unpacked(name);
    size_t dot = name.n;
    while (dot > 0 && name.p[dot - 1] != '.')
        dot--;
    if (dot < 2) return name.n;
    view ending = view_sub(name, dot, name.n);
    for (size_t i = 0; i < COUNT_OF(endings); i++)
        if (view_eq_nocase(ending, view_of_str(endings[i]))) return dot - 1;
    return name.n;
}

/* `from` with each of `marks` as a space: what separates words in a name is no part of them. */
static err spaced(view from, view marks, struct arena *a, view *out)
{
    err e = arena_copy(a, from, out);
    if (e) return e;
    char *p = (char *)(uintptr_t)out->p; /* our own copy */
    for (size_t i = 0; i < from.n; i++)
        if (view_find_byte(marks, 0, p[i]) < marks.n) p[i] = ' ';
    return OK;
}

/* Names of persons that are places in a hospital or parts of a data set when they name a file. */
static const char *const usual[] = { "ward", "dev", "train", "case", "page" };

/* More often a person's name than a word, or never seen. */
static bool is_telling(uint64_t hash, size_t length)
{
    const struct lex_info *lex = lexicon_find(lexicon_builtin(), hash);
    const uint64_t names = LEX_GIVEN | LEX(SURNAME) | LEX(NICK);
    for (size_t i = 0; i < COUNT_OF(usual); i++)
        if (token_hash_word(view_of_str(usual[i])) == hash) return false;
    if (lex->bits == 0) return length >= SHORT_WORD;
    return (lex->bits & names) && MAX(lex->given, lex->surname) > lex->word;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* "LabResults": words run together, each of them known and none of them telling. */
static bool is_words(view v)
{
    size_t from = 0, parts = 0;
    for (size_t i = 1; i <= v.n; i++) {
        bool ends = i == v.n || (is_small(v.p[i - 1]) && v.p[i] >= 'A' && v.p[i] <= 'Z');
        if (!ends) continue;
        uint64_t hash = token_hash_word(view_sub(v, from, i));
        if (!lexicon_find(lexicon_builtin(), hash)->bits || is_telling(hash, i - from))
            return false;
        parts++;
        from = i;
    }
    return parts > 1;
}

/* Bulk exports are named by what they hold: "DocumentReference.ndjson". */
static bool is_resource_type(view v)
{
    return v.n && fhir_resource(v, NULL) != FHIR_T_UNKNOWN;
}

static bool is_telling_word(view text, const struct token *t)
{
    view word = view_sub(text, t->start, token_end(t));
    return is_telling(t->hash, t->len) && !is_resource_type(word) && !is_words(word);
}

/* Drops findings that are such a word and nothing more: a detector takes it for a name nobody has seen. */
static void drop_plain(view text, struct findings *f)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->n; i++) {
        view word = view_sub(text, f->v[i].start, f->v[i].end);
        if (!is_resource_type(word) && !is_words(word)) f->v[kept++] = f->v[i];
    }
    f->n = kept;
}

static err add_telling(view text, struct arena *a, struct findings *out)
{
    err e = OK;
    struct tokens tok;
    TRY(token_split(text, a, &tok));
    for (uint32_t i = 0; i < tok.n; i++) {
        const struct token *t = &tok.v[i];
        bool word = t->kind == TOK_WORD && is_telling_word(text, t);
        bool number = t->kind == TOK_NUMBER && t->len > SHORT_NUMBER;
        if (!word && !number) continue;
        TRY(findings_add(out, (struct finding){ .start = t->start,
                                                .end = token_end(t),
                                                .label = word ? LABEL_NAME : LABEL_ID,
                                                .source = SOURCE_LEXICON,
                                                .score = 0.5f }));
    }
out:
    return e;
}

static err add_detected(const struct deid *d, struct deid_scratch *s, view text,
                        struct findings *all)
{
    err e = OK;
    TRY(detect_text(d->detect, s->detect, text, VIEW(""), &s->found));
    for (uint32_t i = 0; i < s->found.n; i++)
        TRY(findings_add(all, s->found.v[i]));
out:
    return e;
}

/* Appends v as part of a file name: no separators, brackets, blanks or control characters. */
static err add_plain(struct buf *out, view v)
{
    err e = OK;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        if (c == '[' || c == ']') continue;
        TRY(buf_add_char(out, c <= ' ' || c == '/' || c == '\\' || c == 0x7f ? '_' : (char)c));
    }
out:
    return e;
}

/* What stays of a name, without control characters: a terminal would obey them. */
static err add_kept(struct buf *out, view v)
{
    err e = OK;
    for (size_t i = 0; i < v.n; i++) {
        unsigned char c = (unsigned char)v.p[i];
        TRY(buf_add_char(out, c < ' ' || c == 0x7f ? '_' : (char)c));
    }
out:
    return e;
}

err deid_name(const struct deid *d, struct deid_scratch *s, view name, struct buf *out,
              bool *changed)
{
    err e = OK;
    size_t before = out->n;
    view words, parts;
    struct edits edits;
    struct findings all;
    struct deid_counts unused = { 0 };
    uint8_t content[32];
    findings_init(&all, DETECT_MAX);
    ahead_drop(s);
    view stem = view_sub(name, 0, stem_length(name));
    *changed = true;
    if (stem.n > NAME_LONGEST || utf8_bad_at(stem) < stem.n) { /* can't be judged: nothing stays */
        TRY(buf_add(out, VIEW("unnamed")));
    } else {
        TRY(spaced(stem, VIEW("_+=,;~@"), &s->arena, &words));
        TRY(spaced(words, VIEW("-."), &s->arena, &parts));
        TRY(add_detected(d, s, words, &all));
        TRY(add_detected(d, s, parts, &all));
        TRY(add_telling(parts, &s->arena, &all));
        merge_findings(&all);
        drop_plain(parts, &all);
        s->found.n = 0;
        for (uint32_t i = 0; i < all.n; i++)
            TRY(findings_add(&s->found, all.v[i]));
        TRY(deid_select_found(d, s, &unused));
        checksum32(stem, content);
        view own = { (const char *)content, sizeof content };
        struct redact_domains dom = { .project = d->row->per_document ? own : buf_view(&d->project),
                                      .patient = own };
        const struct deid_found found = { s->found, s->zips };
        TRY(deid_redact_found(d, s, &dom, words, &found, &edits, &unused));
        size_t at = 0;
        for (uint32_t i = 0; i < edits.n; i++) {
            TRY(add_kept(out, view_sub(stem, at, edits.v[i].start)));
            TRY(add_plain(out, edits.v[i].with));
            at = edits.v[i].end;
        }
        TRY(add_kept(out, view_sub(stem, at, stem.n)));
        *changed = edits.n > 0;
    }
    /* Nothing left, or a name that hides the file or leaves the folder: */
    if (out->n == before || out->p[before] == '.') {
        out->n = before;
        *changed = true;
        TRY(buf_add(out, VIEW("unnamed")));
    }
    TRY(buf_add(out, view_sub(name, stem.n, name.n)));
out:
    if (e) out->n = before;
    findings_clear(&all);
    return e;
}
