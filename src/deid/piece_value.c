#include "deid/piece_value.h"

#include "deid/address_value.h"
#include "redact/alphabet.h"
#include "text/age_unit.h"
#include "text/fold.h"

#define SAME(a, b) _Static_assert((int)(a) == (int)(b), "the enums are kept in step")
SAME(SHAPE_ANY, FORM_ANY);
SAME(SHAPE_TOKEN, FORM_TOKEN);
SAME(SHAPE_UUID, FORM_UUID);
SAME(SHAPE_OID, FORM_OID);
SAME(SHAPE_DATE, FORM_DATE);
SAME(SHAPE_INSTANT, FORM_INSTANT);
SAME(SHAPE_DIGITS, FORM_DIGITS);
SAME(SHAPE_URL, FORM_URL);
SAME(SHAPE_EMAIL, FORM_EMAIL);
SAME(OF_PATIENT, WHO_PATIENT);
SAME(OF_RELATIVE, WHO_RELATIVE);
SAME(OF_HOUSEHOLD, WHO_HOUSEHOLD);
SAME(OF_EMPLOYER, WHO_EMPLOYER);
SAME(OF_CLINICIAN, WHO_CLINICIAN);
#undef SAME

/* clang-format off */
static const struct { uint8_t label, part; } kinds[ROLE_COUNT] = {
    [ROLE_NAME] = { LABEL_NAME, PART_WHOLE },
    [ROLE_FAMILY] = { LABEL_NAME, PART_FAMILY },
    [ROLE_GIVEN] = { LABEL_NAME, PART_GIVEN },
    [ROLE_STREET] = { LABEL_LOCATION, PART_STREET },
    [ROLE_TOWN] = { LABEL_LOCATION, PART_TOWN },
    [ROLE_STATE] = { LABEL_LOCATION, PART_TOWN }, /* one that is no state */
    [ROLE_ZIP] = { LABEL_LOCATION, PART_ZIP },
    [ROLE_ORGANIZATION] = { LABEL_ORGANIZATION, PART_WHOLE },
    [ROLE_DATE] = { LABEL_DATE, PART_WHOLE },
    [ROLE_BIRTH] = { LABEL_DATE, PART_BIRTH },
    [ROLE_AGE] = { LABEL_AGE, PART_WHOLE },
    [ROLE_PHONE] = { LABEL_PHONE, PART_WHOLE },
    [ROLE_FAX] = { LABEL_FAX, PART_WHOLE },
    [ROLE_EMAIL] = { LABEL_EMAIL, PART_WHOLE },
    [ROLE_URL] = { LABEL_URL, PART_WHOLE },
    [ROLE_IP] = { LABEL_IP, PART_WHOLE },
    [ROLE_SSN] = { LABEL_SSN, PART_WHOLE },
    [ROLE_MRN] = { LABEL_MRN, PART_WHOLE },
    [ROLE_PLAN] = { LABEL_PLAN, PART_WHOLE },
    [ROLE_ACCOUNT] = { LABEL_ACCOUNT, PART_WHOLE },
    [ROLE_LICENSE] = { LABEL_LICENSE, PART_WHOLE },
    [ROLE_VEHICLE] = { LABEL_VEHICLE, PART_WHOLE },
    [ROLE_DEVICE] = { LABEL_DEVICE, PART_WHOLE },
    [ROLE_BIOMETRIC] = { LABEL_BIOMETRIC, PART_WHOLE },
    [ROLE_NUMBER] = { LABEL_ID, PART_WHOLE },
    [ROLE_LINK] = { LABEL_ID, PART_WHOLE },
};
/* clang-format on */

/* The end of "[NAME]" or "[NAME-7QK2]" at `at`, or `at`. */
static size_t placeholder_end(view v, size_t at)
{
    enum label l;
    size_t i = at + 1;
    if (v.p[at] != '[') return at;
    while (i < v.n && v.p[i] >= 'A' && v.p[i] <= 'Z')
        i++;
    if (!label_from_name(view_sub(v, at + 1, i), &l)) return at;
    if (i < v.n && v.p[i] == '-') {
        size_t from = ++i;
        while (i < v.n && v.p[i] && memchr(ALPHABET, v.p[i], ALPHABET_LEN))
            i++;
        if (i - from < REDACT_TAG_MIN || i - from > REDACT_TAG_MAX) return at;
    }
    return i < v.n && v.p[i] == ']' ? i + 1 : at;
}

/* Nothing in it but marks and what a run before this one put there. */
static bool is_spent(view v)
{
    for (size_t i = 0; i < v.n;) {
        size_t end = placeholder_end(v, i);
        char c = v.p[i];
        if (end == i && ((unsigned char)c >= 0x80 || ascii_is_alpha(c) || ascii_is_digit(c)))
            return false;
        i = MAX(end, i + 1);
    }
    return true;
}

