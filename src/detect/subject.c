#include "detect/subject.h"

#include "detect/field.h"
#include "detect/wordset.h"
#include "text/section.h"

enum { HEADER_WORDS = 6, LEAD_MARKS = 4, PARTS_SEEN = 64, RULE_MARKS = 4, FIRST_ROWS = 8 };

enum subject_word {
    S_MOTHER = 1,
    S_INFANT = 2,
    S_DONOR = 4,
    S_RECIPIENT = 8,
    S_MULTIPLE = 16, /* twin: the letter or number after it says which */
    S_CHILD = 32,    /* baby, fetus: with a letter a twin */
    S_PERSON = S_MOTHER | S_INFANT | S_DONOR | S_RECIPIENT | S_MULTIPLE | S_CHILD,
    S_STAGE = 64, /* newborn: "newborn course" is of the patient's own life */
    S_SEX = 128,
    S_WHOLE = 256,  /* information, record: all there is about a person */
    S_PART = 512,   /* history, course, exam: a part of it */
    S_FIELD = 1024, /* one value: DOB, EDC */
    S_SMALL = 2048, /* of, the, 's */
    S_ORDER_A = 4096,
    S_ORDER_B = 8192,
    S_ORDER_C = 16384,
    S_ORDER_D = 32768,
    S_END = 65536, /* signed, dictated: what follows is of no person's story */
    S_ORDER = S_ORDER_A | S_ORDER_B | S_ORDER_C | S_ORDER_D,
};
static const struct wordset_row rows[] = {
    { "mother mothers maternal mom mob madre materna", S_MOTHER },
    { "infant infants baby babys bebe", S_INFANT | S_CHILD },
    { "newborn neonate nacido", S_INFANT | S_CHILD | S_STAGE },
    { "fetus", S_CHILD },
    { "donor donors donante", S_DONOR },
    { "recipient recipients receptor", S_RECIPIENT },
    { "twin triplet quadruplet", S_MULTIPLE },
    { "boy girl male female", S_SEX },
    { "history hx hist obstetric ob prenatal antenatal pregnancy delivery labor birth medical past "
      "social surgical course exam examination labs lab laboratory laboratories medications meds "
      "allergies problems status note evaluation assessment admission hospital discharge "
      "resuscitation "
      "recien historia workup serologies results clinical operative",
      S_PART },
    { "information info data details demographics record chart section summary", S_WHOLE },
    { "dob edc edd lmp date birthdate delivered admitted discharged born due name mrn age phone "
      "address "
      "occupation employer ssn",
      S_FIELD },
    { "of the and for s de la del", S_SMALL },
    { "electronically signed cosigned dictated addendum", S_END },
    { "a i one", S_ORDER_A },
    { "b ii two", S_ORDER_B },
    { "c iii three", S_ORDER_C },
    { "d iv four", S_ORDER_D },
};
static struct wordset words = WORDSET(rows);

/* clang-format off */
static const char *const names[SUBJECT_COUNT] = {
    [SUBJECT_PATIENT] = "", [SUBJECT_MOTHER] = "mother", [SUBJECT_INFANT] = "infant",
    [SUBJECT_DONOR] = "donor", [SUBJECT_RECIPIENT] = "recipient", [SUBJECT_TWIN_A] = "twin-a",
    [SUBJECT_TWIN_B] = "twin-b", [SUBJECT_TWIN_C] = "twin-c", [SUBJECT_TWIN_D] = "twin-d",
};
/* clang-format on */

const char *subject_name(enum finding_subject s)
{
    BUG_IF((unsigned)s >= SUBJECT_COUNT);
    return names[s];
}

/* ---- the words of a header ---- */

/* The classes of a word; a number counts as the letter of a twin. */
static uint32_t class_of(const struct token *t)
{
    if (t->kind == TOK_NUMBER) return t->hash >= 1 && t->hash <= 4 ? S_ORDER_A << (t->hash - 1) : 0;
    return wordset_class(wordset_ready(&words), t);
}

static enum finding_subject twin_of(uint32_t classes)
{
    for (unsigned k = 0; k < 4; k++)
        if (classes & (S_ORDER_A << k)) return (enum finding_subject)(SUBJECT_TWIN_A + k);
    return SUBJECT_PATIENT;
}

