/* FHIR: what each data type's values are, and that everything else stays as it was. */
#include "unit.h"

#include "faults.h"
#include "format/attachment_options.h"
#include "format/format.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "room.h"

static const struct format *fhir;

static const char *const role_names[ROLE_COUNT] = {
    "text", "id",      "name",    "family",  "given",  "street", "town",   "state", "zip", "org",
    "date", "birth",   "age",     "phone",   "fax",    "email",  "url",    "ip",    "ssn", "mrn",
    "plan", "account", "license", "vehicle", "device", "bio",    "number", "link",
};
static const char *const who_names[] = { "",           "@patient",  "@relative",
                                         "@household", "@employer", "@clinician" };
static const char *const shape_names[] = { "",         "!token",  "!uuid", "!oid",  "!date",
                                           "!instant", "!digits", "!url",  "!email" };

static struct record decode(view doc)
{
    struct record r;
    struct diag d = { 0 };
    arena_reset(&arena);
    if (format_decode(fhir, doc, ENC_AUTO, &arena, &r, &d))
        fail_msg("%s at %u", d.what, (unsigned)d.offset);
    return r;
}

/* "role@who!shape text" of every piece, a line each. */
static void see(view doc, bool with_text, const char *want)
{
    struct record r = decode(doc);
    buf_reset(&out);
    for (uint32_t i = 0; i < r.n; i++) {
        const struct piece *p = &r.pieces[i];
        if (p->role == ROLE_TEXT && !with_text) continue;
        assert_ok(buf_add(&out, view_of_str(role_names[p->role])));
        assert_ok(buf_add(&out, view_of_str(who_names[p->who])));
        assert_ok(buf_add(&out, view_of_str(shape_names[p->shape])));
        assert_ok(buf_add_char(&out, ' '));
        assert_ok(buf_add(&out, p->text));
        assert_ok(buf_add_char(&out, '\n'));
    }
    if (!view_eq(buf_view(&out), view_of_str(want)))
        fail_msg("\n%.*s\nshould be\n%s", (int)out.n, out.p, want);
}
#define SEE(json, want) see(VIEW(json), true, want)

/* Every piece that is one value replaced by `with`, and texts too when asked. */
static view rewrite(view doc, bool with_text, view with)
{
    struct record r = decode(doc);
    struct edits *edits = arena_array(&arena, r.n + 1, sizeof *edits);
    struct edit *v = arena_array(&arena, r.n + 1, sizeof *v);
    assert_true(edits && v);
    for (uint32_t i = 0; i < r.n; i++) {
        const struct piece *p = &r.pieces[i];
        v[i] = (struct edit){ 0, (uint32_t)p->text.n, with };
        edits[i] = (struct edits){ &v[i], p->role >= ROLE_NAME || with_text ? 1 : 0 };
    }
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    return buf_view(&out);
}

static void names_are_known_by_their_part(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Patient\",\"name\":[{\"use\":\"official\",\"family\":\"Okonkwo\","
        "\"given\":"
        "[\"Ada\",\"B.\"],\"suffix\":[\"Jr.\"],\"text\":\"Ada Okonkwo\"}],\"contact\":[{\"name\":{"
        "\"family\":\"Obi\"},\"relationship\":[{\"coding\":[{\"code\":\"N\"}]}]},{\"name\":{"
        "\"text\":\"J Eze\"},"
        "\"relationship\":[{\"coding\":[{\"code\":\"E\"}]}]}]}",
        "family@patient Okonkwo\ngiven@patient Ada\ngiven@patient B.\ntext@patient Jr.\n"
        "name@patient Ada Okonkwo\nfamily@relative Obi\nname@employer J Eze\n");
    SEE("{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Lind\"}]}",
        "family@clinician Lind\n");
    SEE("{\"resourceType\":\"Organization\",\"name\":\"Mercy\",\"alias\":[\"M\"]}",
        "org Mercy\norg M\n");
    SEE("{\"resourceType\":\"FamilyMemberHistory\",\"name\":\"Uncle "
        "Obi\",\"bornDate\":\"1921-02\"}",
        "name@relative Uncle Obi\nbirth@relative!date 1921-02\n");
}

static void addresses_lose_what_is_below_the_state(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Location\",\"address\":{\"use\":\"home\",\"line\":[\"1 Elm "
        "St\"],\"city\":\"Leeds\","
        "\"district\":\"York\",\"state\":\"MA\",\"postalCode\":\"02139\",\"country\":\"US\","
        "\"text\":\"1 Elm\"},"
        "\"position\":{\"longitude\":-71.06,\"latitude\":42}}",
        "street 1 Elm St\ntown Leeds\ntown York\nstate MA\nzip 02139\nstreet 1 Elm\n"
        "street!digits -71.06\nstreet!digits 42\n");
}

static void a_contact_goes_by_its_system_wherever_that_stands(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Patient\",\"telecom\":[{\"value\":\"555\",\"system\":\"fax\"},{"
        "\"system\":\"email\","
        "\"value\":\"a@b.org\"},{\"value\":\"c@d.org\"},{\"value\":\"http://"
        "x.org\",\"system\":\"url\"},"
        "{\"value\":\"617\",\"period\":{\"start\":\"2020-01\"}}]}",
        "fax@patient 555\nemail@patient!email a@b.org\nemail@patient c@d.org\n"
        "url@patient!url http://x.org\nphone@patient 617\ndate@patient!date 2020-01\n");
}

