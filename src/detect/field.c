/* field.c — the values of structured records: {"family": "Okonkwo", "city": "Leeds", "age": 93}.
 *
 * A text has words around a name; a field has its own name alone, and often a value that no list
 * knows. So a field that can hold nothing but a name, a town or an address is taken as a whole, and
 * one that may ("name": a patient's or a test's) when a word in it is more a name than a word. Values
 * of a sentence's length are left to the other detectors.
 * Source: 45 CFR 164.514(b)(2)(i)(A)-(C).
 */
#include "detect/field.h"

#include "base/clock.h"
#include "detect/detectors.h"
#include "detect/wordset.h"
#include "text/written_date.h"

enum { VALUE_TOKENS = 16, NAME_WORDS = 6, OVER_89 = 90, OLDEST = 130 };

enum word_class { /* of the words of a field's name */
                  W_NAME = 1,
                  W_PART = 2,       /* first, family: of a name */
                  W_WHOLE = 4,      /* firstname: both in one */
                  W_PERSON = 8,     /* patient, mother */
                  W_CLINICIAN = 16, /* physician, author */
                  W_ORG = 32,
                  W_TOWN = 64,
                  W_STREET = 128,
                  W_ZIP = 256,
                  W_CODE = 512,
                  W_BIRTH = 1024,
                  W_AGE = 2048,
                  W_DATE = 4096,  /* date, year, of: beside birth */
                  W_UNIT = 8192,  /* years, at: beside age */
                  W_WEB = 16384,  /* ip, e-mail: addresses of another kind */
                  W_HOME = 32768, /* home, mailing: beside an address */
                  W_PLACE = 65536,
};
static const struct wordset_row rows[] = {
    { "name names", W_NAME },
    { "first last middle given family maiden full legal preferred birth nick former", W_PART },
    { "firstname lastname middlename givenname familyname maidenname fullname surname forename",
      W_WHOLE },
    { "nickname fname lname mname patientname", W_WHOLE },
    { "patient client subject resident mother father parent spouse wife husband partner guardian",
      W_PERSON },
    { "child sibling relative kin contact emergency guarantor subscriber insured member caregiver",
      W_PERSON },
    { "beneficiary dependent donor recipient", W_PERSON },
    { "provider physician doctor nurse attending surgeon clinician author pcp therapist",
      W_CLINICIAN },
    { "radiologist pathologist practitioner referring ordering performer midwife dentist",
      W_CLINICIAN },
    { "anesthesiologist consultant resident dictator transcriptionist pharmacist psychologist",
      W_CLINICIAN },
    { "hospital facility employer organization organisation institution", W_ORG },
    { "city town municipality village", W_TOWN },
    { "county parish borough suburb birthplace hometown", W_TOWN },
    { "place", W_PLACE },
    { "street address addr streetaddress", W_STREET },
    { "zip zipcode postal postcode postalcode", W_ZIP },
    { "code", W_CODE },
    { "birth dob birthdate birthday birthyear yob dateofbirth", W_BIRTH },
    { "age ages", W_AGE },
    { "date year day of", W_DATE },
    { "year years yr yrs y in at current pt patient client subject", W_UNIT },
    { "ip email mail web url mac http network site mem memory", W_WEB },
    { "home mailing work billing residential permanent postal street line", W_HOME },
};
static struct wordset words = WORDSET(rows);

view field_word_before(view v, size_t end, size_t *start)
{
    size_t i;
    while (end && !ascii_is_alpha(v.p[end - 1]))
        end--;
    for (i = end; i && ascii_is_alpha(v.p[i - 1]); i--) {
        bool upper = v.p[i - 1] >= 'A' && v.p[i - 1] <= 'Z';
        bool lower_after = i < end && v.p[i] >= 'a';
        bool lower_before = i >= 2 && v.p[i - 2] >= 'a' && v.p[i - 2] <= 'z';
        if (upper && (lower_after || lower_before)) { /* the capital begins the word */
            i--;
            break;
        }
    }
    *start = i;
    return view_sub(v, i, end);
}

/* Every word is in one of `classes`, and at least one in `needed`. */
static bool consists_of(const uint32_t *c, unsigned n, uint32_t classes, uint32_t needed)
{
    bool has = false;
    for (unsigned i = 0; i < n; i++) {
        if (!(c[i] & classes)) return false;
        has |= (c[i] & needed) != 0;
    }
    return has;
}