/* Whom the word at i means: a letter after a word for a child makes a twin of it ("Baby boy A"). */
static enum finding_subject person_at(const uint32_t *c, unsigned n, unsigned i)
{
    unsigned next = i + 1 < n && c[i + 1] & S_SEX ? i + 2 : i + 1;
    if (c[i] & (S_MULTIPLE | S_CHILD) && next < n && c[next] & S_ORDER) return twin_of(c[next]);
    return c[i] & S_MOTHER      ? SUBJECT_MOTHER
           : c[i] & S_DONOR     ? SUBJECT_DONOR
           : c[i] & S_RECIPIENT ? SUBJECT_RECIPIENT
           : c[i] & S_INFANT    ? SUBJECT_INFANT
                                : SUBJECT_PATIENT;
}

/* Whom words of these classes are about, SUBJECT_PATIENT when they are no person's header; the first one
 * counts ("mother of baby"). */
static enum finding_subject person_of(const uint32_t *c, unsigned n)
{
    uint32_t all = 0;
    for (unsigned i = 0; i < n; i++) {
        if (!c[i] || c[i] & S_END) return SUBJECT_PATIENT;
        all |= c[i];
    }
    if (all & S_STAGE && all & S_PART && !(all & S_ORDER)) return SUBJECT_PATIENT;
    for (unsigned i = 0; i < n; i++)
        if (c[i] & S_PERSON) return person_at(c, n, i);
    return SUBJECT_PATIENT;
}

static bool is_line_start(const struct doc *d, uint32_t i)
{
    return i == 0 || i >= d->n || d->tok[i].flags & TOK_LINE;
}

static bool is_joiner(const struct token *t)
{
    return t->kind == TOK_MARK && (t->hash == '\'' || t->hash == '(' || t->hash == ')');
}

/* "MOTHER - admitted 3/1" */
static bool is_dash(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '-') && !doc_joined(d, i) && !doc_joined(d, (int64_t)i + 1);
}

struct header {
    enum finding_subject of;
    bool is_block;     /* alone on its line */
    bool is_whole;     /* and about all of a person: parts the note */
    bool is_parted;    /* another person's such header follows */
    uint32_t at, body; /* its first token, the first after it */
};

/* A person's header on the line that begins at i; those of one value are fields. */
static bool header_at(const struct doc *d, uint32_t i, struct header *h)
{
    uint32_t c[HEADER_WORDS], all = 0, j = i;
    unsigned n = 0;
    bool upper = true, title = true;
    while (j < d->n && j - i < LEAD_MARKS && d->tok[j].kind == TOK_MARK &&
           (j == i || !is_line_start(d, j)))
        j++; /* "# Mother", "** DONOR **" */
    for (; j < d->n && (j == i || !is_line_start(d, j)); j++) {
        const struct token *t = &d->tok[j];
        if (is_joiner(t) && n) continue;
        if (t->kind == TOK_MARK) break;
        if (n == HEADER_WORDS || !(c[n] = class_of(t))) return false;
        if (t->kind == TOK_WORD && !(c[n] & S_SMALL)) {
            upper &= (t->flags & TOK_UPPER) != 0;
            title &= (t->flags & TOK_CAP) != 0;
        }
        all |= c[n++];
    }
    if (!(all & S_PERSON) || all & S_FIELD) return false;
    bool colon = doc_is_mark(d, j, ':') || (upper && is_dash(d, j));
    uint32_t body = j + colon;
    while (!colon && !is_line_start(d, body) && d->tok[body].kind == TOK_MARK)
        body++; /* "== MOTHER ==" */
    bool alone = is_line_start(d, body);
    if (!colon && !(alone && (upper || title))) return false;
    *h = (struct header){ .of = person_of(c, n),
                          .is_block = alone,
                          .is_whole = alone && (!(all & S_PART) || all & S_WHOLE),
                          .at = i,
                          .body = body };
    return h->of != SUBJECT_PATIENT;
}

/* ---- stretches ---- */

struct stretch {
    uint32_t start, end; /* bytes of the folded text */
    enum finding_subject of;
};
struct stretches {
    struct stretch *v; /* in the arena; in text order, not overlapping */
    uint32_t n, cap;
};

