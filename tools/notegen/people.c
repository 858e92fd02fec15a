/* See people.h. */
#include "people.h"

#include "speak.h"
#include "text/utf8.h"
#include "values.h"

#define WHO_NAMES                                                                                  \
    "patient", "attending", "resident", "nurse", "surgeon", "referring", "pcp", "consultant",      \
        "radiologist", "pathologist", "clerk", "rel", "rel2", "friend", "doctor", "person"
static const char *const who_names[] = { WHO_NAMES };
enum {
    WHO_PATIENT = 0,
    WHO_REL = 11,
    WHO_REL2 = 12,
    WHO_FRIEND = 13,
    WHO_DOCTOR = 14,
    WHO_PERSON = 15
};

#define FORM_MAP(X)                                                                                \
    X(full)                                                                                        \
    X(any)                                                                                         \
    X(first)                                                                                       \
    X(last)                                                                                        \
    X(comma)                                                                                       \
    X(fi)                                                                                          \
    X(li)                                                                                          \
    X(lfi)                                                                                         \
    X(initials)                                                                                    \
    X(inits)                                                                                       \
    X(middle)                                                                                      \
    X(chart)                                                                                       \
    X(hl7)                                                                                         \
    X(email)                                                                                       \
    X(user)                                                                                        \
    X(mr)                                                                                          \
    X(he)                                                                                          \
    X(He)                                                                                          \
    X(his)                                                                                         \
    X(His)                                                                                         \
    X(him)                                                                                         \
    X(man)                                                                                         \
    X(woman)                                                                                       \
    X(M)                                                                                           \
    X(male)                                                                                        \
    X(age)                                                                                         \
    X(kin)                                                                                         \
    X(born)                                                                                        \
    X(yo)
enum form {
#define X(name) FORM_##name,
    FORM_MAP(X)
#undef X
};
static const char *const form_names[] = {
#define X(name) #name,
    FORM_MAP(X)
#undef X
};

bool people_find(view name, int *who, int *form)
{
    size_t dot = view_find_byte(name, 0, '.');
    view head = view_sub(name, 0, dot), tail = view_sub(name, dot + 1, name.n);
    for (size_t i = 0; i < COUNT_OF(who_names); i++)
        for (size_t k = 0; k < COUNT_OF(form_names) && view_eq(head, view_of_str(who_names[i]));
             k++)
            if (view_eq(tail, view_of_str(form_names[k]))) {
                *who = (int)i;
                *form = (int)k;
                return true;
            }
    return false;
}

/* ------------------------------------------------------------------ making a person */

static const struct grammar_rule *rule_of(const struct speaker *s, const char *prefix, view culture)
{
    char name[64];
    int n = snprintf(name, sizeof name, "%s.%.*s", prefix, (int)culture.n, culture.p);
    return n > 0 && n < (int)sizeof name ? speaker_find(s, view_of(name, (size_t)n)) : NULL;
}

/* Each word of a name stands on our side, but for particles ("de la", "bin"). */
static bool may_bear(const struct speaker *s, view name)
{
    struct arena a;
    struct tokens t;
    bool yes = true;
    arena_init(&a, 1 << 20);
    if (token_split(name, &a, &t) != OK) die("out of memory");
    for (uint32_t i = 0; i < t.n && yes; i++) {
        uint64_t bits = lexicon_find(s->lists->lexicon, t.v[i].hash)->bits;
        if (t.v[i].kind != TOK_WORD || t.v[i].len < 2 || (bits & LEX(PARTICLE))) continue;
        yes = speaker_may_say(s, view_sub(name, t.v[i].start, token_end(&t.v[i])));
    }
    arena_clear(&a);
    return yes;
}

static void pick_name(struct speaker *s, const char *kind, view culture, bool invent, char *out)
{
    char x[8];
    struct buf raw, name;
    (void)snprintf(x, sizeof x, "x%s", kind);
    const struct grammar_rule *made = rule_of(s, x, culture), *listed = rule_of(s, kind, culture);
    buf_init(&raw, 1 << 12);
    buf_init(&name, 1 << 12);
    if (!made && !listed) die("a culture without names");
    if (!listed || (made && invent)) listed = made;
    for (int tries = 0; tries < 4000; tries++) {
        speak_aside(s, listed, &raw);
        buf_reset(&name);
        wordlists_capitals(buf_view(&raw), &name);
        if (name.n < 2 || name.n >= NAME_BYTES || !may_bear(s, buf_view(&name))) continue;
        if (listed == made && wordlists_knows(s->lists, buf_view(&name), true) && tries < 60)
            continue;
        break;
    }
    memcpy(out, name.p, name.n);
    out[name.n] = 0;
    buf_clear(&raw);
    buf_clear(&name);
}