static void identifiers_go_by_type_then_system_then_holder(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"1\",\"type\":{\"coding\":[{"
        "\"code\":\"SS\"}]}},"
        "{\"value\":\"2\",\"system\":\"http://hl7.org/fhir/sid/"
        "us-ssn\"},{\"system\":\"urn:oid:2.16.840.1.113883."
        "4.3.25\",\"value\":\"3\"},{\"value\":\"4\"},{\"value\":\"5\",\"type\":{\"coding\":[{"
        "\"code\":\"zz\"},"
        "{\"code\":\"DL\"}]}}]}",
        "ssn@patient 1\nssn@patient 2\nlicense@patient 3\nmrn@patient 4\nlicense@patient 5\n");
    SEE("{\"resourceType\":\"Observation\",\"identifier\":[{\"system\":\"urn:ietf:rfc:3986\","
        "\"value\":\"urn:oid:1.2."
        "3.4\"},{\"value\":\"9\"}]}",
        "link!oid 1.2.3.4\nnumber 9\n");
    /* A hospital's own object identifier, and one of a terminology. */
    SEE("{\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"urn:oid:1.3.6.1.4.1.99999.2\"}"
        "],\"maritalStatus\":"
        "{\"coding\":[{\"system\":\"urn:oid:2.16.840.1.113883.5.2\",\"code\":\"M\"}]}}",
        "link@patient!oid 1.3.6.1.4.1.99999.2\n");
}

static void dates_have_the_shape_of_their_type(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Patient\",\"birthDate\":\"1974\",\"deceasedDateTime\":\"2015-02-07T13:"
        "28:17-05:00\","
        "\"meta\":{\"lastUpdated\":\"2020-01-01T00:00:00Z\",\"versionId\":\"12\"}}",
        "birth@patient!date 1974\ndate@patient!date 2015-02-07T13:28:17-05:00\n"
        "date@patient!instant 2020-01-01T00:00:00Z\n");
    SEE("{\"resourceType\":\"Observation\",\"valueTime\":\"13:28:17\",\"effectiveTiming\":{"
        "\"event\":[\"2020-02\"],"
        "\"repeat\":{\"boundsPeriod\":{\"end\":\"2021\"}}},\"code\":{\"coding\":[{\"code\":\"21112-"
        "8\",\"system\":"
        "\"http://loinc.org\"}]},\"valueDateTime\":\"1930-04\"}",
        "date!date 2020-02\ndate!date 2021\nbirth!date 1930-04\n");
    SEE("{\"resourceType\":\"Patient\",\"birthDate\":\"about 1974\"}", "text@patient about 1974\n");
}

static void ages_in_years_are_ages(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Condition\",\"onsetAge\":{\"value\":93,\"unit\":\"years\",\"code\":"
        "\"a\"}}",
        "age!digits 93\n");
    SEE("{\"resourceType\":\"Condition\",\"onsetRange\":{\"low\":{\"value\":91}}}",
        "age!digits 91\n");
    SEE("{\"resourceType\":\"Condition\",\"onsetAge\":{\"value\":93,\"code\":\"mo\"}}",
        "age!digits 93\n"); /* in its unit: told by what it becomes */
    SEE("{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":93,\"unit\":\"years\"},"
        "\"code\":{\"coding\":[{\"code\":\"x\"},{\"code\":\"30525-0\"}]}}",
        "text years\nage!digits 93\n");
    SEE("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"Patient age\"},\"valueInteger\":93,"
        "\"component\":[{\"code\":{\"text\":\"Voltage\"},\"valueQuantity\":{\"value\":94}}]}",
        "text Patient age\ntext Voltage\nage!digits 93\n");
    SEE("{\"resourceType\":\"Observation\",\"code\":{\"text\":\"Weight\"},\"valueQuantity\":{"
        "\"value\":93}}",
        "text Weight\n");
}

static void ids_and_references_join(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Observation\",\"id\":\"o-1\",\"subject\":{\"reference\":\"Patient/p1/"
        "_history/99999\","
        "\"display\":\"Ada "
        "Obi\"},\"encounter\":{\"reference\":\"https://h.org/fhir/Encounter/17\"},"
        "\"performer\":[{\"reference\":\"#lab\"},{\"display\":\"Dr "
        "Lind\"},{\"reference\":\"urn:uuid:6f1e6f1e-"
        "1111-4222-8333-123456789abc\"}],\"basedOn\":[{\"reference\":\"urn:oid:1.2.3.4\"}],"
        "\"contained\":[{"
        "\"id\":\"lab\",\"resourceType\":\"Organization\",\"name\":\"Lab\"}]}",
        "link!token o-1\nlink!token p1\nlink!token 99999\nname@patient Ada Obi\nlink!token 17\n"
        "link!token lab\nname@clinician Dr Lind\nlink!uuid 6f1e6f1e-1111-4222-8333-123456789abc\n"
        "link!oid 1.2.3.4\nlink!token lab\norg Lab\n");
    SEE("{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"next\",\"url\":\"https://h.org/"
        "fhir?_getpages=ab-1&"
        "_count=10&name=Smith&birthdate=ge1980-02-03&patient=Patient/"
        "77\"}],\"entry\":[{\"fullUrl\":\"https://h.org/"
        "fhir/Patient/"
        "77\",\"resource\":{\"id\":\"77\",\"resourceType\":\"Patient\"},\"request\":{\"method\":"
        "\"PUT\","
        "\"url\":\"Patient/77\",\"ifNoneExist\":\"identifier=http://hl7.org/fhir/sid/"
        "us-ssn|123-45-6789\"},"
        "\"response\":{\"location\":\"Patient/77/_history/1\",\"etag\":\"W/\\\"88888\\\"\"}}]}",
        "text /fhir\nlink!token ab-1\nname Smith\nbirth!date 1980-02-03\nlink!token 77\n"
        "link!token 77\nlink@patient!token 77\nlink!token 77\nssn 123-45-6789\nlink!token 77\n"
        "link!token 88888\n");
    /* A page that is no resource goes, with or without a query. */
    SEE("{\"resourceType\":\"Patient\",\"photo\":[{\"url\":\"http://h.org/p/obi.png?x=1\"},"
        "{\"url\":\"http://h.org/fhir/Binary/7\"}]}",
        "url@patient!url http://h.org/p/obi.png?x=1\nlink@patient!token 7\n");
}