static err add_stretch(const struct doc *d, struct stretches *s, uint32_t from, uint32_t to,
                       enum finding_subject of)
{
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : FIRST_ROWS;
        struct stretch *v = arena_array(d->arena, cap, sizeof *v);
        if (!v) return ERR_MEMORY;
        if (s->n) memcpy(v, s->v, s->n * sizeof *v);
        s->v = v;
        s->cap = cap;
    }
    uint32_t end = to < d->n ? d->tok[to].start : (uint32_t)d->text.n;
    s->v[s->n++] = (struct stretch){ d->tok[from].start, end, of };
    return OK;
}

struct headers {
    struct header *v; /* in the arena */
    uint32_t n, cap;
};

static err find_headers(const struct doc *d, struct headers *out)
{
    struct header h;
    uint32_t whole = 0; /* set of the persons that have a part of the note below */
    for (uint32_t i = 0; i < d->n; i++) {
        if (!is_line_start(d, i) || !header_at(d, i, &h)) continue;
        if (out->n == out->cap) {
            uint32_t cap = out->cap ? out->cap * 2 : FIRST_ROWS;
            struct header *v = arena_array(d->arena, cap, sizeof *v);
            if (!v) return ERR_MEMORY;
            if (out->n) memcpy(v, out->v, out->n * sizeof *v);
            out->v = v;
            out->cap = cap;
        }
        out->v[out->n++] = h;
        i = h.body - 1;
    }
    for (uint32_t k = out->n; k-- > 0;) {
        struct header *x = &out->v[k];
        if (!x->is_whole) continue;
        x->is_parted = (whole & ~(1U << x->of)) != 0;
        whole |= 1U << x->of;
    }
    return OK;
}

/* Headers inside the parts that another person's header ended: the last part has the same. */
struct seen {
    uint64_t v[PARTS_SEEN];
    unsigned n;
};

static uint64_t phrase_hash(const struct doc *d, uint32_t from, uint32_t to)
{
    uint64_t h = 0;
    for (uint32_t i = from; i < to && i < d->n; i++)
        h = (h ^ d->tok[i].hash) * UINT64_C(0x9E3779B97F4A7C15);
    return h;
}

static bool is_seen(const struct seen *s, uint64_t h)
{
    for (unsigned i = 0; i < s->n; i++)
        if (s->v[i] == h) return true;
    return false;
}

/* "-----": a line of marks alone. */
static bool is_ruled(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    while (j < d->n && d->tok[j].kind == TOK_MARK && d->tok[j].hash == d->tok[i].hash &&
           (j == i || doc_joined(d, j)))
        j++;
    return j - i >= RULE_MARKS && is_line_start(d, j) && !(i && is_line_start(d, i - 1));
}

/* "exam: …", "2. …", "- …": a line that begins something, though it may be no header. */
static bool is_item(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    if (d->tok[i].kind == TOK_MARK) return true;
    if (d->tok[i].kind == TOK_NUMBER)
        return doc_joined(d, (int64_t)i + 1) && d->tok[i + 1].kind == TOK_MARK &&
               !doc_joined(d, (int64_t)i + 2);
    while (j - i < HEADER_WORDS && (j == i || !is_line_start(d, j)) && d->tok[j].kind == TOK_WORD)
        j++;
    return j < d->n && !is_line_start(d, j) && doc_is_mark(d, j, ':');
}

/* Does what h began end before the line that begins at i? */
static bool ends_before(const struct doc *d, const struct header *h, uint32_t i, struct seen *seen)
{
    const struct tokens t = { .v = (struct token *)d->tok, .n = d->n };
    uint32_t body;
    enum section_kind kind;
    bool is_paragraph = (d->tok[i].flags & TOK_PARA) != 0;
    if (i != h->body && is_ruled(d, i)) return true;
    if (class_of(&d->tok[i]) & S_END) return true;
    if (!h->is_block && (is_paragraph || is_item(d, i))) return true;
    if (!section_header_at(d->text, &t, i, &body, &kind)) return false;
    if (kind == SECTION_SIGNATURE || kind == SECTION_ADDENDUM || !h->is_block) return true;
    uint64_t hash = phrase_hash(d, i, body);
    if (h->is_parted && seen->n < PARTS_SEEN) seen->v[seen->n++] = hash;
    if (h->is_parted || i == h->body || (h->is_whole && is_seen(seen, hash))) return false;
    return is_line_start(d, body) || is_paragraph;
}

