/* Known identifiers in prose: what counts as the same name, number, birth or address, and what does not. */
#include "detect/known.h"

#include "detect/engine.h"
#include "detect/known_set.h"
#include "detect/nicknames.h"
#include "text/token.h"
#include "unit.h"
/* after unit.h */
#include "faults.h"

enum { P = WHO_PATIENT, R = WHO_RELATIVE, C = WHO_CLINICIAN };
#define TEXT(s)                                                                                    \
    {                                                                                              \
        s, sizeof(s) - 1                                                                           \
    }

static const struct known_value smith[] = {
    { TEXT("SMITHSON, JOHN QUENTIN"), LABEL_NAME, PART_WHOLE, P, 1 },
    { TEXT("00482913"), LABEL_MRN, PART_WHOLE, P, 1 },
    { TEXT("E1234567"), LABEL_ACCOUNT, PART_WHOLE, P, 1 },
    { TEXT("(617) 555-0123"), LABEL_PHONE, PART_WHOLE, P, 1 },
    { TEXT("19850305"), LABEL_DATE, PART_BIRTH, P, 1 },
    { TEXT("12 Oak Street Apt 4"), LABEL_LOCATION, PART_STREET, P, 1 },
    { TEXT("Reading"), LABEL_LOCATION, PART_TOWN, P, 1 },
    { TEXT("62704"), LABEL_LOCATION, PART_ZIP, P, 1 },
    { TEXT("Wexbridge Mills"), LABEL_ORGANIZATION, PART_WHOLE, P, 1 },
    { TEXT("1234"), LABEL_ID, PART_WHOLE, P, 1 },
    { TEXT("2013"), LABEL_ID, PART_WHOLE, P, 1 },
    { TEXT("Margaret"), LABEL_NAME, PART_GIVEN, R, 2 },
    { TEXT("O'Brannigan"), LABEL_NAME, PART_FAMILY, R, 2 },
    { TEXT("Dr. Xiulan de la Cruz, MD"), LABEL_NAME, PART_WHOLE, C, 3 },
};
static const struct known_value page[] = {
    { TEXT("Page"), LABEL_NAME, PART_FAMILY, P, 1 },
    { TEXT("Will"), LABEL_NAME, PART_GIVEN, P, 1 },
};
static const struct known_value parkinson[] = {
    { TEXT("Parkinson"), LABEL_NAME, PART_FAMILY, P, 1 },
    { TEXT("Wu"), LABEL_NAME, PART_GIVEN, P, 1 },
    { TEXT("Unknown"), LABEL_NAME, PART_FAMILY, R, 2 },
    { TEXT("Baby Boy"), LABEL_NAME, PART_WHOLE, R, 3 },
};

static const struct known_value newman[] = {
    { TEXT("Newman"), LABEL_NAME, PART_FAMILY, P, 1 },
};

struct set {
    const struct known_value *v;
    size_t n;
};
enum { SMITH, PAGE, PARKINSON, NEWMAN };
static const struct set sets[] = { { smith, COUNT_OF(smith) },
                                   { page, COUNT_OF(page) },
                                   { parkinson, COUNT_OF(parkinson) },
                                   { newman, COUNT_OF(newman) } };

struct engine {
    struct nicknames *nick;
    struct detect *d;
    struct detect_scratch *s;
    struct arena arena;
    struct findings found;
};

static err engine_open(struct engine *x)
{
    err e = OK;
    *x = (struct engine){ 0 };
    arena_init(&x->arena, 16 << 20);
    findings_init(&x->found, DETECT_MAX);
    TRY(nicknames_new(&x->nick));
    TRY(detect_new(&x->d, lexicon_builtin()));
    TRY(detect_scratch_new(&x->s));
out:
    return e;
}

static void engine_close(struct engine *x)
{
    findings_clear(&x->found);
    arena_clear(&x->arena);
    detect_scratch_free(x->s);
    detect_free(x->d);
    nicknames_free(x->nick);
}

/* Of a set's values those from `own` on as what the others lie over. */
static err make_over(struct engine *x, unsigned set, size_t own, struct known **out)
{
    err e = OK;
    struct known *base;
    const struct set *s = &sets[set];
    const struct known_help help = { lexicon_builtin(), x->nick, DATE_MONTH_FIRST };
    TRY(known_new(&base, s->v + own, s->n - own, &help, &x->arena));
    TRY(known_new_over(out, base, s->v, own, &help, &x->arena));
out:
    return e;
}