bool piece_is_state(const struct lexicon *l, view v, struct arena *a)
{
    struct tokens t;
    view folded;
    struct offset_map map;
    const struct lex_info *entry;
    const uint64_t states = LEX(STATE) | LEX(STATE_CODE);
    if (v.n > 64 || fold_text(v, a, &folded, &map) || token_split(folded, a, &t) || !t.n)
        return false;
    for (uint32_t i = 0; i < t.n; i++)
        if (t.v[i].kind != TOK_WORD) return false;
    const struct lex_info *first = lexicon_find(l, t.v[0].hash);
    if (t.n == 1) return (first->bits & states) != 0;
    return first->next && lexicon_phrase(l, first, t.v, t.n, &entry) == t.n &&
           (entry->bits & LEX(STATE));
}

enum age_kind { AGE_YOUNG, AGE_OLD, AGE_WORDS };

/* "ninety-three", "hundred and one", "nonagenarian", "noventa": over 89 in words, and years. */
static bool is_old_in_words(view v)
{
    static const view old[] = { { "ninety", 6 },  { "ninetie", 7 }, { "hundred", 7 },
                                { "nonagen", 7 }, { "centen", 6 },  { "supercenten", 11 },
                                { "noventa", 7 } };
    bool is_old = false;
    for (size_t i = 0; i < v.n;) {
        view word = age_unit_behind(v, i);
        if (!word.n) {
            i++;
            continue;
        }
        bool is_number = false;
        for (size_t k = 0; k < COUNT_OF(old); k++)
            is_number |= view_eq_nocase(view_sub(word, 0, old[k].n), old[k]);
        is_old |= is_number;
        if (is_old && !is_number && age_unit_in_year(word) > 1) return false;
        i = (size_t)(word.p + word.n - v.p);
    }
    return is_old;
}

/* "93", "93 Y", "093Y", "45-50 years": the greatest of its numbers, in the unit behind it or beside it. */
static enum age_kind age_of(view v, uint32_t in_year)
{
    bool any = false;
    for (size_t i = 0; i < v.n;) {
        uint64_t n = 0;
        if (!ascii_is_digit(v.p[i])) {
            i++;
            continue;
        }
        for (; i < v.n && ascii_is_digit(v.p[i]); i++)
            if (n < 1000000) n = n * 10 + (uint64_t)(v.p[i] - '0');
        any = true;
        size_t unit = i;
        while (unit < v.n && (v.p[unit] == '.' || ascii_is_digit(v.p[unit])))
            unit++;
        view word = age_unit_behind(v, unit);
        if (n / (word.n ? age_unit_in_year(word) : MAX(in_year, 1U)) > 89) return AGE_OLD;
    }
    if (any) return AGE_YOUNG;
    return is_old_in_words(v) ? AGE_OLD : AGE_WORDS;
}

bool piece_value(const struct lexicon *l, const struct piece *p, struct arena *a,
                 struct finding *out, bool *has_value)
{
    *has_value = false;
    if (p->role < ROLE_NAME) return false;
    BUG_IF(p->role >= ROLE_COUNT);
    view v = view_trim(p->text);
    if (is_spent(v)) return true;
    if (kinds[p->role].label == LABEL_LOCATION && is_spent(address_before_area(l, v, a)))
        return true;
    if (p->role == ROLE_STATE && piece_is_state(l, v, a)) return true;
    if (p->role == ROLE_AGE) {
        enum age_kind kind = age_of(v, p->in_year);
        if (kind == AGE_YOUNG) return true;
        if (kind == AGE_WORDS) return false;
    }
    *has_value = true;
    *out = (struct finding){ .start = (uint32_t)(v.p - p->text.p),
                             .end = (uint32_t)(v.p - p->text.p + v.n),
                             .score = 1.0F,
                             .rule = RULE_FIELD,
                             .label = kinds[p->role].label,
                             .part = kinds[p->role].part,
                             .source = SOURCE_KNOWN,
                             .role = (uint8_t)p->who };
    return true;
}

struct shaped piece_form(const struct deid *d, const struct piece *p)
{
    return (struct shaped){ .shape = (enum value_shape)p->shape,
                            .is_number = p->spelling == SPELL_JSON_NUMBER,
                            .number = p->part ? p->part->number : VIEW(""),
                            .number_at = p->part ? p->part->at : 0,
                            .in_year = p->role == ROLE_AGE ? p->in_year : 0,
                            .links = p->role == ROLE_LINK ? d->links : NULL };
}
