/* detect/subject_header.c — see subject_header.h. */
#include "detect/subject_header.h"

#include "detect/field.h"
#include "detect/wordset.h"

enum { LEAD_MARKS = 4 };

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

uint32_t subject_class_of(const struct token *t)
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

enum finding_subject subject_of_words(const uint32_t *c, unsigned n)
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

/* "MOTHER - admitted 3/1" */
static bool is_dash(const struct doc *d, uint32_t i)
{
    return doc_is_mark(d, i, '-') && !doc_joined(d, i) && !doc_joined(d, (int64_t)i + 1);
}

bool subject_header_at(const struct doc *d, uint32_t i, struct subject_header *h)
{
    uint32_t c[SUBJECT_WORDS_MAX], all = 0, j = i;
    unsigned n = 0;
    bool upper = true, title = true;
    while (j < d->n && j - i < LEAD_MARKS && d->tok[j].kind == TOK_MARK &&
           (j == i || !subject_is_line_start(d, j)))
        j++; /* "# Mother", "** DONOR **" */
    for (; j < d->n && (j == i || !subject_is_line_start(d, j)); j++) {
        const struct token *t = &d->tok[j];
        if (subject_is_joiner(t) && n) continue;
        if (t->kind == TOK_MARK) break;
        if (n == SUBJECT_WORDS_MAX || !(c[n] = subject_class_of(t))) return false;
        if (t->kind == TOK_WORD && !(c[n] & S_SMALL)) {
            upper &= (t->flags & TOK_UPPER) != 0;
            title &= (t->flags & TOK_CAP) != 0;
        }
        all |= c[n++];
    }
    if (!(all & S_PERSON) || all & S_FIELD) return false;
    bool colon = doc_is_mark(d, j, ':') || (upper && is_dash(d, j));
    uint32_t body = j + colon;
    while (!colon && !subject_is_line_start(d, body) && d->tok[body].kind == TOK_MARK)
        body++; /* "== MOTHER ==" */
    bool alone = subject_is_line_start(d, body);
    if (!colon && !(alone && (upper || title))) return false;
    *h = (struct subject_header){ .of = subject_of_words(c, n),
                                  .is_block = alone,
                                  .is_whole = alone && (!(all & S_PART) || all & S_WHOLE),
                                  .at = i,
                                  .body = body };
    return h->of != SUBJECT_PATIENT;
}

enum finding_subject subject_of_field(view name)
{
    const struct wordset *set = wordset_ready(&words);
    uint64_t hash[FIELD_WORDS_MAX];
    uint32_t c[FIELD_WORDS_MAX];
    unsigned n = field_words(name, hash);
    for (unsigned i = 0; i < n; i++)
        c[n - 1 - i] = wordset_find(set, hash[i]);
    return subject_of_words(c, n);
}