/* Nobody is known by a part in either set. */
static bool may_cut(const struct set *s, size_t at)
{
    return at == 0 || at == s->n || s->v[at - 1].label != LABEL_NAME ||
           s->v[at].label != LABEL_NAME || s->v[at - 1].person != s->v[at].person;
}

/* The text with «» around what known rules found. */
static void mark(struct engine *x, unsigned set, size_t own, const char *text, char *out,
                 size_t room)
{
    struct known *k;
    size_t at = 0, n = 0;
    assert_ok(make_over(x, set, own, &k));
    assert_non_null(k);
    const struct known_list list = { { k }, 1 };
    assert_ok(detect_text_known(x->d, x->s, view_of_str(text), VIEW(""), &list, &x->found));
    for (uint32_t i = 0; i <= x->found.n; i++) {
        const struct finding *f = i < x->found.n ? &x->found.v[i] : NULL;
        if (f && (f->rule < RULE_KNOWN_NAME || f->rule > RULE_KNOWN_BIRTH)) continue;
        size_t to = f ? f->start : strlen(text);
        n += (size_t)snprintf(out + n, room - n, "%.*s", (int)(to - at), text + at);
        if (f)
            n += (size_t)snprintf(out + n, room - n, "«%.*s»", (int)(f->end - f->start),
                                  text + f->start);
        at = f ? f->end : to;
    }
}

static void what_is_known_is_found(void **state)
{
    (void)state;
    static const struct {
        unsigned set;
        const char *marked;
    } cases[] = {
        /* names */
        { SMITH, "Seen: «John Smithson» today." },
        { SMITH, "«SMITHSON, JOHN» was seen" },
        { SMITH, "«Smithson, J.» and so on" },
        { SMITH, "«J. Smithson» called" },
        { SMITH, "«J Q Smithson» called" },
        { SMITH, "«John Q. Smithson» called" },
        { SMITH, "the note says «smithson» again" },
        { SMITH, "«Mr. Smithson»'s wife" },
        { SMITH, "he likes to be called «Jack»" },
        { SMITH, "her mother «Peggy O'Brannigan» agrees" },
        { SMITH, "«OBrannigan» family" },
        { SMITH, "she, «margaret», agrees" },
        { SMITH, "he wrote «Smithsen» and «Simthson» and «Smithsonn»" },
        { SMITH, "he wrote Smithers and Johnson" },
        { SMITH, "the Smithsonian" },
        { SMITH, "signed «J.S.» on the form" },
        { SMITH, "signed «J.Q.S.» on the form" },
        { SMITH, "signed A.S. on the form" },
        { SMITH, "The patient «JQS» was well, EKG was JQS" },
        { SMITH, "seen by «Xiulan de la Cruz», the «delacruz» and «Cruz»" },
        { SMITH, "the «Smithson-Jones» trial" },
        { SMITH, "Smith-related matters; «Smithson»-related" },
        /* cut by the end of a line */
        { SMITH, "he wrote «Smith\nson» and «smi\nths\r\non» was here" },
        { SMITH, "seen by «dela\ncruz» and «O'Brann\nigan» and «Marg\raret»" },
        { SMITH, "seen at «Read\ning»." },
        { SMITH, "smith\n\n\n\n\nson and smith\n son and smith\n- son; smith sons" },
        /* words that are names */
        { PAGE, "I saw «Will Page» today" },
        { PAGE, "Please page the team, he will come" },
        { PAGE, "So we will page neurology" },
        { PAGE, "He told «Will» and «Page» about it" },
        { PAGE, "Page 2 of 3. Will follow up." },
        { PAGE, "«Mr. page» was told" },
        { PAGE, "«Page» reports pain" },
        { PAGE, "«PAGE, WILL» 45M" },
        { PAGE, "typed small: «page» agrees, he will rest" },
        { PAGE, "«Page» (room 4)" },
        { PAGE, "Seen today. «Will», 45, is well. «Page»: stable. Will rest and page (2)" },
        { NEWMAN, "a new\nman came. New\nman: told «New\nman» and «newm\nan» so" },
        { PAGE, "«page»" },
        { PAGE, "«Will»." },
        { PAGE, "Page-turner. Will rest" },
        { SMITH, "«John» (room 4)" },
        { SMITH, "«John» with wife. Told «JOHN» so. He used the john." },
        { PARKINSON, "Parkinson's disease with «Wu Parkinson» himself" },
        { PARKINSON, "unknown history, baby boy, Unknown" },
        /* numbers */
        { SMITH, "MRN «00482913», «482913», «0048-2913», «00 48 29 13»" },
        { SMITH, "MRN 1004829130 and 4829 and 04829131" },
        { SMITH, "acct «E1234567», «E-1234567», «e 1234567», «1234567»" },
        { SMITH, "call «617.555.0123», «555-0123», «+1 617 555 0123»" },
        { SMITH, "id «1234», WBC 1234, in 2013, 12-34, 1 2 3 4" },
        { SMITH, "zip «62704»" },
        /* births */
        { SMITH, "born «3/5/1985», «March 5, 1985», «5 Mar 85», «1985-03-05», «030585»" },
        { SMITH, "seen 3/6/1985 and 5/1/1985" },
        /* places */
        { SMITH, "lives at «12 Oak St», «12 Oak»" },
        { SMITH, "lives at 12 Elm St" },
        { SMITH, "from «Reading», who likes reading" },
        { SMITH, "works at «Wexbridge Mills», the «wexbridge mills»" },
        /* what was replaced stays so */
        { SMITH, "[NAME-7QK2] and [NAME]" },
    };
    struct engine x;
    assert_ok(engine_open(&x));
    unsigned wrong = 0;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char plain[512], out[512];
        size_t n = 0;
        for (const char *p = cases[i].marked; *p;) {
            if ((unsigned char)p[0] == 0xC2 &&
                ((unsigned char)p[1] == 0xAB || (unsigned char)p[1] == 0xBB))
                p += 2;
            else
                plain[n++] = *p++;
        }
        plain[n] = '\0';
        const struct set *set = &sets[cases[i].set];
        for (size_t own = 0; own <= set->n; own++) { /* two sets find what one would */
            if (!may_cut(set, own)) continue;
            mark(&x, cases[i].set, own, plain, out, sizeof out);
            if (strcmp(out, cases[i].marked) == 0) continue;
            wrong++;
            print_error("is      %s\nshould  %s (%zu)\n", out, cases[i].marked, own);
        }
        arena_reset(&x.arena);
    }
    assert_int_equal(wrong, 0);
    engine_close(&x);
}

