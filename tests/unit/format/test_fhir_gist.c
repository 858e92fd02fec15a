/* The gist of a resource: the same for all that say the same of people, none where more is to be learned. */
#include "unit.h"

#include "format/formats.h"
#include "room.h"

static bool gist_of(const char *json, view *gist)
{
    return format_fhir_lines.gist(&format_fhir_lines, view_of_str(json), &arena, gist);
}

#define HEAD "{\"resourceType\":\"Observation\",\"id\":\"o\","
#define SUBJECT "\"subject\":{\"reference\":\"Patient/1\"}"

/* Resources that tell a first pass the same as `HEAD SUBJECT`. */
static const char *const same[] = {
    HEAD SUBJECT "}",
    "{\"resourceType\":\"Observation\",\"id\":\"p\"," SUBJECT "}\r\n",
    " { \"resourceType\" : \"Observation\" , " SUBJECT " }",
    HEAD SUBJECT ",\"valueQuantity\":{\"value\":93.5,\"unit\":\"kg\"}}",
    HEAD "\"status\":\"final\",\"effectiveDateTime\":\"2021-03-04\"," SUBJECT "}",
    HEAD SUBJECT ",\"encounter\":{\"reference\":\"Encounter/77\"}}",
    HEAD SUBJECT
    ",\"valueString\":\"Ann Roe, \\\"Nan\\\", 555-0123?\",\"note\":[{\"text\":\"x\"}]}",
    HEAD SUBJECT ",\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"8302-2\","
                 "\"display\":\"Height\"}],\"text\":\"Height\"}}",
    HEAD SUBJECT ",\"identifier\":[{\"system\":\"http://h.org/obs\",\"value\":\"123\"}]}",
    HEAD SUBJECT ",\"text\":{\"div\":\"<div title=\\\"a\\\">x &amp; y</div>\"}}",
    HEAD SUBJECT ",\"performer\":[{\"reference\":\"Organization/h\"}],\"component\":[]}",
};

/* Those that tell something else of people. */
static const char *const others[] = {
    HEAD "\"status\":\"final\"}",
    HEAD "\"subject\":{\"reference\":\"Patient/2\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient/1\",\"display\":\"Roe\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient/1\",\"display\":\"Poe\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient/1\",\"name\":\"Poe\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient/1\",\"type\":\"Group\"}}",
    HEAD "\"focus\":[{\"reference\":\"Patient/1\"}]}",
    HEAD "\"x\":1,\"specimen\":{\"reference\":\"Patient/1\"}}",
    "{\"resourceType\":\"Condition\",\"id\":\"o\"," SUBJECT "}",
    HEAD SUBJECT ",\"performer\":[{\"reference\":\"Practitioner/4\"}]}",
    HEAD SUBJECT ",\"performer\":[{\"reference\":\"Practitioner/5\"}]}",
    HEAD SUBJECT ",\"performer\":[{\"reference\":\"Organization/h\",\"display\":\"Acme\"}]}",
    HEAD SUBJECT ",\"contained\":[{\"resourceType\":\"Specimen\",\"collection\":{\"collector\":"
                 "{\"reference\":\"Practitioner/4\"}}}]}",
    HEAD SUBJECT ",\"contained\":[{\"resourceType\":\"Device\"}]}",
};