static void the_role_of_a_display_is_that_of_its_target(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Encounter\",\"serviceProvider\":{\"display\":\"Mercy\"},"
        "\"participant\":[{\"individual\":"
        "{\"display\":\"Lind\",\"reference\":\"Practitioner/"
        "4\"}}],\"location\":[{\"location\":{\"display\":\"Ward 3\"}}],"
        "\"reasonReference\":[{\"display\":\"Asthma\",\"reference\":\"Condition/"
        "3\"}],\"subject\":{\"type\":\"Group\","
        "\"display\":\"Cohort\"}}",
        "org Mercy\nname@clinician Lind\nlink!token 4\norg Ward 3\ntext Asthma\nlink!token 3\n"
        "text Cohort\n");
}

static void whose_a_piece_is_comes_from_the_subject(void **state)
{
    (void)state;
    struct record r =
        decode(VIEW("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"note\":[{\"text\":"
                    "\"a\"}],\"subject\":{"
                    "\"reference\":\"Patient/"
                    "1\"},\"resourceType\":\"Observation\"}},{\"resource\":{\"resourceType\":"
                    "\"Patient\",\"name\":[{\"family\":\"Obi\"}],\"id\":\"2\"}},{\"fullUrl\":\"urn:"
                    "uuid:6f1e6f1e-1111-4222-"
                    "8333-123456789abc\",\"resource\":{\"resourceType\":\"Patient\",\"id\":\"3\"}},"
                    "{\"resource\":{"
                    "\"resourceType\":\"Immunization\",\"patient\":{\"reference\":\"urn:uuid:"
                    "6f1e6f1e-1111-4222-8333-"
                    "123456789abc\"},\"lotNumber\":\"x\"}}]}"));
    static const char *const want[] = { "1", "1", "2", "2", "", "3", "3", "3" };
    assert_int_equal(r.n, COUNT_OF(want));
    assert_view(r.patient, "");
    for (uint32_t i = 0; i < r.n; i++)
        assert_true(view_eq(r.pieces[i].patient, view_of_str(want[i])));
    r = decode(VIEW("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Obi\"}],\"id\":\"2\"}"));
    assert_view(r.patient, "2");
    assert_view(r.id, "2");
    assert_int_equal(r.pieces[0].person, 1);
}

/* By an identifier in a query, also in percents or at a server, by one alone, and by an address in place of an id. */
static void an_identifier_leads_to_its_patient(void **state)
{
    (void)state;
    static const struct {
        const char *subject, *whose;
    } cases[] = {
        { "{\"reference\":\"Patient?identifier=http://h.org/a|A-1\"}", "p1" },
        { "{\"reference\":\"Patient?identifier=http%3A%2F%2Fh.org%2Fa%7CA-1\"}", "p1" },
        { "{\"reference\":\"https://h.org/fhir/Patient?identifier=http://h.org/a|A-1\"}", "p1" },
        { "{\"reference\":\"Patient?identifier=B-2\"}", "p2" },
        { "{\"identifier\":{\"system\":\"http://h.org/a\",\"value\":\"A-1\"}}", "p1" },
        { "{\"identifier\":{\"value\":\"A-1\",\"system\":\"http://h.org/b\"}}",
          "http://h.org/b|A-1" },
        /* two patients have it; it may be a search; another identifier */
        { "{\"reference\":\"Patient?identifier=C-3\"}", "" },
        { "{\"reference\":\"Patient?identifier=http://h.org/a|A-1&active=true\"}", "" },
        { "{\"reference\":\"Patient?identifier=http://h.org/a|A-1,http://h.org/a|A-2\"}", "" },
        { "{\"reference\":\"Practitioner?identifier=http://h.org/a|A-1\"}", "" },
        { "{\"reference\":\"Patient?identifier=http://h.org/a|A-9\"}", "http://h.org/a|A-9" },
        { "{\"reference\":\"urn:uuid:6f1e6f1e-1111-4222-8333-123456789abc\"}",
          "http://h.org/a|D-4" },
        { "{\"reference\":\"urn:uuid:7f1e6f1e-1111-4222-8333-123456789abc\"}",
          "7f1e6f1e-1111-4222-8333-123456789abc" },
    };
    static const char others[] =
        ",{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p1\",\"identifier\":[{\"system\":"
        "\"http://h.org/a\",\"value\":\"A-1\"},{\"value\":\"C-3\"}]}},{\"resource\":{"
        "\"resourceType\":\"Patient\",\"id\":\"p2\",\"contained\":[{\"resourceType\":\"Patient\","
        "\"id\":\"x\",\"identifier\":[{\"system\":\"http://h.org/a\",\"value\":\"A-9\"}]}],"
        "\"identifier\":[{\"system\":\"http://h.org/c\",\"value\":\"B-2\"},{\"value\":\"C-3\"}]}},"
        "{\"fullUrl\":\"urn:uuid:6f1e6f1e-1111-4222-8333-123456789abc\",\"resource\":{"
        "\"resourceType\":"
        "\"Patient\",\"identifier\":[{\"system\":\"http://h.org/"
        "a\",\"value\":\"D-4\"}]}},{\"fullUrl\":"
        "\"urn:uuid:7f1e6f1e-1111-4222-8333-123456789abc\",\"resource\":{\"resourceType\":"
        "\"Patient\","
        "\"birthDate\":\"1974-02-03\"}}]}";
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[2048];
        int n = snprintf(text, sizeof text,
                         "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":"
                         "\"Observation\",\"note\":[{\"text\":\"a\"}],\"subject\":%s}}%s",
                         cases[i].subject, others);
        struct record r = decode(view_of(text, (size_t)n));
        assert_view(r.pieces[0].text, "a");
        if (!view_eq(r.pieces[0].patient, view_of_str(cases[i].whose)))
            fail_msg("case %zu: whose is \"%.*s\"", i, (int)r.pieces[0].patient.n,
                     r.pieces[0].patient.p);
        assert_view(r.pieces[r.n - 1].patient, "7f1e6f1e-1111-4222-8333-123456789abc");
    }
}