static void the_role_that_protects_most_wins(void **state)
{
    (void)state;
    const struct known_value v[] = {
        { TEXT("Quelby"), LABEL_NAME, PART_FAMILY, C, 1 },
        { TEXT("Quelby"), LABEL_NAME, PART_FAMILY, P, 2 },
    };
    struct engine x;
    struct known *k;
    assert_ok(engine_open(&x));
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, v, COUNT_OF(v), &help, &x.arena));
    const struct known_list list = { { NULL, k }, 2 };
    assert_ok(detect_text_known(x.d, x.s, VIEW("quelby was there"), VIEW(""), &list, &x.found));
    assert_int_equal(x.found.n, 1);
    assert_int_equal(x.found.v[0].role, P);
    assert_int_equal(x.found.v[0].source, SOURCE_KNOWN);
    engine_close(&x);
}

/* Whether a patient's own set says it or the one below: as in one set, what is longer wins, then the role; a typing
 * error counts where neither has the word, and the patient's number before another's. */
static void two_sets_decide_together(void **state)
{
    (void)state;
    static const struct known_value base[] = {
        { TEXT("Anna"), LABEL_NAME, PART_GIVEN, C, 7 },
        { TEXT("Quelby"), LABEL_NAME, PART_FAMILY, C, 7 },
        { TEXT("Anderley"), LABEL_NAME, PART_FAMILY, C, 8 },
        { TEXT("4455667"), LABEL_LICENSE, PART_WHOLE, C, 0 },
        { TEXT("44556678901"), LABEL_LICENSE, PART_WHOLE, C, 0 },
    };
    static const struct known_value own[] = {
        { TEXT("Quelby"), LABEL_NAME, PART_FAMILY, P, 7 }, /* the number is another person's here */
        { TEXT("Anderlet"), LABEL_NAME, PART_FAMILY, P, 2 },
        { TEXT("4455667"), LABEL_MRN, PART_WHOLE, P, 0 },
    };
    static const struct {
        const char *text;
        uint32_t end;
        uint8_t role, label;
    } cases[] = { { "Quelby was there", 6, P, LABEL_NAME },
                  { "Anna Quelby was there", 11, C, LABEL_NAME },
                  { "Anderley was there", 8, C, LABEL_NAME },
                  { "Anderlez was there", 8, P, LABEL_NAME },
                  { "4455667 was there", 7, P, LABEL_MRN },
                  { "4455667-8901 was there", 12, C, LABEL_LICENSE } };
    struct engine x;
    struct known *below, *k;
    assert_ok(engine_open(&x));
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    assert_ok(known_new(&below, base, COUNT_OF(base), &help, &x.arena));
    assert_ok(known_new_over(&k, below, own, 0, &help, &x.arena));
    assert_ptr_equal(k, below);
    assert_ok(known_new_over(&k, below, own, COUNT_OF(own), &help, &x.arena));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct known_list list = { { k }, 1 };
        assert_ok(
            detect_text_known(x.d, x.s, view_of_str(cases[i].text), VIEW(""), &list, &x.found));
        assert_true(x.found.n > 0);
        assert_int_equal(x.found.v[0].end, cases[i].end);
        assert_int_equal(x.found.v[0].role, cases[i].role);
        assert_int_equal(x.found.v[0].label, cases[i].label);
    }
    engine_close(&x);
}

