/* Known identifiers in prose: what counts as the same name, number, birth or address, and what does not. */
#include "detect/known.h"

#include "detect/engine.h"
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

static err make(struct engine *x, unsigned set, struct known **out)
{
    const struct known_help help = { lexicon_builtin(), x->nick, DATE_MONTH_FIRST };
    return known_new(out, sets[set].v, sets[set].n, &help, &x->arena);
}

/* The text with «» around what known rules found. */
static void mark(struct engine *x, unsigned set, const char *text, char *out, size_t room)
{
    struct known *k;
    size_t at = 0, n = 0;
    assert_ok(make(x, set, &k));
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
        { SMITH, "«Smithson, J». and so on" },
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
        mark(&x, cases[i].set, plain, out, sizeof out);
        if (strcmp(out, cases[i].marked) == 0) continue;
        wrong++;
        print_error("is      %s\nshould  %s\n", out, cases[i].marked);
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

static err run_once(void *ctx)
{
    (void)ctx;
    struct engine x;
    struct known *k;
    err e = engine_open(&x);
    if (!e) e = make(&x, SMITH, &k);
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
        cmocka_unit_test(nothing_known_is_no_set),
        cmocka_unit_test(short_names_lead_both_ways),
        cmocka_unit_test(allocations_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
