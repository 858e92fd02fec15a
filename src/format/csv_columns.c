/* csv_columns.c — what a column holds, from the words of its name and a look at its first cells.
 *
 * A name is cut into words ("PatLastNm", "date_of_birth", "zipcode" by the words known), each word has
 * classes, and the first rule that the classes satisfy decides. Content may turn a decision where the
 * name allows two readings ("patient": a name or a number), and decides alone where values have a form
 * that nothing else has. What no rule knows is prose: looked at, never passed.
 */
#include "format/csv_words.h"

static bool any(const struct csv_words *w, uint64_t classes)
{
    for (unsigned i = 0; i < w->n; i++)
        if (w->c[i] & classes) return true;
    return false;
}

/* All words are known and of these classes. */
static bool only(const struct csv_words *w, uint64_t classes)
{
    for (unsigned i = 0; i < w->n; i++)
        if (!(w->c[i] & classes)) return false;
    return w->n > 0 && !w->has_unknown;
}

/* At least nine in ten of the filled cells, and two of them. */
static bool most(uint32_t n, const struct csv_sample *s)
{
    return s->filled >= 2 && n * 10 >= s->filled * 9;
}

struct verdict {
    enum piece_role role;
    enum csv_pass pass;
    const char *why;
};
#define IS(r, reason) ((struct verdict){ .role = (r), .why = "" reason })
#define PASSES(p, reason) ((struct verdict){ .role = ROLE_TEXT, .pass = (p), .why = "" reason })