static void nothing_known_is_no_set(void **state)
{
    (void)state;
    const struct known_value v[] = { { TEXT(""), LABEL_NAME, PART_WHOLE, P, 1 },
                                     { TEXT("12"), LABEL_MRN, PART_WHOLE, P, 1 },
                                     { TEXT("--"), LABEL_LOCATION, PART_TOWN, P, 1 },
                                     { TEXT("1985"), LABEL_DATE, PART_BIRTH, P, 1 },
                                     { TEXT("2021-03-05"), LABEL_DATE, PART_WHOLE, P, 1 } };
    struct engine x;
    struct known *k = (struct known *)&x;
    assert_ok(engine_open(&x));
    const struct known_help help = { lexicon_builtin(), x.nick, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, v, COUNT_OF(v), &help, &x.arena));
    assert_null(k);
    assert_ok(known_new(&k, v, 0, &help, &x.arena));
    assert_null(k);
    engine_close(&x);
}

struct met {
    unsigned n;
    uint64_t wanted;
    bool found;
};

static err meet(void *ctx, uint64_t hash)
{
    struct met *m = ctx;
    m->n++;
    m->found |= hash == m->wanted;
    return OK;
}

static void short_names_lead_both_ways(void **state)
{
    (void)state;
    static const struct {
        const char *name, *other;
        bool is_known;
    } cases[] = { { "robert", "bob", true },   { "bob", "robert", true },
                  { "Bob", "rob", true },      { "peggy", "margaret", true },
                  { "robert", "bill", false }, { "zorblax", "bob", false } };
    struct nicknames *n;
    assert_ok(nicknames_new(&n));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct met m = { .wanted = token_hash_word(view_of_str(cases[i].other)) };
        assert_ok(nicknames_of(n, token_hash_word(view_of_str(cases[i].name)), meet, &m));
        assert_int_equal(m.found, cases[i].is_known);
    }
    nicknames_free(n);
}

/* ---- long lists and long values: nothing is cut ---- */

enum { MANY = 20000, NAME_ROOM = 24 };

/* A name of six letters and more for each i that is no word. */
static void name_of(unsigned i, char out[NAME_ROOM])
{
    static const char *const ends[] = { "ovic", "umber", "aszki", "ibelt" };
    (void)snprintf(out, NAME_ROOM, "Q%cz%c%cw%s", 'a' + (int)(i % 26), 'a' + (int)(i / 26 % 26),
                   'a' + (int)(i / 676 % 26), ends[i / 17576 % COUNT_OF(ends)]);
}

static const struct finding *only_finding(struct engine *x, const struct known *k, const char *text)
{
    const struct known_list list = { { k }, 1 };
    assert_ok(detect_text_known(x->d, x->s, view_of_str(text), VIEW(""), &list, &x->found));
    for (uint32_t i = 0; i < x->found.n; i++)
        if (x->found.v[i].source == SOURCE_KNOWN) return &x->found.v[i];
    return NULL;
}