static void set_kin(struct speaker *s, struct person *p)
{
    static const char *const women[] = { "wife",      "mother",        "daughter",
                                         "sister",    "granddaughter", "niece",
                                         "aunt",      "partner",       "daughter-in-law",
                                         "stepmother" };
    static const char *const men[] = { "husband", "father", "son",     "brother",    "grandson",
                                       "nephew",  "uncle",  "partner", "son-in-law", "stepfather" };
    const char *kin = (p->woman ? women : men)[stat_random_below(&s->r, 10)];
    memcpy(p->kin, kin, strlen(kin) + 1);
}

static struct person *meet_as(struct speaker *s, int who, const bool *woman)
{
    static const char *const suffix[] = { "Jr.", "Sr.", "III", "II", "Jr", "IV" };
    struct person *p = &s->people[who];
    struct buf culture;
    if (p->known && who < WHO_DOCTOR) return p;
    const struct grammar_rule *cultures = speaker_find(s, VIEW("culture"));
    if (!cultures) die("the grammar has no rule `culture`");
    memset(p, 0, sizeof *p);
    p->known = true;
    p->woman = chance(&s->r, 50);
    if (woman) p->woman = *woman;
    p->age = chance(&s->r, 5)    ? between(&s->r, 90, 103)
             : chance(&s->r, 10) ? between(&s->r, 1, 17)
                                 : between(&s->r, 18, 89);
    set_kin(s, p);
    buf_init(&culture, 256);
    speak_aside(s, cultures, &culture);
    bool invent = chance(&s->r, 50);
    pick_name(s, p->woman ? "f" : "m", buf_view(&culture), invent, p->given);
    if (chance(&s->r, 30)) pick_name(s, p->woman ? "f" : "m", buf_view(&culture), false, p->middle);
    if ((who == WHO_REL || who == WHO_REL2) && chance(&s->r, 65))
        memcpy(p->surname, meet_as(s, WHO_PATIENT, NULL)->surname, NAME_BYTES);
    else
        pick_name(s, "s", buf_view(&culture), chance(&s->r, 75) == invent, p->surname);
    if (!p->woman && chance(&s->r, 4)) {
        const char *x = suffix[stat_random_below(&s->r, COUNT_OF(suffix))];
        memcpy(p->suffix, x, strlen(x) + 1);
    }
    (void)snprintf(p->mail, sizeof p->mail, "%u", between(&s->r, 1, 99));
    buf_clear(&culture);
    return p;
}

static struct person *meet(struct speaker *s, int who)
{
    return meet_as(s, who, NULL);
}

void people_known(struct speaker *s, bool woman, uint32_t age)
{
    struct person *p = meet_as(s, WHO_PATIENT, &woman);
    if (age) p->age = age;
}

/* ------------------------------------------------------------------ their names */

static void say(struct speaker *s, const char *text)
{
    note_add(&s->note, view_of_str(text));
}

static void say_initial(struct speaker *s, const char *name)
{
    size_t at = 0;
    if (*name) note_put(&s->note, utf8_next(view_of_str(name), &at));
}

static void say_upper(struct speaker *s, const char *name, char gap)
{
    view v = view_of_str(name);
    for (size_t at = 0; at < v.n;) {
        uint32_t cp = utf8_next(v, &at);
        note_put(&s->note, cp == ' ' ? (uint32_t)gap : cp >= 'a' && cp <= 'z' ? cp - 32 : cp);
    }
}

/* The mailbox: letters a–z of the name, in the ways offices build them. */
static void say_mailbox(struct speaker *s, const struct person *p)
{
    uint32_t how = stat_random_below(&s->r, 5);
    for (int part = 0; part < 2; part++) {
        const char *name = part ? p->surname : p->given;
        uint32_t said = 0;
        for (size_t i = 0; name[i] && name[i] != ' '; i++) {
            if (!ascii_is_alpha(name[i])) continue;
            note_put(&s->note, (uint32_t)ascii_lower(name[i]));
            if (++said && !part && how == 0) break;
        }
        if (!said) note_put(&s->note, 'u');
        if (!part && how > 1) note_put(&s->note, how == 2 ? '.' : how == 3 ? '_' : '.');
    }
    if (how != 2 && how != 0) say(s, p->mail);
}

static void say_full(struct speaker *s, const struct person *p, bool with_middle)
{
    say(s, p->given);
    note_put(&s->note, ' ');
    if (p->middle[0] && (with_middle || chance(&s->r, 30))) {
        if (chance(&s->r, 70)) {
            say_initial(s, p->middle);
            say(s, chance(&s->r, 80) ? ". " : " ");
        } else {
            say(s, p->middle);
            note_put(&s->note, ' ');
        }
    }
    say(s, p->surname);
    if (p->suffix[0] && chance(&s->r, 70)) {
        say(s, chance(&s->r, 30) ? ", " : " ");
        say(s, p->suffix);
    }
}

