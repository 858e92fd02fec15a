/* Names in fields that are nobody's: which parts made as a person's are one. */
#include "unit.h"

#include "deid/misplaced_name.h"
#include "faults.h"
#include "format/formats.h"
#include "room.h"

/* What the parts of one OBX-5 of that type became: N F G for number, family and given name, . for what stayed. */
static void is_in(const char *type, const char *value, const char *wanted)
{
    char text[512], got[16] = "";
    struct record r;
    snprintf(text, sizeof text, "MSH|^~\\&|A||||||||1|P|2.5\rOBX|1|%s|7||%s\r", type, value);
    assert_ok(format_decode(&format_hl7, view_of_str(text), ENC_AUTO, &arena, &r, NULL));
    const uint32_t codes = r.n_codes, pieces = r.n;
    assert_ok(misplaced_names_take(lexicon_builtin(), &r, &arena));
    assert_int_equal(r.n - pieces, codes - r.n_codes); /* each part stands in one place */
    const char *at = strstr(text, "7||") + 3;
    size_t n = 0;
    for (const char *part = at; *part && *part != '\r' && n + 1 < sizeof got; n++) {
        size_t length = strcspn(part, "^\r");
        got[n] = '.';
        for (uint32_t i = 0; i < r.n; i++) {
            const struct piece *p = &r.pieces[i];
            if (p->base + offset_start(&p->map, 0) != (size_t)(part - text)) continue;
            got[n] = p->role == ROLE_NUMBER   ? 'N'
                     : p->role == ROLE_FAMILY ? 'F'
                     : p->role == ROLE_GIVEN  ? 'G'
                                              : '.';
        }
        part += length + (part[length] == '^');
    }
    if (strcmp(got, wanted) != 0) fail_msg("\"%s\" is %s, not %s", value, got, wanted);
    arena_reset(&arena);
}

static void is(const char *value, const char *wanted)
{
    is_in("CE", value, wanted);
}

static void names_are_told_by_their_words(void **state)
{
    (void)state;
    is("77^Smith^Jane", "NFG");
    is("77^SMITH^JANE^Q^MD", "NFGG.");
    is("A-1048^Otterbury^Fenwick", "NFG");
    is("12^White^Mary", "NFG");
    is("^^Quuxwyrth^Jane", "..FG");
    is("BLD^Blood^L^SMITH^JANE", "...FG");
    is("BLD^Blood^SMITH^JANE", "..FG");
    is("Serum^Quuxwyrth^Jane", ".FG");
    is("77^Jane^Jane", "...");
    is("White^Grace^L", "...");
    is("77123^Penicillin^Local", "...");
    is("5501^Creatinine^Main", "...");
    is("I10^Hypertension^I10", "...");
    is("77^smith^jane", "...");
}

/* A number that is no measurement where somebody's names are behind it, and the one before words that nobody knows. */
static void a_number_goes_with_its_names(void **state)
{
    (void)state;
    is_in("NM", "12345^Otterbury^Fenwick", "NFG");
    is_in("NM", "12345^Zwqorbl^Xanthrak", "NFG");
    is_in("NM", "12345", ".");
    is_in("NM", "12345^mg^L", "...");
    is_in("SN", ">^12345^-^200", "....");
    is("12345^Zwqorbl^Xanthrak", "NFG");
    is("12345^Zwqorbl^LN", "...");
    is("Zwqorbl^Xanthrak", "..");
}

static err take(void *ctx)
{
    struct arena a;
    struct record r;
    err e = OK;
    (void)ctx;
    arena_init(&a, 1 << 20);
    view text = VIEW("MSH|^~\\&|A||||||||1|P|2.5\rOBX|1|CE|7||77^SMITH^JANE\r");
    TRY(format_decode(&format_hl7, text, ENC_AUTO, &a, &r, NULL));
    TRY(misplaced_names_take(lexicon_builtin(), &r, &a));
out:
    arena_clear(&a);
    return e;
}

static void every_fault_is_reported(void **state)
{
    (void)state;
    faults_in_turn(take, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(names_are_told_by_their_words),
                                        cmocka_unit_test(a_number_goes_with_its_names),
                                        cmocka_unit_test(every_fault_is_reported) };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