static err find_stretches(const struct doc *d, struct stretches *out)
{
    err e = OK;
    struct headers headers = { 0 };
    FILLED_LATER struct seen seen;
    seen.n = 0;
    TRY(find_headers(d, &headers));
    for (uint32_t k = 0; k < headers.n; k++) {
        const struct header *h = &headers.v[k];
        uint32_t most = k + 1 < headers.n ? headers.v[k + 1].at : d->n, i = h->body;
        while (i < most && !(is_line_start(d, i) && ends_before(d, h, i, &seen)))
            i++;
        TRY(add_stretch(d, out, h->at, i, h->of));
    }
out:
    return e;
}

/* The first token of the words before the colon at `colon` that are a person's field, or `colon`. */
static uint32_t field_before(const struct doc *d, uint32_t colon, enum finding_subject *of)
{
    uint32_t c[HEADER_WORDS], first = colon, all = 0;
    unsigned n = 0;
    for (uint32_t i = colon; i > 0 && !is_line_start(d, i) && n < HEADER_WORDS; i--) {
        const struct token *t = &d->tok[i - 1];
        if (is_joiner(t)) continue;
        uint32_t cls = t->kind == TOK_MARK ? 0 : class_of(t);
        if (!cls) break;
        memmove(c + 1, c, n * sizeof *c);
        c[0] = cls;
        n++;
        all |= cls;
        if (cls & S_PERSON && (d->is_caseless || t->flags & TOK_CAP)) first = i - 1;
    }
    if (first == colon || !(all & S_PERSON)) return colon;
    *of = person_of(c, n);
    return *of == SUBJECT_PATIENT || (is_line_start(d, first) && !(all & S_FIELD)) ? colon : first;
}

/* "Mother's DOB: 3/5/1990   Infant DOB: …", anywhere in a line: to the next colon after a word, or the
 * line's end. A line's first header that is no field of one value is a stretch instead. */
static err find_fields(const struct doc *d, struct stretches *out)
{
    err e = OK;
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t colon = d->marks.v[k];
        enum finding_subject of;
        if (!doc_is_mark(d, colon, ':') || is_line_start(d, colon)) continue;
        uint32_t first = field_before(d, colon, &of), end = colon + 1;
        if (first == colon) continue;
        if (is_line_start(d, end) && end < d->n) end++; /* the value is below */
        while (!is_line_start(d, end) &&
               !(doc_is_mark(d, end, ':') && d->tok[end - 1].kind == TOK_WORD))
            end++;
        TRY(add_stretch(d, out, first, end, of));
    }
out:
    return e;
}

/* What covers `at`, or NULL; *k only grows. */
static const struct stretch *covering(const struct stretches *s, uint32_t *k, uint32_t at)
{
    while (*k < s->n && s->v[*k].end <= at)
        ++*k;
    return *k < s->n && s->v[*k].start <= at ? &s->v[*k] : NULL;
}

/* A field that is a person's as a whole: "mother_dob", "maternalHistory". */
static enum finding_subject subject_of_field(view name)
{
    const struct wordset *set = wordset_ready(&words);
    uint64_t hash[FIELD_WORDS_MAX];
    uint32_t c[FIELD_WORDS_MAX];
    unsigned n = field_words(name, hash);
    for (unsigned i = 0; i < n; i++)
        c[n - 1 - i] = wordset_find(set, hash[i]);
    return person_of(c, n);
}

err subject_mark(const struct doc *d, struct findings *f)
{
    err e = OK;
    struct stretches parts = { 0 }, fields = { 0 };
    uint32_t at_part = 0, at_field = 0, n = 0;
    for (uint32_t i = 0; i < f->n; i++)
        n += f->v[i].label == LABEL_DATE;
    if (!n) return OK;
    enum finding_subject usual = d->field.n ? subject_of_field(d->field) : SUBJECT_PATIENT;
    TRY(find_stretches(d, &parts));
    TRY(find_fields(d, &fields));
    for (uint32_t i = 0; i < f->n; i++) {
        struct finding *x = &f->v[i];
        if (x->label != LABEL_DATE) continue;
        const struct stretch *in = covering(&fields, &at_field, x->start);
        if (!in) in = covering(&parts, &at_part, x->start);
        x->subject = (uint8_t)(in ? in->of : usual);
    }
out:
    return e;
}