static void say_name(struct speaker *s, const struct person *p, enum form form)
{
    uint32_t x;
    switch (form) {
    case FORM_any:
        x = stat_random_below(&s->r, 100);
        say_name(s, p,
                 x < 45   ? FORM_full
                 : x < 60 ? FORM_last
                 : x < 68 ? FORM_first
                 : x < 76 ? FORM_fi
                 : x < 86 ? FORM_li
                 : x < 92 ? FORM_comma
                          : FORM_lfi);
        break;
    case FORM_full: say_full(s, p, false); break;
    case FORM_middle: say_full(s, p, true); break;
    case FORM_first: say(s, p->given); break;
    case FORM_last: say(s, p->surname); break;
    case FORM_chart: /* as charts print it */
    case FORM_comma:
        if (form == FORM_chart)
            say_upper(s, p->surname, ' ');
        else
            say(s, p->surname);
        say(s, form == FORM_chart && chance(&s->r, 30) ? "," : ", ");
        if (form == FORM_chart)
            say_upper(s, p->given, ' ');
        else
            say(s, p->given);
        if (p->middle[0] && chance(&s->r, 50)) {
            note_put(&s->note, ' ');
            say_initial(s, p->middle);
            if (chance(&s->r, 50)) note_put(&s->note, '.');
        }
        break;
    case FORM_fi:
        say_initial(s, p->given);
        say(s, ". ");
        say(s, p->surname);
        break;
    case FORM_li:
        say(s, p->given);
        note_put(&s->note, ' ');
        say_initial(s, p->surname);
        note_put(&s->note, '.');
        break;
    case FORM_lfi:
        say(s, p->surname);
        say(s, chance(&s->r, 80) ? ", " : " ");
        say_initial(s, p->given);
        if (chance(&s->r, 60)) note_put(&s->note, '.');
        break;
    case FORM_initials:
        say_initial(s, p->given);
        note_put(&s->note, '.');
        if (p->middle[0] && chance(&s->r, 40)) {
            say_initial(s, p->middle);
            note_put(&s->note, '.');
        }
        if (chance(&s->r, 20)) note_put(&s->note, ' ');
        say_initial(s, p->surname);
        note_put(&s->note, '.');
        break;
    case FORM_inits:
        say_initial(s, p->given);
        if (p->middle[0] && chance(&s->r, 50)) say_initial(s, p->middle);
        say_initial(s, p->surname);
        break;
    case FORM_hl7:
        say_upper(s, p->surname, ' ');
        note_put(&s->note, '^');
        say_upper(s, p->given, ' ');
        if (p->middle[0]) {
            note_put(&s->note, '^');
            say_initial(s, p->middle);
        }
        break;
    default: say_mailbox(s, p); break;
    }
}

static void say_age(struct speaker *s, uint32_t age)
{
    uint32_t from = s->note.n;
    char digits[8];
    (void)snprintf(digits, sizeof digits, "%u", age);
    say(s, digits);
    if (age > 89 && !s->silent) note_mark(&s->note, from, s->note.n, LABEL_AGE);
}

void people_say(struct speaker *s, int who, int form)
{
    const struct person *p = meet(s, who);
    bool w = p->woman;
    uint32_t from = s->note.n;
    enum label label = LABEL_NAME;
    switch ((enum form)form) {
    case FORM_mr: say(s, w ? (chance(&s->r, 60) ? "Ms." : "Mrs.") : "Mr."); return;
    case FORM_he: say(s, w ? "she" : "he"); return;
    case FORM_He: say(s, w ? "She" : "He"); return;
    case FORM_his: say(s, w ? "her" : "his"); return;
    case FORM_His: say(s, w ? "Her" : "His"); return;
    case FORM_him: say(s, w ? "her" : "him"); return;
    case FORM_man: say(s, p->age < 13 ? (w ? "girl" : "boy") : w ? "woman" : "man"); return;
    case FORM_woman: say(s, w ? "lady" : "gentleman"); return;
    case FORM_M: say(s, w ? "F" : "M"); return;
    case FORM_male: say(s, w ? "female" : "male"); return;
    case FORM_kin: say(s, p->kin); return;
    case FORM_age: say_age(s, p->age); return;
    case FORM_yo:
        say_age(s, p->age);
        say(s, ((const char *const[]){ "-year-old", " year old", "yo", " y/o", " y.o.", "-yr-old",
                                       "-year-old" })[stat_random_below(&s->r, 7)]);
        return;
    case FORM_born:
        values_say_birth(s, p->age);
        label = LABEL_DATE;
        break;
    case FORM_email:
        say_mailbox(s, p);
        note_put(&s->note, '@');
        struct buf domain;
        const struct grammar_rule *r = speaker_find(s, VIEW("mail_domain"));
        if (!r) die("the grammar has no rule `mail_domain`");
        buf_init(&domain, 256);
        speak_aside(s, r, &domain);
        note_add(&s->note, buf_view(&domain));
        buf_clear(&domain);
        label = LABEL_EMAIL;
        break;
    case FORM_user:
        say_mailbox(s, p);
        label = LABEL_ID;
        break;
    default: say_name(s, p, (enum form)form); break;
    }
    if (!s->silent) note_mark(&s->note, from, s->note.n, label);
}