/* It is replaced alike wherever it stands, so it is of one role. */
/* The number that messages and tables have, by kind and not by place; of the Patient itself alone. */
static void a_patient_has_one_number(void **state)
{
#define TYPED(code, value)                                                                         \
    "{\"value\":\"" value "\",\"type\":{\"coding\":[{\"code\":\"" code "\"}]}}"
    static const struct {
        const char *identifiers, *number;
    } cases[] = {
        { TYPED("VN", "V1") "," TYPED("MR", "88"), "88" },
        { TYPED("SS", "900112222") "," TYPED("PI", "77"), "900112222" },
        { TYPED("SS", "900112222") ",{\"value\":\" 77 \"}", "77" },
        { "{\"value\":\"a\"},{\"system\":\"http://h.org/mrn\",\"value\":\"b\"}", "b" },
        { TYPED("VN", "V1") "," TYPED("AN", "A1"), "" },
        { "{\"value\":\"p1\"}", "" }, /* what it goes by anyway */
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf doc;
        view number = { "", 0 };
        buf_init(&doc, 4096);
        assert_ok(buf_add(&doc, VIEW("{\"resourceType\":\"Patient\",\"identifier\":[")));
        assert_ok(buf_add(&doc, view_of_str(cases[i].identifiers)));
        assert_ok(buf_add(&doc, VIEW("],\"contact\":[{\"organization\":{\"identifier\":" TYPED(
                                    "MR", "9") "}}],\"id\":\"p1\"}")));
        struct record r = decode(buf_view(&doc));
        for (uint32_t k = 0; k < r.n_links; k++) {
            if (r.links[k].kind != LINK_NUMBER) continue;
            assert_view(r.links[k].from, "p1");
            number = r.links[k].to;
        }
        if (!view_eq(number, view_of_str(cases[i].number)))
            fail_msg("%zu: %.*s", i, (int)number.n, number.p);
        buf_clear(&doc);
    }
#undef TYPED
}

static void an_identifier_has_one_role(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Observation\","
        "\"subject\":{\"reference\":\"Patient?identifier=http://h.org/a|1-A\"},\"performer\":[{"
        "\"identifier\":{\"system\":\"http://h.org/a\",\"value\":\"1-A\"}}]}},{\"resource\":{"
        "\"resourceType\":\"Patient\",\"identifier\":[{\"system\":\"http://h.org/"
        "a\",\"value\":\"1-A\","
        "\"type\":{\"coding\":[{\"code\":\"SS\"}]}}]},\"request\":{\"ifNoneExist\":"
        "\"identifier=http://h.org/a|1-A\"}}]}",
        "ssn 1-A\nssn 1-A\nssn@patient 1-A\nssn 1-A\n");
    SEE("{\"resourceType\":\"Observation\",\"subject\":{\"reference\":"
        "\"Patient?identifier=http://h.org/a|1-A\"}}",
        "mrn 1-A\n");
    SEE("{\"resourceType\":\"Observation\",\"subject\":{\"identifier\":{\"value\":\"1-A\"}}}",
        "mrn 1-A\n");
}

static void a_person_has_one_number(void **state)
{
    (void)state;
    struct record r = decode(VIEW("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{"
                                  "\"resourceType\":\"Encounter\",\"participant\":"
                                  "[{\"individual\":{\"reference\":\"Practitioner/"
                                  "4\",\"display\":\"Lind\"}}]}},{\"resource\":{"
                                  "\"resourceType\":\"Practitioner\",\"name\":[{\"family\":"
                                  "\"Lind\"},{\"family\":\"Lynd\"}],\"id\":\"4\"}},"
                                  "{\"resource\":{\"resourceType\":\"Practitioner\",\"name\":[{"
                                  "\"family\":\"Obi\"}],\"id\":\"5\"}}]}"));
    assert_int_equal(r.n, 7);
    assert_true(r.pieces[1].person > 0);
    assert_int_equal(r.pieces[1].person, r.pieces[2].person);
    assert_int_equal(r.pieces[1].person, r.pieces[3].person);
    assert_int_not_equal(r.pieces[1].person, r.pieces[5].person);
}