static void a_list_of_any_length_is_known(void **state)
{
    (void)state;
    static char names[MANY][NAME_ROOM], numbers[MANY][NAME_ROOM];
    static struct known_value v[2 * MANY];
    struct engine x;
    struct known *k;
    char text[64];
    assert_ok(engine_open(&x));
    arena_clear(&x.arena);
    arena_init(&x.arena, 256 << 20);
    for (uint32_t i = 0; i < MANY; i++) {
        name_of(i, names[i]);
        (void)snprintf(numbers[i], NAME_ROOM, "ZT-%07u", i * 7);
        v[2 * i] = (struct known_value){ view_of_str(names[i]), LABEL_NAME, PART_FAMILY, P, i + 1 };
        v[2 * i + 1] =
            (struct known_value){ view_of_str(numbers[i]), LABEL_MRN, PART_WHOLE, P, i + 1 };
    }
    const struct known_help help = { lexicon_builtin(), x.nick, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, v, COUNT_OF(v), &help, &x.arena));
    for (uint32_t i = 0; i < MANY; i += i + 100 < MANY ? 97 : 1) {
        (void)snprintf(text, sizeof text, "told %s that", names[i]);
        const struct finding *f = only_finding(&x, k, text);
        assert_non_null(f);
        assert_int_equal(f->start, 5);
        (void)snprintf(text, sizeof text, "zt%07u came", i * 7);
        f = only_finding(&x, k, text);
        assert_non_null(f);
        assert_int_equal(f->end, 9);
    }
    engine_close(&x);
}

/* Whatever one edit does to whichever name of the list, and wherever it does it. */
static void typing_errors_are_found_in_long_lists(void **state)
{
    (void)state;
    enum { NAMES = 300 };
    static char names[NAMES][NAME_ROOM];
    static struct known_value v[NAMES];
    struct engine x;
    struct known *k;
    assert_ok(engine_open(&x));
    for (uint32_t i = 0; i < NAMES; i++) {
        name_of(i * 57, names[i]);
        if (i % 3 == 0) names[i][6] = 0; /* the shortest that has typing errors */
        v[i] = (struct known_value){ view_of_str(names[i]), LABEL_NAME, PART_FAMILY, P, i + 1 };
    }
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, v, NAMES, &help, &x.arena));
    for (uint32_t i = 0; i < NAMES; i += 7) {
        size_t n = strlen(names[i]);
        for (size_t at = 0; at < n; at++)
            for (unsigned kind = 0; kind < 4; kind++) {
                char text[64];
                int len = 0;
                const char *w = names[i];
                if (kind == 0) len = snprintf(text, sizeof text, "%.*sx%s", (int)at, w, w + at);
                if (kind == 1) len = snprintf(text, sizeof text, "%.*s%s", (int)at, w, w + at + 1);
                if (kind == 2) len = snprintf(text, sizeof text, "%.*sx%s", (int)at, w, w + at + 1);
                if (kind == 3 && at + 1 < n)
                    len = snprintf(text, sizeof text, "%.*s%c%c%s", (int)at, w, w[at + 1], w[at],
                                   w + at + 2);
                if (len && !only_finding(&x, k, text)) fail_msg("lost: %s for %s", text, w);
            }
    }
    engine_close(&x);
}

static void long_values_are_known(void **state)
{
    (void)state;
    static const char device[] = "(01)00844588003288(17)141120(10)7654321D(21)10987654d321X88";
    static const char uuid[] = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d";
    static const char house[] =
        "Wexbridge Mills Fellowship for the Care of the Aged and Infirm of the Parishes of Upper "
        "and "
        "Lower Thornwick, Marrowby, Quillington, Oxbarrow, Pellingham and Stowe under the Wold, "
        "founded by the Guild of Weavers, Fullers and Dyers of the Borough of Great Marrowby in "
        "the "
        "Year of the Second Charter";
    const struct known_value v[] = {
        { view_of_str(device), LABEL_DEVICE, PART_WHOLE, P, 1 },
        { view_of_str(uuid), LABEL_MRN, PART_WHOLE, P, 1 },
        { view_of_str(house), LABEL_ORGANIZATION, PART_WHOLE, P, 1 },
    };
    struct engine x;
    struct known *k;
    char text[512];
    assert_true(sizeof house > 256);
    assert_ok(engine_open(&x));
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    assert_ok(known_new(&k, v, COUNT_OF(v), &help, &x.arena));
    for (size_t i = 0; i < COUNT_OF(v); i++) {
        int n = snprintf(text, sizeof text, "in %.*s", (int)v[i].text.n, v[i].text.p);
        const struct finding *f = only_finding(&x, k, text);
        assert_non_null(f);
        assert_int_equal(f->end, n);
        assert_true(f->end - f->start + 1 >= v[i].text.n); /* a bracket before it may stay */
    }
    engine_close(&x);
}