static struct verdict judge_contact(const struct csv_words *w)
{
    if (any(w, SSN)) return IS(ROLE_SSN, "its name");
    if (any(w, URL) && !any(w, EMAIL | IP)) return IS(ROLE_URL, "its name");
    if (any(w, IP) && only(w, IP | STREET | PERSONS | HOW | ID)) return IS(ROLE_IP, "its name");
    if (any(w, EMAIL) && !any(w, DATE) && (only(w, EMAIL | STREET | PERSONS | HOW | ID | EMPLOYER)))
        return IS(ROLE_EMAIL, "its name");
    if (any(w, FAX)) return IS(ROLE_FAX, "its name");
    /* "ph" is also a measure: alone it is one. */
    if (any(w, PHONE) && !only(w, MEASURE)) return IS(ROLE_PHONE, "its name");
    if (any(w, ZIP)) return IS(ROLE_ZIP, "its name");
    if (any(w, TOWN) && !any(w, CODE & ~ID)) return IS(ROLE_TOWN, "its name");
    if (any(w, STATE) &&
        only(w, STATE | STREET | PERSONS | HOW | BIRTH | CODE | ORG | EMPLOYER | SMALL))
        return IS(ROLE_STATE, "its name");
    if (any(w, STREET) && !any(w, PROSE & ~EVENT)) return IS(ROLE_STREET, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_number(const struct csv_words *w, const struct csv_sample *s)
{
    bool id = any(w, ID);
    if (any(w, MRN)) return IS(ROLE_MRN, "its name");
    if (any(w, RECORD) && (any(w, MEDICAL | PATIENT) || id)) return IS(ROLE_MRN, "its name");
    if (any(w, MEDICAL & ~ORG) && id && only(w, MEDICAL | ORG | ID | PATIENT))
        return IS(ROLE_MRN, "its name");
    if (any(w, LICENSE)) return IS(ROLE_LICENSE, "its name");
    if (any(w, ACCOUNT) && !any(w, DATE | MEASURE | PROSE)) return IS(ROLE_ACCOUNT, "its name");
    if (any(w, PLAN) && id) return IS(ROLE_PLAN, "its name");
    if (any(w, RELATIVE) && id && !any(w, NAME))
        return most(s->phones, s) ? IS(ROLE_PHONE, "name and content") : IS(ROLE_PLAN, "its name");
    if (any(w, PATIENT) && id && only(w, PATIENT | ID | HOW | SMALL | CODE))
        return IS(ROLE_MRN, "its name");
    if (any(w, DEVICE) && (id || only(w, DEVICE | HOW))) return IS(ROLE_DEVICE, "its name");
    if (any(w, VEHICLE)) return IS(ROLE_VEHICLE, "its name");
    if (any(w, BIOMETRIC)) return IS(ROLE_BIOMETRIC, "its name");
    if (any(w, NUMBER)) return IS(ROLE_NUMBER, "its name");
    if (id && any(w, CATEGORY) && !any(w, PERSONS)) return PASSES(CSV_CODE, "its name");
    if (id && any(w, EVENT | CLINICIAN)) return IS(ROLE_NUMBER, "its name");
    if (id && w->n == 1 && !w->has_unknown) return IS(ROLE_ID, "its name");
    if (only(w, ID | RECORD | THING | SMALL) && id && !any(w, THING))
        return IS(ROLE_ID, "its name");
    if (id && any(w, THING | ORG | CODE | CATEGORY)) return PASSES(CSV_CODE, "its name");
    if (any(w, MEASURE) && id &&
        only(w, MEASURE | ID | SMALL | EVENT | THING | CATEGORY | HOW | UNIT))
        return (struct verdict){ 0 }; /* number of procedures */
    if (id && !most(s->prose, s))
        return IS(ROLE_NUMBER, "its name says an identifier of some kind");
    return (struct verdict){ 0 };
}

static struct verdict judge_time(const struct csv_words *w, const struct csv_sample *s)
{
    bool birth = any(w, BIRTH), numbers = most(s->numbers, s) && !most(s->years, s);
    if (any(w, DOB)) return IS(ROLE_BIRTH, "its name");
    if (birth && any(w, MEASURE | CATEGORY)) return (struct verdict){ 0 };
    if (birth && only(w, BIRTH | DATE | TIME | UNIT | PERSONS | SMALL | HOW))
        return IS(ROLE_BIRTH, "its name");
    if (any(w, AGE) && only(w, AGE | UNIT | PERSONS | SMALL | EVENT | DATE | ID | HOW))
        return IS(ROLE_AGE, "its name");
    if (any(w, DATE) && !numbers) return IS(ROLE_DATE, "its name");
    if (any(w, DATE | TIME | EVENT) && most(s->dates, s)) return IS(ROLE_DATE, "name and content");
    if (any(w, TIME) && any(w, EVENT) && !numbers && !any(w, MEASURE))
        return IS(ROLE_DATE, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_name(const struct csv_words *w, const struct csv_sample *s)
{
    bool name = any(w, NAME);
    uint64_t around = NAME | PERSONS | WHOLE | HOW | SMALL | EMPLOYER | STREET;
    bool is_measure = w->n == 1 && (w->c[0] & MEASURE);
    if ((any(w, THING) && !any(w, PERSONS)) || is_measure) return (struct verdict){ 0 };
    if (most(s->numbers, s) && any(w, GIVEN | MIDDLE | FAMILY | NAME)) return (struct verdict){ 0 };
    if (any(w, GIVEN | MIDDLE) && only(w, GIVEN | MIDDLE | around) && (name || !any(w, EVENT)))
        return any(w, FAMILY) ? IS(ROLE_NAME, "its name") : IS(ROLE_GIVEN, "its name");
    if (any(w, FAMILY) && only(w, FAMILY | around) && (name || w->n == 1 || any(w, PERSONS)))
        return IS(ROLE_FAMILY, "its name");
    if (any(w, GIVEN) && any(w, FAMILY) && name) return IS(ROLE_NAME, "its name");
    if (name && any(w, ORG | EMPLOYER | PLAN)) return IS(ROLE_ORGANIZATION, "its name");
    if (name && any(w, PERSONS | WHOLE)) return IS(ROLE_NAME, "its name");
    if (name && only(w, NAME | HOW)) return IS(ROLE_NAME, "its name");
    if (any(w, PATIENT) && only(w, PATIENT | HOW))
        return most(s->numbers, s) || most(s->codes, s) || most(s->long_numbers, s)
                   ? IS(ROLE_MRN, "name and content")
                   : IS(ROLE_NAME, "its name");
    if (only(w, RELATIVE | CLINICIAN | HOW | SMALL) && any(w, PERSONS))
        return most(s->numbers, s) || most(s->long_numbers, s) ? IS(ROLE_NUMBER, "name and content")
                                                               : IS(ROLE_NAME, "its name");
    if (any(w, ORG | EMPLOYER) && only(w, ORG | EMPLOYER | HOW | PATIENT))
        return most(s->numbers, s) || most(s->codes, s) ? PASSES(CSV_CODE, "name and content")
                                                        : IS(ROLE_ORGANIZATION, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_rest(const struct csv_words *w, const struct csv_sample *s)
{
    uint64_t plain = MEASURE | CODE | CATEGORY | EVENT | THING | SMALL | UNIT | HOW | ID | TIME |
                     PATIENT | PROSE | MEDICAL | BIRTH | MIDDLE | GIVEN | FAMILY;
    if (any(w, CATEGORY) && only(w, plain) && !any(w, CODE | MEASURE))
        return PASSES(CSV_CATEGORY, "its name");
    if (any(w, CODE) && only(w, plain)) return PASSES(CSV_CODE, "its name");
    if (any(w, MEASURE) && !most(s->prose, s) && !any(w, PROSE & ~MEASURE))
        return PASSES(CSV_MEASURE, "its name");
    if (any(w, CODE)) return PASSES(CSV_CODE, "a word of its name");
    if (any(w, PROSE)) return IS(ROLE_TEXT, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_words(const struct csv_words *w, const struct csv_sample *s)
{
    struct verdict v = { 0 };
    if (!w->n) return v;
    /* Prose wins where its word comes last: "discharge note", "history of birth". */
    bool is_prose = (w->c[w->n - 1] & PROSE) && !any(w, ID | DATE);
    if (is_prose && !(w->c[w->n - 1] & (MEASURE | CATEGORY))) return IS(ROLE_TEXT, "its name");
    v = judge_time(w, s);
    if (!v.why) v = judge_contact(w);
    if (!v.why) v = judge_number(w, s);
    if (!v.why) v = judge_name(w, s);
    if (!v.why) v = judge_rest(w, s);
    return v;
}

static const char by_content[] = "its content", unclear[] = "unclear: looked at as prose";

static bool may_be_people(const struct csv_sample *s)
{
    bool are_words = s->plain_words * 2 > s->judged; /* colours */
    return s->judged >= 2 && s->maybe * 10 >= s->judged * 9 && !are_words;
}

/* Cells whose words nobody knows are names no list has, when there are hardly any others: drugs, findings and wards are
 * words of the lexicon. */
static bool are_rare(const struct csv_sample *s, uint32_t known)
{
    return s->judged >= 3 && (known + s->rare) * 10 >= s->judged * 9;
}

/* Columns of names and towns, where nobody says what they are: a third of the cells must be known as such, and nine in
 * ten be possible. */
static enum piece_role judge_people(const struct csv_sample *s)
{
    uint32_t known = s->given + s->family + s->names;
    if (s->judged < 2) return ROLE_TEXT;
    if (s->towns > known && s->towns * 2 >= s->judged) return ROLE_TOWN;
    if ((known * 3 < s->judged && !are_rare(s, known)) || known + s->rare < s->plain_words ||
        !may_be_people(s))
        return ROLE_TEXT;
    if (s->names * 2 >= known) return ROLE_NAME;
    return s->given > s->family ? ROLE_GIVEN : ROLE_FAMILY;
}

static struct verdict judge_content(const struct csv_sample *s)
{
    enum piece_role role = judge_people(s);
    if (most(s->ssns, s)) return IS(ROLE_SSN, "its content");
    if (most(s->emails, s)) return IS(ROLE_EMAIL, "its content");
    if (most(s->phones, s)) return IS(ROLE_PHONE, "its content");
    if (most(s->urls, s)) return IS(ROLE_URL, "its content");
    if (most(s->dates, s)) return IS(ROLE_DATE, "its content");
    if (most(s->ips, s)) return IS(ROLE_IP, "its content");
    if (most(s->long_numbers, s)) return IS(ROLE_NUMBER, "its content");
    if (role != ROLE_TEXT &&
        most(s->words, s)) /* the sexes, in letters that no list of words has */
        return PASSES(CSV_CATEGORY, "its content");
    if (role != ROLE_TEXT) return (struct verdict){ .role = role, .why = by_content };
    return (struct verdict){ .why = unclear };
}

void csv_columns_pair(const struct csv_column *beside, struct csv_column *column,
                      const struct csv_sample *s)
{
    bool is_half = beside->role == ROLE_GIVEN || beside->role == ROLE_FAMILY;
    if (!is_half || beside->why != by_content || column->why != unclear || !may_be_people(s))
        return;
    column->role = beside->role == ROLE_GIVEN ? ROLE_FAMILY : ROLE_GIVEN;
    column->why = "its content, and that of the column beside it";
}

static enum piece_who whose(const struct csv_words *w, enum piece_role role)
{
    if (role < ROLE_NAME) return OF_UNKNOWN;
    if (any(w, CLINICIAN)) return OF_CLINICIAN;
    if (any(w, RELATIVE)) return OF_RELATIVE;
    if (any(w, EMPLOYER)) return OF_EMPLOYER;
    if (role == ROLE_ORGANIZATION || role == ROLE_LICENSE || any(w, ORG & ~MEDICAL))
        return OF_UNKNOWN;
    return OF_PATIENT;
}

bool csv_column_infer(struct csv_column *c, const struct csv_sample *s)
{
    struct csv_words w;
    csv_words_split(c->name, &w);
    struct verdict v = judge_words(&w, s);
    bool known = v.why != NULL;
    if (!known) v = judge_content(s);
    c->role = v.role;
    c->pass = v.pass;
    c->why = v.why;
    c->who = known || v.role < ROLE_NAME || v.role > ROLE_TOWN ? whose(&w, v.role) : OF_UNKNOWN;
    return known;
}

enum piece_role csv_role_of_label(view label, enum piece_who *who)
{
    struct csv_column c = { .name = label };
    const struct csv_sample nothing = { 0 };
    bool known = csv_column_infer(&c, &nothing);
    *who = known ? c.who : OF_UNKNOWN;
    return known ? c.role : ROLE_TEXT;
}

/* The first word that says so: referring_provider and referring_phone are one person's. */
uint32_t csv_column_person(view name)
{
    struct csv_words w;
    csv_words_split(name, &w);
    for (unsigned i = 0; i < w.n; i++) {
        if (!(w.c[i] & (RELATIVE | CLINICIAN | EMPLOYER))) continue;
        uint32_t h = 1;
        for (size_t k = 0; k < w.v[i].n; k++)
            h = h * 31 + (unsigned char)ascii_lower(w.v[i].p[k]);
        return h ? h : 1;
    }
    return 0;
}