static void codes_are_kept_and_their_words_looked_at(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[{\"system\":"
        "\"http://loinc.org\","
        "\"code\":\"8302-2\",\"display\":\"Height\"}],\"text\":\"tall\"},\"valueQuantity\":{"
        "\"value\":185.82,\"unit\":"
        "\"cm\",\"system\":\"http://unitsofmeasure.org\",\"code\":\"cm\"}}",
        "text Height\ntext tall\ntext cm\n");
    /* What is no code in the place of one. */
    SEE("{\"resourceType\":\"Observation\",\"status\":\"seen by Ada "
        "Obi\",\"valueInteger\":\"Obi\"}",
        "text seen by Ada Obi\ntext Obi\n");
    SEE("{\"resourceType\":\"Observation\",\"valueSampledData\":{\"data\":\"1.5 E 2 "
        "U\",\"period\":10}}",
        "");
    SEE("{\"resourceType\":\"Observation\",\"valueSampledData\":{\"data\":\"Ada Obi\"}}",
        "text Ada Obi\n");
}

static void what_is_unknown_is_looked_at(void **state)
{
    (void)state;
    SEE("{\"resourceType\":\"Patient\",\"nickname\":\"Addie\",\"_birthDate\":{\"extension\":[{"
        "\"url\":\"http://hl7.org/"
        "fhir/StructureDefinition/"
        "patient-birthTime\",\"valueDateTime\":\"1974-12-25T14:35:45-05:00\"}]},"
        "\"Ada "
        "Obi\":{\"x\":12345},\"extension\":[{\"valueString\":\"Obi\",\"url\":\"http://hl7.org/fhir/"
        "StructureDefinition/"
        "patient-mothersMaidenName\"},{\"url\":\"u\",\"extension\":[{\"url\":\"latitude\","
        "\"valueDecimal\":42.4}]},{\"url\":\"http://x/"
        "y\",\"valueHumanName\":{\"family\":\"Eze\"}},{\"url\":\"http://x/"
        "height\",\"valueDecimal\":1.6789012}]}",
        "text@patient Addie\nbirth@patient!date 1974-12-25T14:35:45-05:00\ntext@patient Ada Obi\n"
        "text@patient!digits 12345\nfamily@relative Obi\nstreet@patient!digits 42.4\n"
        "family@patient Eze\n");
    /* A resource of a kind nobody has heard of. */
    SEE("{\"resourceType\":\"Zebra\",\"id\":\"7\",\"owner\":\"Ada\",\"name\":[{\"family\":\"Obi\"}]"
        ",\"subject\":{"
        "\"reference\":\"Patient/3\"}}",
        "text Zebra\nlink!token 7\ntext Ada\nfamily Obi\nlink!token 3\n");
}

static void keys_may_come_in_any_order_and_escaped(void **state)
{
    (void)state;
    SEE("{\"\\u0069d\":\"a\\u002d1\",\"nam\\u0065\":[{\"family\":\"O\\u00e9\"}],\"resourceType\":"
        "\"Patient\"}",
        "link@patient!token a-1\nfamily@patient O\xC3\xA9\n");
    SEE("{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"Patient\\/12\"}}",
        "link!token 12\n");
    SEE("{\"resourceType\":\"Patient\",\"birthDate\":\"1974\",\"birthDate\":\"1975\"}",
        "birth@patient!date 1974\nbirth@patient!date 1975\n");
}

static void a_narrative_is_read_as_it_is_seen(void **state)
{
    (void)state;
    const view doc = VIEW("{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\","
                          "\"div\":\"<div xmlns=\\\"http:"
                          "//www.w3.org/1999/xhtml\\\"><p class='x'>Jo<b>hn</b> D&eacute;<!-- Obi "
                          "--></p><p>A\\u0026amp;B "
                          "<a href=\\\"Patient/9\\\" title=\\\"Eze\\\">see</a></p></div>\"}}");
    see(doc, true,
        "text@patient John D\xC3\xA9\nA&B see\n\ntext@patient  Obi \nlink@patient!token "
        "9\ntext@patient Eze\n");
    view got = rewrite(doc, true, VIEW("\"X'"));
    assert_view(
        got, "{\"resourceType\":\"Patient\",\"text\":{\"status\":\"generated\",\"div\":\"<div "
             "xmlns=\\\"http:"
             "//www.w3.org/1999/xhtml\\\"><p class='x'>\\\"X'<b></b><!--\\\"X'--></p><p><a "
             "href=\\\"Patient/&quot;X&apos;\\\" title=\\\"&quot;X&apos;\\\"></a></p></div>\"}}");
}

static void what_is_replaced_is_spelled_and_the_rest_untouched(void **state)
{
    (void)state;
    assert_view(
        rewrite(VIEW("{ \"resourceType\" : "
                     "\"Patient\",\t\"name\":[{\"family\":\"O\\u00e9\"}],\"active\":true,"
                     "\"multipleBirthInteger\":1.0,\"id\":\"a\\/b\",\"text\":{\"div\":\"<b>x</"
                     "b>\"}}\r\n"),
                false, VIEW("\"X\"")),
        "{ \"resourceType\" : \"Patient\",\t\"name\":[{\"family\":\"\\\"X\\\"\"}],\"active\":true,"
        "\"multipleBirthInteger\":1.0,\"id\":\"\\\"X\\\"\",\"text\":{\"div\":\"<b>x</b>\"}}\r\n");
    assert_view(rewrite(VIEW("{\"resourceType\":\"Location\",\"position\":{\"latitude\":42.5,"
                             "\"longitude\":-71.06}}"),
                        false, VIEW("00000")),
                "{\"resourceType\":\"Location\",\"position\":{\"latitude\":0,\"longitude\":0}}");
}

/* "Seen by Ada Obi." in base64, its SHA-1 and size. */
#define NOTE "U2VlbiBieSBBZGEgT2JpLg=="
#define DATA(type, data)                                                                           \
    "{\"resourceType\":\"Binary\",\"contentType\":\"" type "\",\"data\":\"" data "\"}"
static void attachments_that_are_text_are_looked_into(void **state)
{
    (void)state;
    const view doc = VIEW(
        "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"data\":\"" NOTE
        "\",\"size\":16,\"hash\":\"x\",\"contentType\":\"text/plain; charset=utf-8\"}}]}");
    see(doc, true, "text Seen by Ada Obi.\n");
    assert_true(view_eq(rewrite(doc, false, VIEW("X")), doc));
    assert_view(rewrite(doc, true, VIEW("X")),
                "{\"resourceType\":\"DocumentReference\",\"content\":[{\"attachment\":{\"data\":"
                "\"WA==\",\"size\":1,"
                "\"hash\":\"wDKtwf9inJtm8idJrWZ+a+rfFEs=\",\"contentType\":\"text/plain; "
                "charset=utf-8\"}}]}");
    /* A resource in an attachment: <p>Obi</p> in XHTML, and FHIR in FHIR. */
    SEE("{\"resourceType\":\"Binary\",\"contentType\":\"text/html\",\"data\":\"PHA+T2JpPC9wPg==\"}",
        "text Obi\n\n");
    SEE("{\"resourceType\":\"Binary\",\"contentType\":\"application/"
        "fhir+json\",\"data\":\"eyJyZXNvdXJjZVR5cGUiOiJQY"
        "XRpZW50IiwibmFtZSI6W3siZmFtaWx5IjoiT2JpIn1dfQ==\"}",
        "family@patient Obi\n");
    /* What is in it counts, not what it is said to be: HTML, XML, a message; a table when it is said to be one. */
    SEE(DATA("text/plain", "PGh0bWw+PHA+TzxiPmJpPC9iPjwvcD48L2h0bWw+"), "text Obi\n");
    SEE(DATA("text/plain", "PD94bWwgdmVyc2lvbj0iMS4wIj8+PGE+T2JpPC9hPg=="), "text Obi\n");
    SEE(DATA("text/plain", "TVNIfF5+XCZ8QQ1QSUR8fHw3fHxPYmleQQ=="),
        "text A\nmrn@patient 7\nfamily@patient Obi\ngiven@patient A\n");
    /* UTF-16 only where it is. */
    SEE(DATA("text/plain; charset=utf-16le", "TwBiAGkA"), "text Obi\n");
    SEE(DATA("text/plain; charset=utf-16le", "T2JpIQ=="), "text Obi!\n");
    SEE(DATA("text/plain; charset=latin1", "w5ZiaQ=="), "text \xC3\x96"
                                                        "bi\n");
    SEE(DATA("text/csv", "bXJuLGZhbWlseV9uYW1lCjcwMDEsb2JpCjcwMDIscXV1eAo="),
        "mrn@patient 7001\nfamily@patient obi\nmrn@patient 7002\nfamily@patient quux\n");
}

/* A replacement in a message in an attachment is escaped with the message's own marks. */
static void a_message_in_an_attachment_keeps_its_marks(void **state)
{
    (void)state;
    assert_view(rewrite(VIEW(DATA("text/plain", "TVNIIyQlQCEjQQ1QSUQjIyM3")), true, VIEW("X#Y")),
                DATA("text/plain", "TVNIIyQlQCEjWEBGQFkNUElEIyMjWEBGQFk="));
}

static void attachments_that_are_not_are_refused_or_emptied(void **state)
{
    (void)state;
    static const char *const docs[] = {
        "{\"resourceType\":\"Patient\",\"photo\":[{\"contentType\":\"image/"
        "png\",\"data\":\"iVBORw0KGgo=\"}]}",
        "{\"resourceType\":\"Binary\",\"data\":\"iVBORw0KGgo=\",\"contentType\":\"application/"
        "pdf\"}",
        "{\"resourceType\":\"Binary\",\"data\":\"iVBORw0KGgoAAAAN\",\"contentType\":\"text/"
        "plain\"}",
        "{\"resourceType\":\"Binary\",\"data\":\"e1xydGYxfQ==\",\"contentType\":\"text/rtf\"}",
        DATA("text/plain", "CiVQREYtMS40CjEgMCBvYmo="),     /* PDF behind a line */
        DATA("text/plain", "e1xydGYxXGFuc2kgT3tcYiBiaX19"), /* RTF */
        DATA("text/plain", "R0lGODlhISE="),                 /* GIF */
        DATA("text/plain", "T2JpBw=="),                     /* a control character */
        DATA("text/plain", "Q29udGVudC1UcmFuc2Zlci1FbmNvZGluZzogYmFzZTY0CgpUMkpwCg=="), /* mail */
        DATA("text/html", "Q29udGVudC1UcmFuc2Zlci1FbmNvZGluZzogYmFzZTY0CgpUMkpwCg=="),  /* mail */
        DATA("text/xml", "CntccnRmMVxhbnNpIE9iaX0="),                                   /* RTF */
        DATA("text/plain", "//5PAGIABwA="),               /* a control character in UTF-16 */
        DATA("text/plain; charset=utf-16le", "TmcfT+Y="), /* neither UTF-16 nor UTF-8 */
        DATA("text/plain", "VTJWbGJpQmllU0JCWkdFZ1QySnBJRzl1SUhSb1pTQjNZWEpr" /* base64 */
                           "TENCaGJtUWdZV2RoYVc0Z2JHRjBaWElnZEdoaGRDQmtZWGt1"),
        DATA("text/plain", "T2Jp=T2Jp"),
        "{\"resourceType\":\"Patient\",\"extension\":[{\"url\":\"http://"
        "x\",\"valueBase64Binary\":\"iVBORw0KGgoAAAAN\"}]}",
        "{\"resourceType\":\"Patient\",\"text\":{\"div\":\"<img "
        "src='data:image/png;base64,iVBO'/>\"}}",
    };
    const struct attachment_options drop = { .drop_attachments = true };
    const struct format_options options = { .attachments = &drop };
    const struct format *dropping;
    assert_ok(fhir->open(fhir, &options, VIEW(""), &arena, &dropping, NULL));
    for (size_t i = 0; i < COUNT_OF(docs); i++) {
        struct record r;
        struct diag d = { 0 };
        arena_reset(&arena);
        err e = format_decode(fhir, view_of_str(docs[i]), ENC_UTF8, &arena, &r, &d);
        assert_true(e == ERR_UNSUPPORTED || e == ERR_FORMAT);
        assert_true(d.has_offset);
        assert_ok(format_decode(dropping, view_of_str(docs[i]), ENC_UTF8, &arena, &r, NULL));
        assert_true(r.n >= 1);
    }
    const struct format *usual = fhir;
    fhir = dropping;
    assert_view(rewrite(VIEW("{\"resourceType\":\"Patient\",\"photo\":[{\"contentType\":\"image/"
                             "png\",\"data\":\"iVBORw0"
                             "KGgo=\",\"size\":\"8\"}]}"),
                        false, VIEW("[BIO]")),
                "{\"resourceType\":\"Patient\",\"photo\":[{\"contentType\":\"text/"
                "plain\",\"data\":\"W0JJT10=\",\"size\":"
                "\"5\"}]}");
    fhir = usual;
    /* A signature is never kept. */
    SEE("{\"resourceType\":\"Provenance\",\"signature\":[{\"data\":\"iVBORw0KGgo=\"}]}",
        "bio iVBORw0KGgo=\n");
}

static void what_is_no_resource_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *doc;
        err e;
        uint64_t offset;
    } cases[] = {
        { "{\"a\":1}", ERR_FORMAT, 0 },
        { "[]", ERR_FORMAT, 0 },
        { "{\"resourceType\":\"Patient\",}", ERR_FORMAT, 26 },
        { "{\"resourceType\":\"Patient\"", ERR_FORMAT, 25 },
        { "{\"resourceType\":\"Patient\",\"id\":\"\xFF\"}", ERR_ENCODING, 32 },
        { "{\"resourceType\":\"Binary\",\"data\":\"a\"}", ERR_FORMAT, 33 },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record r;
        struct diag d = { 0 };
        assert_err(format_decode(fhir, view_of_str(cases[i].doc), ENC_UTF8, &arena, &r, &d),
                   cases[i].e);
        assert_int_equal(d.offset, cases[i].offset);
    }
    /* Resources in resources, without end. */
    buf_reset(&out);
    for (int i = 0; i < 100; i++)
        assert_ok(buf_add(&out, VIEW("{\"resourceType\":\"Patient\",\"contained\":[")));
    for (int i = 0; i < 100; i++)
        assert_ok(buf_add(&out, VIEW("]}")));
    struct record r;
    assert_err(format_decode(fhir, buf_view(&out), ENC_UTF8, &arena, &r, NULL), ERR_LIMIT);
}