/* Those that must be decoded. */
static const char *const none[] = {
    "",
    "[]",
    "{\"id\":\"o\",\"resourceType\":\"Observation\"}",
    "{\"resourceType\":\"Unheard\"}",
    "{\"resourceType\":\"Patient\",\"id\":\"1\"}",
    "{\"resourceType\":\"Practitioner\",\"id\":\"1\"}",
    "{\"resourceType\":\"PractitionerRole\",\"id\":\"1\"}",
    "{\"resourceType\":\"Bundle\",\"entry\":[]}",
    "{\"resourceType\":\"RelatedPerson\",\"name\":[{\"family\":\"Roe\"}]}",
    "{\"resourceType\":\"FamilyMemberHistory\",\"name\":\"Roe\"}",
    "{\"resourceType\":\"Organization\",\"name\":\"Acme\"}",
    "{\"resourceType\":\"QuestionnaireResponse\",\"item\":[]}",
    HEAD SUBJECT,
    HEAD SUBJECT ",\"valueString\":\"open}",
    HEAD "\"subj\\u0065ct\":{\"reference\":\"Patient/1\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient\\/1\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient?identifier=a|7\"}}",
    HEAD "\"subject\":{\"reference\":\"Patient/1\",\"name\":5550123}}",
    HEAD "\"subject\":{\"identifier\":{\"value\":\"7\"}}}",
    HEAD SUBJECT ",\"extension\":[{\"url\":\"a\",\"valueString\":\"Roe\"}]}",
    HEAD SUBJECT ",\"_status\":{\"extension\":[{\"url\":\"lat\",\"valueDecimal\":41.2}]}}",
    HEAD SUBJECT ",\"valueHumanName\":{\"family\":\"Roe\"}}",
    HEAD SUBJECT ",\"telecom\":[{\"value\":\"555-0123\"}]}",
    HEAD SUBJECT ",\"telecom\":[{\"value\":5550123}]}",
    HEAD SUBJECT ",\"valueAddress\":{\"city\":\"Zelby\"}}",
    HEAD SUBJECT ",\"valueAttachment\":{\"data\":\"Um9l\"}}",
    HEAD SUBJECT ",\"unheard\":{\"name\":\"Roe\"}}",
    HEAD SUBJECT ",\"note\":[{\"authorString\":\"Roe\"}]}",
    HEAD SUBJECT
    ",\"code\":{\"coding\":[{\"code\":\"21112-8\"}]},\"valueDateTime\":\"1950-01-02\"}",
    HEAD SUBJECT ",\"identifier\":[{\"type\":{\"coding\":[{\"code\":\"MR\"}]},\"value\":\"7\"}]}",
    HEAD SUBJECT
    ",\"identifier\":[{\"system\":\"http://hl7.org/fhir/sid/us-ssn\",\"value\":\"7\"}]}",
    "{\"resourceType\":\"Coverage\",\"identifier\":[{\"value\":\"7\"}]}",
    HEAD SUBJECT ",\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}]}",
    HEAD SUBJECT ",\"contained\":[{\"id\":\"p\",\"resourceType\":\"Patient\"}]}",
    HEAD SUBJECT ",\"instantiatesCanonical\":\"http://h.org/Patient?name=Roe\"}",
    HEAD SUBJECT ",\"text\":{\"div\":\"<a href='Patient?name=Roe'>x</a>\"}}",
    HEAD SUBJECT ",\"text\":{\"div\":\"<a href='Patient&#63;name=Roe'>x</a>\"}}",
    HEAD SUBJECT ",\"text\":{\"div\":\"<a href='Patient\\u003fname=Roe'>x</a>\"}}",
};

static void what_says_the_same_has_the_same(void **state)
{
    (void)state;
    view first, gist;
    arena_reset(&arena);
    assert_true(gist_of(same[0], &first));
    for (size_t i = 0; i < COUNT_OF(same); i++) {
        if (!gist_of(same[i], &gist)) fail_msg("%s has none", same[i]);
        if (!view_eq(first, gist)) fail_msg("%s has another one", same[i]);
    }
}

static void what_says_something_else_has_another(void **state)
{
    (void)state;
    view gists[COUNT_OF(others) + 1];
    arena_reset(&arena);
    assert_true(gist_of(same[0], &gists[COUNT_OF(others)]));
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (!gist_of(others[i], &gists[i])) fail_msg("%s has none", others[i]);
    for (size_t i = 0; i < COUNT_OF(gists); i++)
        for (size_t k = 0; k < i; k++)
            if (view_eq(gists[i], gists[k])) fail_msg("%s has that of another", others[k]);
}

static void what_has_more_to_tell_is_decoded(void **state)
{
    (void)state;
    view gist;
    arena_reset(&arena);
    for (size_t i = 0; i < COUNT_OF(none); i++)
        if (gist_of(none[i], &gist)) fail_msg("%s has a gist", none[i]);
}

/* Deep, and long: both are left to decoding. */
static void what_does_not_fit_is_decoded(void **state)
{
    (void)state;
    view gist;
    arena_reset(&arena);
    buf_reset(&out);
    assert_ok(buf_add(&out, VIEW(HEAD "\"subject\":{\"reference\":\"Patient/1\",\"display\":\"")));
    for (int i = 0; i < 3000; i++)
        assert_ok(buf_add_char(&out, 'x'));
    assert_ok(buf_add(&out, VIEW("\"}}\0")));
    assert_false(gist_of(out.p, &gist));
    buf_reset(&out);
    assert_ok(buf_add(&out, VIEW("{\"resourceType\":\"Consent\"")));
    for (int i = 0; i < 40; i++)
        assert_ok(buf_add(&out, VIEW(",\"provision\":{\"type\":\"permit\"")));
    for (int i = 0; i < 41; i++)
        assert_ok(buf_add_char(&out, '}'));
    assert_ok(buf_add_char(&out, '\0'));
    assert_false(gist_of(out.p, &gist));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_the_same_has_the_same),
        cmocka_unit_test(what_says_something_else_has_another),
        cmocka_unit_test(what_has_more_to_tell_is_decoded),
        cmocka_unit_test(what_does_not_fit_is_decoded),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