/* c[0] is the last word, c[1] the one before it. */
static enum field_kind judge_words(const uint32_t *c, unsigned n)
{
    uint32_t before = n > 1 ? c[1] : 0;
    if (consists_of(c, n, W_BIRTH | W_DATE | W_PERSON, W_BIRTH)) return FIELD_BIRTH;
    if (c[n - 1] & W_PLACE && consists_of(c, n - 1, W_BIRTH | W_DATE, W_BIRTH)) return FIELD_TOWN;
    if (consists_of(c, n, W_AGE | W_UNIT, W_AGE)) return FIELD_AGE;
    if (c[0] & W_WHOLE) return FIELD_NAME;
    if (c[0] & W_NAME) {
        if (n == 1) return FIELD_MAY_NAME;
        if (before & W_CLINICIAN) return FIELD_CLINICIAN;
        if (before & (W_PART | W_PERSON)) return FIELD_NAME;
        if (before & W_ORG) return FIELD_ORGANIZATION;
        if (before & W_TOWN) return FIELD_TOWN;
        return before & W_STREET ? FIELD_ADDRESS : FIELD_OTHER;
    }
    if (c[0] & W_ORG) return FIELD_ORGANIZATION;
    if (c[0] & W_TOWN) return FIELD_TOWN;
    if (c[0] & W_ZIP || (c[0] & W_CODE && before & W_ZIP)) return FIELD_ZIP;
    if (c[0] & W_STREET) return before & W_WEB ? FIELD_OTHER : FIELD_ADDRESS;
    if (c[0] & W_HOME && before & W_STREET) return FIELD_ADDRESS; /* address_line_1 */
    if (c[0] & (W_PART | W_PERSON | W_CLINICIAN)) return FIELD_MAY_NAME;
    return FIELD_OTHER;
}

unsigned field_words(view name, uint64_t hash[FIELD_WORDS_MAX])
{
    unsigned n = 0;
    for (size_t end = name.n; n < FIELD_WORDS_MAX;) {
        view w = field_word_before(name, end, &end);
        if (!w.n) break;
        hash[n++] = token_hash_word(w);
    }
    return n;
}

enum field_kind field_kind_of(view name)
{
    const struct wordset *set = wordset_ready(&words);
    uint64_t hash[FIELD_WORDS_MAX];
    uint32_t c[FIELD_WORDS_MAX];
    unsigned n = field_words(name, hash);
    for (unsigned i = 0; i < n; i++)
        c[i] = wordset_find(set, hash[i]);
    return n ? judge_words(c, n) : FIELD_OTHER;
}

/* ---- the value ---- */

/* "unknown", "none", "self": what stands where there is no value. */
static const struct wordset_row empty_rows[] = {
    { "unknown none null nil na n a not applicable available recorded given stated provided "
      "declined "
      "refused other yes no true false male female self same as above see below retired unemployed "
      "disabled student deceased tbd test redacted confidential homeless primary secondary",
      1 },
};
static struct wordset empty_words = WORDSET(empty_rows);

static bool is_name_word(const struct lex_info *l)
{
    return (l->bits & (LEX_GIVEN | LEX(SURNAME) | LEX(NICK))) &&
           MAX(l->given, l->surname) > l->word;
}

struct value {
    uint32_t first, last; /* of the tokens that may be taken */
    uint32_t words;       /* that say something */
    bool telling, is_tagged, has_number, has_break;
};

/* What stands in the value: titles, placeholders and words for nothing aside. */
static struct value look_at(const struct doc *d)
{
    const struct wordset *none = wordset_ready(&empty_words);
    struct value v = { .first = d->n };
    for (uint32_t i = 0; i < d->n; i++) {
        const struct token *t = &d->tok[i];
        v.is_tagged |= (d->shield[i] & SHIELD_TAG) != 0;
        v.has_number |= t->kind == TOK_NUMBER;
        v.has_break |= t->kind == TOK_MARK && (t->hash == ';' || t->hash == ':' || t->hash == '?');
        if (t->kind == TOK_MARK || (d->shield[i] & SHIELD_TAG)) continue;
        if (v.first == d->n) v.first = i;
        v.last = i;
        if (t->kind != TOK_WORD || wordset_class(none, t)) continue;
        if (d->lex[i]->bits & (LEX(TITLE) | LEX(CREDENTIAL) | LEX(SUFFIX) | LEX(PARTICLE))) {
            v.telling |= is_name_word(d->lex[i]);
            continue;
        }
        v.words++;
        v.telling |= d->lex[i]->bits == 0 || is_name_word(d->lex[i]);
    }
    return v;
}

static err add(const struct doc *d, uint32_t first, uint32_t last, enum label label,
               enum finding_part part, enum finding_role role, struct findings *out)
{
    struct finding f = doc_finding(d, first, last, label, RULE_FIELD_VALUE, 1.0f);
    f.part = (uint8_t)part;
    f.role = (uint8_t)role;
    return findings_add(out, f);
}

/* From the first to the last word; around placeholders, word by word. */
static err add_value(const struct doc *d, const struct value *v, enum label label,
                     enum finding_part part, enum finding_role role, struct findings *out)
{
    err e = OK;
    if (!v->is_tagged) return add(d, v->first, v->last, label, part, role, out);
    for (uint32_t i = v->first; i <= v->last; i++)
        if (d->tok[i].kind == TOK_WORD && !(d->shield[i] & SHIELD_TAG) &&
            !(d->lex[i]->bits & (LEX(TITLE) | LEX(CREDENTIAL) | LEX(STATE) | LEX(STATE_CODE))))
            TRY(add(d, i, i, label, part, role, out));
out:
    return e;
}