static void a_fault_says_in_which_element_it_lies(void **state)
{
    (void)state;
    static const struct {
        const char *doc, *element;
    } cases[] = {
        { "{\"a\":1}", "?" },
        { "[]", "?" },
        { "{\"resourceType\":\"Zebra\",\"id\":}", "?.id" },
        { "{\"resourceType\":\"Patient\",}", "Patient.resourceType" },
        { "{\"resourceType\":\"Patient\",\"name\":[{\"given\":[\"a\",\"b\\q\"]}]}",
          "Patient.name[0].given[1]" },
        { "{\"name\":[{},{\"family\":x}],\"resourceType\":\"Patient\"}",
          "?.name[1].family" /* the type would come behind it */ },
        { "{\"resourceType\":\"Patient\",\"Jane Doe\":{\"b\":[x]}}", "Patient.?.?[0]" },
        { "{\"resourceType\":\"Bundle\",\"entry\":[{},{\"resource\":{\"resourceType\":\"Binary\","
          "\"data\":\"a\"}}]}",
          "Bundle.entry[1].resource.data" },
        { "{\"resourceType\":\"Patient\",\"photo\":[{\"contentType\":\"image/png\","
          "\"data\":\"iVBORw0KGgo=\"}]}",
          "Patient.photo[0].data" },
        { "{\"resourceType\":\"Patient\",\"contained\":[{\"id\":\"1\",\"resourceType\":"
          "\"Organization\",\"name\":\"\x01\"}]}",
          "Patient.contained[0].name" },
        { "{\"resourceType\":\"Patient\",\"extension\":[{\"extension\":[{\"extension\":[{"
          "\"extension\":"
          "[{\"extension\":[{\"extension\":[{\"url\":x",
          "Patient.extension[0].extension[0].extension[0].extension[0].extension[0].extension[0]."
          "url" },
        { "{\"resourceType\":\"Patient\",\"extension\":[{\"extension\":[{\"extension\":[{"
          "\"extension\":"
          "[{\"extension\":[{\"extension\":[{\"extension\":[{\"url\":x",
          "Patient.extension[0].extension[0].extension[0].extension[0].extension[0].extension[0]."
          "extens..." },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record r;
        struct diag d = { 0 };
        assert_true(format_decode(fhir, view_of_str(cases[i].doc), ENC_AUTO, &arena, &r, &d));
        assert_string_equal(d.element, cases[i].element);
    }
    struct record r;
    struct diag d = { .input = 1 };
    assert_err(format_decode(fhir, view_of_str(cases[4].doc), ENC_AUTO, &arena, &r, &d),
               ERR_FORMAT);
    buf_reset(&out);
    assert_ok(diag_print(&d, &out));
    assert_true(view_starts(buf_view(&out),
                            VIEW("input 1, byte 50, Patient.name[0].given[1]: not well-formed: ")));
}