static void a_number_too_long_to_search_is_an_error(void **state)
{
    (void)state;
    char digits[KNOWN_SIGNS_MAX + 1];
    struct engine x;
    struct known *k;
    memset(digits, '7', sizeof digits);
    assert_ok(engine_open(&x));
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    struct known_value v = { view_of(digits, KNOWN_SIGNS_MAX), LABEL_MRN, PART_WHOLE, P, 1 };
    assert_ok(known_new(&k, &v, 1, &help, &x.arena));
    assert_non_null(k);
    v.text.n++;
    assert_err(known_new(&k, &v, 1, &help, &x.arena), ERR_LIMIT);
    assert_null(k);
    engine_close(&x);
}

/* Results name their observer each time as somebody new. Saying him once is enough; those who share a part of a
 * name, or have another role, stay apart. */
static void who_is_said_again_is_one_person(void **state)
{
    (void)state;
    enum { RESULTS = 2000 };
    static struct known_value v[2 * RESULTS + 2];
    const struct known_value *out;
    uint32_t n;
    struct engine x;
    assert_ok(engine_open(&x));
    for (uint32_t i = 0; i < RESULTS; i++) {
        bool is_first = i % 2 == 0;
        v[2 * i] = (struct known_value){ VIEW("Quelby"), LABEL_NAME, PART_FAMILY, C, i + 1 };
        v[2 * i + 1] = (struct known_value){ is_first ? VIEW("Hettie") : VIEW("Osric"), LABEL_NAME,
                                             PART_GIVEN, C, i + 1 };
    }
    v[2 * RESULTS] = (struct known_value){ VIEW("Quelby"), LABEL_NAME, PART_FAMILY, P, 1 };
    v[2 * RESULTS + 1] = (struct known_value){ VIEW("Quelby"), LABEL_NAME, PART_FAMILY, C, 0 };
    assert_ok(known_distinct(v, COUNT_OF(v), &x.arena, &out, &n));
    assert_int_equal(n, 6);
    assert_view(out[1].text, "Hettie");
    assert_view(out[3].text, "Osric");
    assert_int_equal(out[2].person, 2);
    assert_int_equal(out[4].role, P);
    assert_ok(known_distinct(v, 256, &x.arena, &out, &n)); /* a short list is left as it is */
    assert_int_equal(n, 256);
    engine_close(&x);
}

static err make_long_list(void *ctx)
{
    (void)ctx;
    static char names[300][NAME_ROOM];
    static struct known_value v[300];
    struct arena a;
    struct known *k;
    arena_init(&a, 16 << 20);
    for (uint32_t i = 0; i < COUNT_OF(v); i++) {
        name_of(i, names[i]);
        v[i] = (struct known_value){ view_of_str(names[i]), LABEL_NAME, PART_FAMILY, P, i + 1 };
    }
    const struct known_help help = { lexicon_builtin(), NULL, DATE_MONTH_FIRST };
    err e = known_new(&k, v, COUNT_OF(v), &help, &a);
    assert_true(e || k);
    arena_clear(&a);
    return e;
}

static void allocations_fail_for_long_lists(void **state)
{
    (void)state;
    faults_in_turn(make_long_list, NULL);
}

static err run_once(void *ctx)
{
    (void)ctx;
    struct engine x;
    struct known *k;
    err e = engine_open(&x);
    if (!e) e = make_over(&x, SMITH, 11, &k);
    if (!e) {
        const struct known_list list = { { k }, 1 };
        e = detect_text_known(x.d, x.s, VIEW("John Smithson, MRN 482913"), VIEW(""), &list,
                              &x.found);
        assert_int_equal(x.found.n, e ? 0 : 2);
    }
    engine_close(&x);
    return e;
}

static void allocations_fail(void **state)
{
    (void)state;
    faults_in_turn(run_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_known_is_found),
        cmocka_unit_test(the_role_that_protects_most_wins),
        cmocka_unit_test(two_sets_decide_together),
        cmocka_unit_test(nothing_known_is_no_set),
        cmocka_unit_test(short_names_lead_both_ways),
        cmocka_unit_test(allocations_fail),
        cmocka_unit_test(a_list_of_any_length_is_known),
        cmocka_unit_test(typing_errors_are_found_in_long_lists),
        cmocka_unit_test(long_values_are_known),
        cmocka_unit_test(a_number_too_long_to_search_is_an_error),
        cmocka_unit_test(who_is_said_again_is_one_person),
        cmocka_unit_test(allocations_fail_for_long_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