/* "021**": the area that is left of a ZIP code. */
static bool is_area(const struct doc *d, uint32_t i)
{
    return d->tok[i].len == 3 && doc_is_mark(d, (int64_t)i + 1, '*') &&
           doc_joined(d, (int64_t)i + 1);
}

/* What no other detector took of an address, but for its state: these know street, town and ZIP apart. */
static err add_rest(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t n = out->n;
    uint64_t stays = LEX(STATE) | LEX(STATE_CODE) | LEX(COUNTRY) | LEX(FUNCTION);
    for (uint32_t i = 0; i < d->n; i++) {
        const struct token *t = &d->tok[i];
        bool taken = t->kind == TOK_MARK || (d->shield[i] & SHIELD_TAG) ||
                     (d->lex[i]->bits & stays) || is_area(d, i);
        for (uint32_t k = 0; k < n && !taken; k++)
            taken = out->v[k].start < token_end(t) && out->v[k].end > t->start;
        if (taken) continue;
        TRY(add(d, i, i, LABEL_LOCATION, PART_STREET, WHO_UNKNOWN, out));
    }
out:
    return e;
}

/* The value is one number, perhaps with "+" or a word for years after it. */
static const struct token *one_number(const struct doc *d)
{
    if (!d->n || d->tok[0].kind != TOK_NUMBER || d->digits.n != 1) return NULL;
    return d->n == 1 || d->tok[1].kind == TOK_WORD ? &d->tok[0] : NULL;
}

static err find_birth(const struct doc *d, struct findings *out)
{
    struct written_date w;
    const struct token *t = one_number(d);
    if (t && t->len == 4)
        return t->hash >= 1850 && (int)t->hash <= clock_utc_now().year - OVER_89
                   ? add(d, 0, 0, LABEL_DATE, PART_YEAR, WHO_UNKNOWN, out)
                   : OK;
    if (!d->n || !written_date_parse(doc_view(d, 0, d->n - 1), d->date_order, &w)) return OK;
    return add(d, 0, d->n - 1, LABEL_DATE, PART_BIRTH, WHO_UNKNOWN, out);
}

/* "90+" is what a run writes. */
static err find_age(const struct doc *d, struct findings *out)
{
    const struct token *t = one_number(d);
    bool plus = d->n == 2 && d->digits.n == 1 && doc_is_mark(d, 1, '+');
    if (plus && d->tok[0].hash != OVER_89) t = &d->tok[0];
    if (!t || t->hash < OVER_89 || t->hash > OLDEST) return OK;
    return add(d, 0, plus, LABEL_AGE, PART_WHOLE, WHO_UNKNOWN, out);
}

/* A ZIP code that was kept as a number has lost its leading zeros. */
static bool is_zip(const struct doc *d)
{
    if (d->tok[0].kind != TOK_NUMBER) return false;
    size_t len = d->tok[0].len;
    if (d->n == 1) return (len >= 3 && len <= 5) || len == 9;
    return d->n == 3 && len == 5 && doc_is_mark(d, 1, '-') && d->tok[2].kind == TOK_NUMBER;
}

err field_find(const struct doc *d, struct findings *out)
{
    if (!d->field.n || !d->n || d->n > VALUE_TOKENS) return OK;
    enum field_kind kind = field_kind_of(d->field);
    if (kind == FIELD_OTHER) return OK;
    struct value v = look_at(d);
    switch (kind) {
    case FIELD_NAME:
    case FIELD_CLINICIAN:
        if (!v.words || v.words > NAME_WORDS) return OK;
        return add_value(d, &v, LABEL_NAME, PART_WHOLE,
                         kind == FIELD_NAME ? WHO_UNKNOWN : WHO_CLINICIAN, out);
    case FIELD_MAY_NAME:
        if (!v.telling || v.words > NAME_WORDS || v.has_number || v.has_break) return OK;
        return add_value(d, &v, LABEL_NAME, PART_WHOLE, WHO_UNKNOWN, out);
    case FIELD_ORGANIZATION:
        return v.words ? add_value(d, &v, LABEL_ORGANIZATION, PART_WHOLE, WHO_UNKNOWN, out) : OK;
    case FIELD_TOWN:
        return v.words && !v.has_number
                   ? add_value(d, &v, LABEL_LOCATION, PART_TOWN, WHO_UNKNOWN, out)
                   : OK;
    case FIELD_ADDRESS: return v.words ? add_rest(d, out) : OK;
    case FIELD_ZIP:
        return is_zip(d) ? add(d, 0, d->n - 1, LABEL_LOCATION, PART_ZIP, WHO_UNKNOWN, out) : OK;
    case FIELD_BIRTH: return find_birth(d, out);
    case FIELD_AGE: return find_age(d, out);
    case FIELD_OTHER: break;
    }
    return OK;
}