static void a_head_tells_fhir(void **state)
{
    (void)state;
    static const struct {
        const char *head, *name;
    } cases[] = {
        { "{\"resourceType\":\"Patient\"}\n{\"resourceType\":\"Patient\"}\n", "ndjson" },
        { "{\"id\":\"1\",\"meta\":{\"x\":[1]},\"resourceType\":\"Patient\"}\n", "ndjson" },
        { "{\n  \"resourceType\": \"Bundle\",\n  \"entry\": [\n", "fhir" },
        { "\xEF\xBB\xBF{\n\"resourceType\":\"Patient\"}", "fhir" },
        { "{\"resourceType\":\"Zebra\"}\n", "jsonl" },
        { "{\"resourceType\":7}\n", "jsonl" },
        { "{\"a\":{\"resourceType\":\"Patient\"}}\n", "jsonl" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++)
        assert_string_equal(format_sniff(view_of_str(cases[i].head))->name, cases[i].name);
    assert_ptr_equal(format_by_name(VIEW("ndjson")), &format_fhir_lines);
}

static err decode_some(void *ctx)
{
    (void)ctx;
    struct arena a;
    struct buf b;
    struct record r;
    struct edits edits[16] = { 0 };
    struct edit all;
    err e = OK;
    arena_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    TRY(format_decode(fhir,
                      VIEW("{\"resourceType\":\"Binary\",\"contentType\":\"text/"
                           "html\",\"data\":\"PHA+T2JpPC9wPg==\","
                           "\"securityContext\":{\"reference\":\"Patient/"
                           "1\",\"display\":\"O\\u00e9\"},\"text\":{\"div\":"
                           "\"<b title='x'>y</b>\"}}"),
                      ENC_UTF8, &a, &r, NULL));
    assert_int_equal(r.n, 5);
    for (uint32_t i = 0; i < r.n; i++)
        if (r.pieces[i].inside) {
            all = (struct edit){ 0, (uint32_t)r.pieces[i].text.n, VIEW("X") };
            edits[i] = (struct edits){ &all, 1 };
        }
    e = format_write(&r, edits, &b, NULL);
    if (e) assert_int_equal(b.n, 0);
out:
    arena_clear(&a);
    buf_clear(&b);
    return e;
}

static void decoding_survives_want_of_memory(void **state)
{
    (void)state;
    faults_in_turn(decode_some, NULL);
}

static int start(void **state)
{
    fhir = &format_fhir;
    return room_start(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_known_by_their_part),
        cmocka_unit_test(addresses_lose_what_is_below_the_state),
        cmocka_unit_test(a_contact_goes_by_its_system_wherever_that_stands),
        cmocka_unit_test(identifiers_go_by_type_then_system_then_holder),
        cmocka_unit_test(dates_have_the_shape_of_their_type),
        cmocka_unit_test(ages_in_years_are_ages),
        cmocka_unit_test(ids_and_references_join),
        cmocka_unit_test(the_role_of_a_display_is_that_of_its_target),
        cmocka_unit_test(whose_a_piece_is_comes_from_the_subject),
        cmocka_unit_test(an_identifier_leads_to_its_patient),
        cmocka_unit_test(a_patient_has_one_number),
        cmocka_unit_test(an_identifier_has_one_role),
        cmocka_unit_test(a_person_has_one_number),
        cmocka_unit_test(codes_are_kept_and_their_words_looked_at),
        cmocka_unit_test(what_is_unknown_is_looked_at),
        cmocka_unit_test(keys_may_come_in_any_order_and_escaped),
        cmocka_unit_test(a_narrative_is_read_as_it_is_seen),
        cmocka_unit_test(what_is_replaced_is_spelled_and_the_rest_untouched),
        cmocka_unit_test(attachments_that_are_text_are_looked_into),
        cmocka_unit_test(a_message_in_an_attachment_keeps_its_marks),
        cmocka_unit_test(attachments_that_are_not_are_refused_or_emptied),
        cmocka_unit_test(what_is_no_resource_is_refused_at_its_place),
        cmocka_unit_test(a_fault_says_in_which_element_it_lies),
        cmocka_unit_test(a_head_tells_fhir),
        cmocka_unit_test(decoding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, start, room_end);
}
