/* HL7 v2: which places are pieces, what they say, where records end, and what is refused. */
#include "unit.h"

#include "decode_faults.h"
#include "format/attachment_options.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/hl7_options.h"
#include "format/reader.h"
#include "pieces.h"
#include "room.h"

#define HEAD "MSH|^~\\&|LAB|||||||42|P|2.5\r"
#define HEAD_PIECES "MSH-3 TEXT 'LAB'\nMSH-10 LINK '42'\n"

static struct record decode_as(enum encoding enc, view message)
{
    struct record r;
    struct diag d = { 0 };
    if (format_decode(&format_hl7, message, enc, &arena, &r, &d)) fail_msg("%s", d.what);
    assert_true(view_eq(r.bytes, message));
    return r;
}
#define DECODE(literal) decode_as(ENC_AUTO, VIEW(literal))

static void assert_refused(view message, err code, const char *segment, uint32_t number,
                           uint32_t field, uint64_t offset)
{
    struct record r;
    struct diag d = { 0 };
    assert_err(format_decode(&format_hl7, message, ENC_AUTO, &arena, &r, &d), code);
    assert_int_equal(d.code, code);
    assert_int_equal(d.segment_number, number);
    assert_int_equal(d.field, field);
    if (segment) assert_string_equal(d.segment, segment);
    if (!segment) assert_null(d.segment);
    if (offset) assert_int_equal(d.offset, offset);
}

static void a_patient_is_taken_apart(void **state)
{
    (void)state;
    struct record r = DECODE(
        HEAD "PID|1||MR1^3^M10^KG&1.2.3&ISO^MR~123456789^^^USA^SS||VAN DOE&VAN&DOE^JANE^Q^JR^DR"
             "^MD^L~ROE^JANE|MOTHER|19610615083000-0500|F||W|1 ELM ST^APT 2^TROY^NY^12180^USA^H"
             "^^RENSSELAER||(518)555-0100^PRN^FX~^NET^Internet^jane@example.org||ENG^English|M"
             "||ACC7|987-65-4321|D123^NY^20200101|||TROY HOSPITAL\r");
    assert_view(r.id, "42");
    assert_view(r.patient, "MR1");
    assert_view(r.marks, "|^~\\&");
    assert_pieces(&r, HEAD_PIECES "PID-3 MRN patient/1 'MR1'\n"
                                  "PID-3 TEXT 'KG'\n"
                                  "PID-3 SSN patient/1 '123456789'\n"
                                  "PID-3 TEXT 'USA'\n"
                                  "PID-5 FAMILY patient/1 'VAN DOE'\n"
                                  "PID-5 FAMILY patient/1 'VAN'\n"
                                  "PID-5 FAMILY patient/1 'DOE'\n"
                                  "PID-5 GIVEN patient/1 'JANE'\n"
                                  "PID-5 GIVEN patient/1 'Q'\n"
                                  "PID-5 TEXT 'JR'\n"
                                  "PID-5 TEXT 'DR'\n"
                                  "PID-5 TEXT 'MD'\n"
                                  "PID-5 FAMILY patient/2 'ROE'\n"
                                  "PID-5 GIVEN patient/2 'JANE'\n"
                                  "PID-6 FAMILY relative/3 'MOTHER'\n"
                                  "PID-7 BIRTH patient/1 '19610615083000-0500'\n"
                                  "PID-11 STREET patient/1 '1 ELM ST'\n"
                                  "PID-11 STREET patient/1 'APT 2'\n"
                                  "PID-11 TOWN patient/1 'TROY'\n"
                                  "PID-11 STATE patient/1 'NY'\n"
                                  "PID-11 ZIP patient/1 '12180'\n"
                                  "PID-11 TOWN patient/1 'RENSSELAER'\n"
                                  "PID-13 FAX patient/1 '(518)555-0100'\n"
                                  "PID-13 TEXT 'Internet'\n"
                                  "PID-13 EMAIL patient/1 'jane@example.org'\n"
                                  "PID-15 TEXT 'English'\n"
                                  "PID-18 ACCOUNT patient/1 'ACC7'\n"
                                  "PID-19 SSN patient/1 '987-65-4321'\n"
                                  "PID-20 LICENSE patient/1 'D123'\n"
                                  "PID-20 DATE patient/1 '20200101'\n"
                                  "PID-23 TOWN patient/1 'TROY HOSPITAL'\n");
    for (uint32_t i = 0; i < r.n; i++) {
        enum piece_role role = r.pieces[i].role;
        enum piece_shape shape = role == ROLE_BIRTH || role == ROLE_DATE ? SHAPE_DIGITS
                                 : role == ROLE_EMAIL                    ? SHAPE_EMAIL
                                 : role == ROLE_LINK                     ? SHAPE_TOKEN
                                                                         : SHAPE_ANY;
        assert_int_equal(r.pieces[i].shape, shape);
        assert_int_equal(r.pieces[i].spelling, SPELL_HL7);
    }
}

/* The piece that says `text`: of which number it is a part, and from which digit. */
static void assert_part(const struct record *r, const char *text, const char *number, uint32_t at)
{
    for (uint32_t i = 0; i < r->n; i++) {
        const struct piece *p = &r->pieces[i];
        if (!view_eq(p->text, view_of_str(text))) continue;
        const struct number_part none = { 0 }, *of = p->part ? p->part : &none;
        if (!view_eq(of->number, view_of_str(number)) || of->at != at)
            fail_msg("%s is of %.*s from %u", text, (int)of->number.n, of->number.p, of->at);
        return;
    }
    fail_msg("no piece %s", text);
}

static void parts_of_a_telephone_number_know_it(void **state)
{
    (void)state;
    struct record r = DECODE(
        HEAD "PID|1|||||||||||||(617)555-2368X22^PRN^PH^^1^617^5552368^22~"
             "^PRN^PH^^1^212^5559876^33~^PRN^PH^^44^20^79460958~(518)555-0100^^^^^304^5550111~"
             "^PRN^PH^^^^5557777~\\X41\\(716)555-4444^^^^^716^5554444\r");
    assert_part(&r, "(617)555-2368X22", "", 0);
    assert_part(&r, "617", "(617)555-2368X22", 0);
    assert_part(&r, "5552368", "(617)555-2368X22", 3);
    assert_part(&r, "22", "(617)555-2368X22", 10);
    assert_part(&r, "212", "2125559876", 0);
    assert_part(&r, "5559876", "2125559876", 3);
    assert_part(&r, "33", "", 0); /* of nothing that is written */
    assert_part(&r, "20", "+442079460958", 2);
    assert_part(&r, "79460958", "+442079460958", 4);
    assert_part(&r, "5550111", "3045550111", 3); /* XTN-1 is another number */
    assert_part(&r, "5557777", "", 0);
    assert_part(&r, "716", "7165554444", 0); /* an escape: not read */
}

static void the_others_have_their_roles(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "NK1|1|DOE^JOHN|SPO^Spouse||555-0101|||||||||||19600101\r"
                                  "PV1|1|I|W1^101^A^KG HOSPITAL||||7^ROE^RICHARD^^^DR^^^^^^^NPI|"
                                  "8^POE^ANNA|||||||||||V9\r"
                                  "GT1|1|G1|DOE^JIM|||||||||123-45-6789||||ACME^BOSS\r"
                                  "IN1|1|PPO|P1|AETNA||||GRP7||||||||DOE^JANE|SEL|19610615||"
                                  "||||||||||||||||POL1\r");
    assert_pieces(&r, HEAD_PIECES "NK1-2 FAMILY relative/1 'DOE'\n"
                                  "NK1-2 GIVEN relative/1 'JOHN'\n"
                                  "NK1-3 TEXT 'Spouse'\n"
                                  "NK1-5 PHONE relative/1 '555-0101'\n"
                                  "NK1-16 BIRTH relative/1 '19600101'\n"
                                  "PV1-3 TEXT 'W1'\n"
                                  "PV1-3 TEXT '101'\n"
                                  "PV1-3 TEXT 'A'\n"
                                  "PV1-3 ORG patient/2 'KG HOSPITAL'\n"
                                  "PV1-7 LICENSE clinician/3 '7'\n"
                                  "PV1-7 FAMILY clinician/3 'ROE'\n"
                                  "PV1-7 GIVEN clinician/3 'RICHARD'\n"
                                  "PV1-7 TEXT 'DR'\n"
                                  "PV1-8 NUMBER clinician/4 '8'\n"
                                  "PV1-8 FAMILY clinician/4 'POE'\n"
                                  "PV1-8 GIVEN clinician/4 'ANNA'\n"
                                  "PV1-19 NUMBER patient/2 'V9'\n"
                                  "GT1-2 ACCOUNT household/5 'G1'\n"
                                  "GT1-3 FAMILY household/5 'DOE'\n"
                                  "GT1-3 GIVEN household/5 'JIM'\n"
                                  "GT1-12 SSN household/5 '123-45-6789'\n"
                                  "GT1-16 FAMILY employer/6 'ACME'\n"
                                  "GT1-16 GIVEN employer/6 'BOSS'\n"
                                  "IN1-3 NUMBER household/7 'P1'\n"
                                  "IN1-4 ORG 'AETNA'\n"
                                  "IN1-8 PLAN household/7 'GRP7'\n"
                                  "IN1-16 FAMILY household/7 'DOE'\n"
                                  "IN1-16 GIVEN household/7 'JANE'\n"
                                  "IN1-18 BIRTH household/7 '19610615'\n"
                                  "IN1-36 PLAN household/7 'POL1'\n");
}

static void prose_is_joined(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "OBX|1|TX|9^Report||Seen by Dr. Ro~ger||||||F\r"
                                  "OBX|2|TX|9^Report||Smith\\.br\\today^with & Co||||||F\r"
                                  "OBX|3|ST|9^Report||other\r"
                                  "NTE|1||Call J\\H\\an\\N\\e~Doe\rNTE|2||soon\r");
    assert_pieces(&r, HEAD_PIECES "OBX-3 TEXT 'Report'\n"
                                  "OBX-3 TEXT 'Report'\n"
                                  "Report TEXT 'Seen by Dr. Ro⏎ger⏎Smith⏎today with   Co'\n"
                                  "OBX-3 TEXT 'Report'\n"
                                  "Report TEXT 'other'\n"
                                  "NTE-3 TEXT 'Call Jane⏎Doe⏎soon'\n");
    /* A name over the end of a segment: the segments stay. */
    struct edit smith = { 15, 24, VIEW("[N|M]") }, jane = { 5, 13, VIEW("[N]") };
    struct edits edits[8] = { [4] = { &smith, 1 }, [7] = { &jane, 1 } };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out), HEAD "OBX|1|TX|9^Report||Seen by Dr. Ro~[N\\F\\M]||||||F\r"
                                     "OBX|2|TX|9^Report||\\.br\\today^with & Co||||||F\r"
                                     "OBX|3|ST|9^Report||other\r"
                                     "NTE|1||Call [N]\\H\\\\N\\~\rNTE|2||soon\r");
}

static void every_escape_means_what_the_standard_says(void **state)
{
    (void)state;
    static const struct {
        const char *in, *text;
    } cases[] = {
        { "a\\F\\b\\S\\c\\R\\d\\E\\e\\T\\f", "a|b^c~d\\e&f" },
        { "x\\.br\\y\\.sp3\\z \\.in+4\\w\\.sk 2\\.", "x\ny\nz  w ." },
        { "Qu\\.ti-2\\xw\\.nf\\or\\.sk1\\th \\.fi\\x", "Qu\nxw\nor\nth  x" },
        { "\\X41\\\\X4a6F\\\\X0D0A\\", "AJo\r\n" },
        { "\\XC3A9\\t\\XE9\\", "\xC3\xA9t\xEF\xBF\xBD" },
        { "\\H\\bold\\N\\", "bold" },
        { "C:\\temp\\x", "C:\\temp\\x" },
        { "\\Zpage\\ \\X4\\ \\Q\\ \\", "\\Zpage\\ \\X4\\ \\Q\\ \\" },
        { "\\C2842\\plain", "plain" },
        { "J\xC3\xBCrgen", "J\xC3\xBCrgen" },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf m;
        buf_init(&m, 4096);
        assert_ok(buf_add(&m, VIEW(HEAD "ZXX|")));
        assert_ok(buf_add(&m, view_of_str(cases[i].in)));
        assert_ok(buf_add(&m, VIEW("|x\r")));
        struct record r = decode_as(ENC_AUTO, buf_view(&m));
        assert_int_equal(r.n, 4);
        if (!view_eq(r.pieces[2].text, view_of_str(cases[i].text)))
            fail_msg("%s: %.*s", cases[i].in, (int)r.pieces[2].text.n, r.pieces[2].text.p);
        buf_clear(&m);
    }
    assert_refused(VIEW(HEAD "ZXX|\\C2D41\\x\r"), ERR_UNSUPPORTED, NULL, 2, 1, sizeof HEAD - 1 + 4);
    assert_refused(VIEW(HEAD "NTE|1||\\M2442\\x\r"), ERR_UNSUPPORTED, "NTE", 2, 3, 0);
}

static void an_edit_of_an_escape_takes_all_of_it(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "ZXX|A\\T\\B\\.br\\C\r");
    assert_view(r.pieces[2].text, "A&B\nC");
    struct edit x = { 1, 2, VIEW("~\n") };
    struct edits edits[3] = { [2] = { &x, 1 } };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out), HEAD "ZXX|A\\R\\\\.br\\B\\.br\\C\r");
}

static void codes_stay_and_what_is_none_is_looked_at(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "PID|1||7|||||M|||||||||Jane Doe lives here\r"
                                  "OBX|1|CE|2345-7^Glucose^LN^12^^L||1234567890^^SCT||~^~||N\r"
                                  "OBX|2|NM|718-7^^LN||1450000|g/dL^gram per deciliter^UCUM|12-16\r"
                                  "OBX|3|SN|1^X||>^90|||\r"
                                  "OBX|4|NM|30525-0^Age^LN||93\r"
                                  "OBX|5|NM|7^Z||call 555-0100\r"
                                  "OBX|6|TM|7^Z||0830\rOBX|7|DT|8^Y||20240102\r");
    assert_pieces(&r, HEAD_PIECES "PID-3 MRN patient/1 '7'\n"
                                  "PID-17 TEXT 'Jane Doe lives here'\n"
                                  "OBX-3 TEXT 'Glucose'\n"
                                  "OBX-9 TEXT 'N'\n"
                                  "OBX-6 TEXT 'gram per deciliter'\n"
                                  "OBX-7 TEXT '12-16'\n"
                                  "OBX-3 TEXT 'X'\n"
                                  "OBX-3 TEXT 'Age'\n"
                                  "OBX-5 AGE '93'\n"
                                  "OBX-3 TEXT 'Z'\n"
                                  "OBX-5 TEXT 'call 555-0100'\n"
                                  "OBX-3 TEXT 'Z'\n"
                                  "OBX-3 TEXT 'Y'\n"
                                  "OBX-5 DATE '20240102'\n");
    /* They are kept apart from the pieces: what looks like one, by its place. */
    static const struct {
        const char *text;
        bool has_system, is_fixed;
    } codes[] = {
        { "M", false, false },         { "CE", false, false },  { "2345-7", true, false },
        { "LN", false, false },        { "12", false, false },  { "L", false, false },
        { "1234567890", true, false }, { "SCT", false, false },
    };
    uint32_t at = 0, found = 0;
    for (uint32_t i = 0; i < r.n_codes; i++) {
        assert_true(r.codes[i].base >= at);
        at = r.codes[i].base;
        for (size_t k = 0; k < COUNT_OF(codes); k++)
            found += view_eq(r.codes[i].text, view_of_str(codes[k].text)) &&
                     r.codes[i].has_system == codes[k].has_system &&
                     r.codes[i].is_fixed == codes[k].is_fixed;
    }
    assert_true(found >= COUNT_OF(codes));
}

static void assert_like(const struct piece *p, uint32_t n, const char *text, uint32_t like,
                        uint32_t part)
{
    for (uint32_t i = 0; i < n; i++) {
        if (!view_eq(p[i].text, view_of_str(text))) continue;
        assert_int_equal(p[i].like_person, like);
        assert_int_equal(p[i].like_part, part);
        return;
    }
    fail_msg("'%s' is not there", text);
}

/* A field that is nobody's, made as a person's is; that of a person is not marked. */
static void parts_made_as_a_person_are_marked(void **state)
{
    (void)state;
    struct record r =
        DECODE(HEAD "OBR|1|||718-7^Glucose^LN|||||||||||771^MARSWELL^OTIS^Q^MD|5^OAK^ANN\r"
                    "OBX|1|CE|7^Z||BLD^Blood^^Roe^Jane|||~|||\rOBX|2|CE|7^Z||8^Sugar^L\r");
    assert_like(r.codes, r.n_codes, "718-7", 1, 0);
    assert_like(r.pieces, r.n, "Glucose", 1, 1);
    assert_like(r.codes, r.n_codes, "LN", 0, 0);
    assert_like(r.codes, r.n_codes, "771", 2, 0);
    assert_like(r.codes, r.n_codes, "MARSWELL", 2, 1);
    assert_like(r.pieces, r.n, "OTIS", 2, 2);
    assert_like(r.codes, r.n_codes, "Q", 2, 3);
    assert_like(r.pieces, r.n, "ANN", 0, 0);
    assert_like(r.codes, r.n_codes, "Roe", 5, 1);
    assert_like(r.pieces, r.n, "Jane", 5, 2);
}

/* A word as names are written is no code, nor the system of one. */
static void what_looks_like_a_name_is_looked_at(void **state)
{
    (void)state;
    struct record r =
        DECODE(HEAD "GT1|1||||||||||||||||||||||||||||||||8075000001^Smiles^Minnie\r");
    assert_pieces(&r, HEAD_PIECES "GT1-33 TEXT '8075000001'\n"
                                  "GT1-33 TEXT 'Smiles'\n"
                                  "GT1-33 TEXT 'Minnie'\n");
}

static void unknown_segments_and_fields_are_looked_at(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "ZPD|1|DOE^JANE&Q~ROE|\"\"||19610615\r"
                                  "NTE|1||x||||||more^and~more\rMSA|AA|42\r");
    assert_pieces(&r, HEAD_PIECES "ZPD-1 TEXT '1'\n"
                                  "ZPD-2 TEXT 'DOE JANE Q⏎ROE'\n"
                                  "ZPD-5 TEXT '19610615'\n"
                                  "NTE-9 TEXT 'more and⏎more'\n"
                                  "NTE-3 TEXT 'x'\n"
                                  "MSA-2 LINK '42'\n");
}

static void a_site_says_what_its_fields_hold(void **state)
{
    (void)state;
    static const struct hl7_field_rule rules[] = {
        { .segment = "ZPD", .field = 2, .role = ROLE_TEXT },
        { .segment = "ZPD", .field = 2, .component = 1, .role = ROLE_FAMILY, .who = OF_RELATIVE },
        { .segment = "ZPD", .field = 2, .component = 2, .subcomponent = 1, .role = ROLE_GIVEN },
        { .segment = "ZPD", .field = 4, .role = ROLE_BIRTH, .who = OF_PATIENT },
        { .segment = "PID", .field = 4, .keep = true },
        { .segment = "NTE", .field = 3, .keep = true },
    };
    static const struct hl7_options options = { rules, COUNT_OF(rules) };
    static const struct format_options all = { .hl7 = &options };
    const struct format *f, *none;
    struct record r;
    assert_ok(format_hl7.open(&format_hl7, &all, VIEW(""), &arena, &f, NULL));
    assert_ok(format_decode(f,
                            VIEW(HEAD "ZPD|1|DOE^JANE&Q^x~ROE||19610615\rPID|||1|KEEP ME\r"
                                      "NTE|||kept as it is\r"),
                            ENC_AUTO, &arena, &r, NULL));
    assert_pieces(&r, HEAD_PIECES "ZPD-1 TEXT '1'\n"
                                  "ZPD-2 FAMILY relative 'DOE'\n"
                                  "ZPD-2 GIVEN 'JANE'\n"
                                  "ZPD-2 TEXT 'Q'\n"
                                  "ZPD-2 TEXT 'x'\n"
                                  "ZPD-2 FAMILY relative 'ROE'\n"
                                  "ZPD-4 BIRTH patient '19610615'\n"
                                  "PID-3 MRN patient/1 '1'\n");
    assert_ok(format_hl7.open(&format_hl7, NULL, VIEW(""), &arena, &none, NULL));
    assert_ptr_equal(none, &format_hl7);
}

static void queries_and_their_answers_go_by_the_fields_they_name(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "QPD|Q22^Find^HL7|1|@PID.5.1^DOE~@PID.7^19610615~@PID.3^77^^^KG"
                                  "|12345^^^KG^MR|maybe\r"
                                  "RDF|3|@PID.3^CX^20~PID.5^XPN^40~ZZZ.1^ST^5\r"
                                  "RDT|77|DOE^JO|x y|z\r");
    assert_pieces(&r, HEAD_PIECES "QPD-1 TEXT 'Find'\n"
                                  "QPD-2 TEXT '1'\n"
                                  "QPD-3 FAMILY patient 'DOE'\n"
                                  "QPD-3 BIRTH patient '19610615'\n"
                                  "QPD-3 MRN patient '77'\n"
                                  "QPD-4 MRN '12345'\n"
                                  "QPD-4 TEXT 'KG'\n"
                                  "QPD-5 TEXT 'maybe'\n"
                                  "RDF-2 TEXT '@PID.3'\nRDF-2 TEXT 'CX'\nRDF-2 TEXT '20'\n"
                                  "RDF-2 TEXT 'PID.5'\nRDF-2 TEXT 'XPN'\nRDF-2 TEXT '40'\n"
                                  "RDF-2 TEXT 'ZZZ.1'\nRDF-2 TEXT 'ST'\nRDF-2 TEXT '5'\n"
                                  "RDT-1 MRN patient '77'\n"
                                  "RDT-2 FAMILY patient/1 'DOE'\n"
                                  "RDT-2 GIVEN patient/1 'JO'\n"
                                  "RDT-3 TEXT 'x y'\n"
                                  "RDT-4 TEXT 'z'\n");
}

static void base64_is_looked_into(void **state)
{
    (void)state;
    struct record r =
        DECODE(HEAD "OBX|1|ED|1^x||^TEXT^plain^Base64^SGksIEouIERvZQ==~^TEXT^XML^Base64"
                    "^PGE+SjxiPm88L2I+PC9hPg==||||||F\r");
    assert_pieces(&r, HEAD_PIECES "OBX-3 TEXT 'x'\n"
                                  "OBX-5 TEXT 'Hi, J. Doe'\n"
                                  "a TEXT 'Jo'\n");
    struct edit x = { 4, 10, VIEW("[NAME]") };
    struct edits edits[5] = { [3] = { &x, 1 } };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out),
                HEAD "OBX|1|ED|1^x||^TEXT^plain^Base64^SGksIFtOQU1FXQ==~^TEXT^XML^Base64"
                     "^PGE+SjxiPm88L2I+PC9hPg==||||||F\r");
    assert_refused(VIEW(HEAD "OBX|1|ED|1^x||^IM^PNG^Base64^iVBORw0KGgo=\r"), ERR_UNSUPPORTED, "OBX",
                   2, 5, sizeof HEAD - 1 + 29);
    /* a Patient of FHIR */
    r = DECODE(HEAD "OBX|1|ED|1^x||^TEXT^plain^Base64^eyJyZXNvdXJjZVR5cGUiOiJQYXRpZW50IiwibmFtZSI6"
                    "W3siZmFtaWx5IjoiRG9lIn1dfQ==||||||F\r");
    assert_pieces(&r, HEAD_PIECES "OBX-3 TEXT 'x'\n FAMILY patient/1 'Doe'\n");
}

/* A document that is no text, or is cut off, and its type with it; a FHIR resource with its size. */
static void base64_that_is_no_text_is_emptied_when_asked_for(void **state)
{
    (void)state;
    const struct attachment_options drop = { .drop_attachments = true };
    const struct format_options options = { .attachments = &drop };
    const struct format *dropping;
    struct record r;
    assert_ok(format_hl7.open(&format_hl7, &options, VIEW(""), &arena, &dropping, NULL));
    assert_ok(
        format_decode(dropping,
                      VIEW(HEAD "OBX|1|ED|1^x||^IM^PNG^Base64^iVBORw0KGgo=~^AP^pdf^Base64^JVB=A"
                                "||||||F\r"),
                      ENC_AUTO, &arena, &r, NULL));
    assert_pieces(&r, HEAD_PIECES "OBX-3 TEXT 'x'\n"
                                  "OBX-5 BIOMETRIC 'iVBORw0KGgo='\n"
                                  "OBX-5 BIOMETRIC 'JVB=A'\n");
    struct edit one = { 0, 12, VIEW("[BIO]") }, two = { 0, 5, VIEW("[BIO]") };
    struct edits edits[5] = { [3] = { &one, 1 }, [4] = { &two, 1 } };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out), HEAD "OBX|1|ED|1^x||^TEXT^plain^Base64^W0JJT10=~^TEXT^plain^Base64"
                                     "^W0JJT10=||||||F\r");
    assert_refused(VIEW(HEAD "OBX|1|ED|1^x||^AP^pdf^Base64^JVB=A\r"), ERR_FORMAT, "OBX", 2, 5,
                   sizeof HEAD - 1 + 29);
}

static void other_marks_are_as_good(void **state)
{
    (void)state;
    struct record r = DECODE("MSH*$#!%*L$1.2.3$ISO\nPID***7$x*q*D%F$J!S!!$X\n");
    assert_pieces(&r, "MSH-3 TEXT 'L'\n"
                      "PID-3 MRN patient/1 '7'\n"
                      "PID-4 MRN patient/1 'q'\n"
                      "PID-5 FAMILY patient/1 'D'\n"
                      "PID-5 FAMILY patient/1 'F'\n"
                      "PID-5 GIVEN patient/1 'J$!'\n"
                      "PID-5 GIVEN patient/1 'X'\n");
}

static void character_sets_are_read_and_written(void **state)
{
    (void)state;
    struct edit x = { 0, 7, VIEW("Andr\xC3\xA9") };
    struct edits edits[8] = { [2] = { &x, 1 } };
    struct record r = decode_as(ENC_AUTO, VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||8859/1\r"
                                               "ZXX|J\xFCrgen|\\XFC\\\r"));
    assert_view(r.pieces[2].text, "J\xC3\xBCrgen");
    assert_view(r.pieces[3].text, "\xC3\xBC");
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out), "MSH|^~\\&|LAB|||||||42||2.5||||||8859/1\rZXX|Andr\xE9|\\XFC\\\r");
    /* Nothing is said: what it looks like. */
    r = DECODE(HEAD "ZXX|J\xFCrgen\r");
    assert_view(r.pieces[2].text, "J\xC3\xBCrgen");
    /* A name that nobody knows does no harm in a message of ASCII, and stops another. */
    r = DECODE("MSH|^~\\&|LAB|||||||42||2.5||||||ISO IR87\rZXX|x\r");
    assert_int_equal(r.n, 4);
    assert_refused(VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||ISO IR87\rZXX|\x1B$B\r"), ERR_UNSUPPORTED,
                   "MSH", 1, 18, 0);
    assert_refused(VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||~ISO IR87\rZXX|\x1B$B;3\x1B(B\r"),
                   ERR_UNSUPPORTED, "MSH", 1, 18, 0);
    assert_refused(VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||8859/1~ISO IR87\rZXX|\x1B$B;3\x1B(B\r"),
                   ERR_UNSUPPORTED, "MSH", 1, 18, 0);
    assert_refused(VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||UNICODE UTF-8\rZXX|\xFC\r"), ERR_ENCODING,
                   NULL, 0, 0, 50);
    assert_refused((view){ "MSH|^~\\&|a\0b\r", 12 }, ERR_ENCODING, NULL, 0, 0, 10);
}

static void what_is_malformed_is_refused_with_its_place(void **state)
{
    (void)state;
    const uint64_t head = sizeof HEAD - 1;
    assert_refused(VIEW("hello\r"), ERR_FORMAT, NULL, 0, 0, 0);
    assert_refused(VIEW("MSH|\r"), ERR_FORMAT, NULL, 0, 0, 3);
    assert_refused(VIEW("MSH|^^\\&|x\r"), ERR_FORMAT, NULL, 0, 0, 5);
    assert_refused(VIEW("MSH|^~\\A|x\r"), ERR_FORMAT, NULL, 0, 0, 7);
    assert_refused(VIEW("MSH|^~\\&#$%|x\r"), ERR_FORMAT, NULL, 0, 0, 3);
    assert_refused(VIEW(HEAD "ID|1||7\r"), ERR_FORMAT, NULL, 2, 0, head);
    assert_refused(VIEW(HEAD "pid|1||7\r"), ERR_FORMAT, NULL, 2, 0, head);
    assert_refused(VIEW(HEAD "PID^1||7\r"), ERR_FORMAT, NULL, 2, 0, head);
    assert_refused(VIEW(HEAD "P\r"), ERR_FORMAT, NULL, 2, 0, head);
    assert_refused(VIEW("\x0B" HEAD), ERR_FORMAT, NULL, 0, 0, 0);
    assert_refused(VIEW(HEAD "\x1C\r"), ERR_FORMAT, NULL, 0, 0, head);
    assert_refused(VIEW("\x0B" HEAD "\x1C\rmore"), ERR_FORMAT, NULL, 0, 0, head + 2);
    assert_refused(VIEW(HEAD "OBX|1|ED|1^x||^IM^PNG^Hex^89504E47\r"), ERR_UNSUPPORTED, "OBX", 2, 5,
                   head + 26);
    assert_refused(VIEW(HEAD "OBX|1|TX|1^x||SGVsbG8gd29ybGQsIHRoaXMgaXMgYSBsb25nIGxpbmUgb2YgYmFzZTY"
                             "0IHRleHQhISEh\rNTE|1\r"),
                   ERR_UNSUPPORTED, "OBX", 2, 5, 0);
}

static void a_line_feed_alone_is_part_of_prose(void **state)
{
    (void)state;
    struct record r = DECODE(HEAD "OBX|1|TX|1^x||first\nsecond\n\nthird|||||F\r");
    assert_view(r.pieces[3].text, "first\nsecond\n\nthird");
    r = DECODE("MSH|^~\\&|LAB\r\nNTE|1||a\r\n\r\nNTE|2||b\n");
    assert_view(r.pieces[1].text, "a\nb");
    assert_refused(VIEW(HEAD "PID|1||7||DOE\nJOHN\r"), ERR_FORMAT, "PID", 2, 5, 0);
    assert_refused(VIEW("MSH|^~\\&|LAB\nNTE|1||a\nb\n"), ERR_FORMAT, NULL, 3, 0, 0);
}

static void the_patient_is_chosen_by_the_kind_of_number(void **state)
{
    static const struct {
        const char *pid, *patient;
    } cases[] = {
        { "PID|1||VN5501^^^H^VN~8837211^^^H^MR", "8837211" },
        { "PID|1||8837211^^^H^MR~VN5501^^^H^VN", "8837211" },
        { "PID|1||900112222^^^USA^SS~77^^^H^PI~8837211^^^H^mr", "8837211" },
        { "PID|1||77^^^H^PI~900112222^^^USA^SS", "900112222" },
        { "PID|1||M9^^^H^MB~77^^^H^PI", "77" },
        { "PID|1||55^^^H^EPI~A1^^^H^AN", "55" },
        { "PID|1||900112222^^^USA^SS~8837211", "8837211" },
        { "PID|1||\"\"^^^H^MR~77^^^H^PI", "77" },
        { "PID|1||1^^^H^MR~2^^^H^MR", "1" },
        { "PID|1||VN5501^^^H^VN|8837211", "8837211" },
        { "PID|1|8837211|VN5501^^^H^VN", "8837211" },
        { "PID|1||A1^^^H^AN|||||||||||||||A1|900112222", "900112222" },
        { "PID|1||VN5501^^^H^VN~A1^^^H^AN", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf m;
        buf_init(&m, 4096);
        assert_ok(buf_add(&m, VIEW(HEAD)));
        assert_ok(buf_add(&m, view_of_str(cases[i].pid)));
        struct record r = decode_as(ENC_AUTO, buf_view(&m));
        if (!view_eq(r.patient, view_of_str(cases[i].patient)))
            fail_msg("%s: %.*s", cases[i].pid, (int)r.patient.n, r.patient.p);
        buf_clear(&m);
    }
}

static void several_patients_are_told_apart(void **state)
{
    (void)state;
    struct record r =
        DECODE(HEAD "PID|1|A\rNTE|1||a\rPID|2||\"\"|B\rNTE|1||b\rPID|3|A\rNTE|1||c\r");
    assert_view(r.patient, "A");
    assert_pieces(&r, HEAD_PIECES "PID-2 MRN patient/1 'A'\nNTE-3 TEXT 'a'\n"
                                  "PID-4 MRN patient/2 of B 'B'\nNTE-3 TEXT of B 'b'\n"
                                  "PID-2 MRN patient/3 'A'\nNTE-3 TEXT 'c'\n");
}

/* ---- records ---- */

static void assert_records(view input, const char *const *records, size_t n)
{
    for (size_t cut = 0; cut <= input.n; cut++) { /* wherever reading stops in between */
        size_t pos = 0;
        for (size_t i = 0; i < n; i++) {
            size_t len = 0, have = MAX(cut, pos), searched = 0;
            while (!(len = format_hl7.split(&format_hl7, view_sub(input, 0, have), pos, searched,
                                            have == input.n))) {
                searched = have - pos;
                assert_true(have < input.n);
                have++;
            }
            if (!view_eq(view_sub(input, pos, pos + len), view_of_str(records[i])))
                fail_msg("record %zu, cut %zu: %.*s", i, cut, (int)len, input.p + pos);
            pos += len;
        }
        assert_int_equal(pos, input.n);
    }
}
#define RECORDS(input, ...)                                                                        \
    assert_records(VIEW(input), (const char *const[]){ __VA_ARGS__ },                              \
                   COUNT_OF(((const char *const[]){ __VA_ARGS__ })))

static void records_end_where_the_next_begins(void **state)
{
    (void)state;
    RECORDS("MSH|^~\\&|a\rPID|MSH|\r\nMSH|^~\\&|b\n\nMSHx|", "MSH|^~\\&|a\rPID|MSH|\r\n",
            "MSH|^~\\&|b\n\nMSHx|");
    RECORDS("\n\xEF\xBB\xBFMSH|^~\\&|a", "\n\xEF\xBB\xBFMSH|^~\\&|a");
    RECORDS("FHS|^~\\&\rBHS|^~\\&\rMSH|^~\\&|a\rMSH|^~\\&|b\r\rBTS|2\rFTS", "FHS|^~\\&\r",
            "BHS|^~\\&\r", "MSH|^~\\&|a\r", "MSH|^~\\&|b\r\r", "BTS|2\r", "FTS");
    RECORDS("\vMSH|^~\\&|a\r\x1C\r\vMSH|^~\\&|b\r\x1C\r\n", "\vMSH|^~\\&|a\r\x1C\r",
            "\vMSH|^~\\&|b\r\x1C\r\n");
    RECORDS("\vMSH|^~\\&|a\rMSH|^~\\&|b\r\x1C\r", "\vMSH|^~\\&|a\r", "MSH|^~\\&|b\r\x1C\r");
}

static void envelopes_are_records_of_their_own(void **state)
{
    (void)state;
    struct record r = DECODE("BHS|^~\\&|LAB|KG HOSPITAL|||20240102||DOE.HL7|to J. Doe|B7\r");
    assert_pieces(&r, "BHS-3 TEXT 'LAB'\nBHS-4 ORG 'KG HOSPITAL'\nBHS-7 DATE '20240102'\n"
                      "BHS-9 NUMBER 'DOE.HL7'\nBHS-10 TEXT 'to J. Doe'\nBHS-11 LINK 'B7'\n");
    r = DECODE("BTS|12|ask Jane\r");
    assert_pieces(&r, "BTS-1 TEXT '12'\nBTS-2 TEXT 'ask Jane'\n");
    r = DECODE("FTS*1\r");
    assert_pieces(&r, "");
    r = DECODE("FTS");
    assert_int_equal(r.n, 0);
}

static void heads_are_known(void **state)
{
    (void)state;
    static const view yes[] = { { "MSH|^~\\&|", 9 },       { "\xEF\xBB\xBFMSH|^", 8 },
                                { "\r\n\vMSH#^~\\&", 12 }, { "FHS|^~\\&|", 9 },
                                { "BHS|^~\\&|", 9 },       { "\xFF\xFEM\0S\0H\0|\0", 10 } };
    static const view no[] = { { "MSH", 3 },
                               { "MSHA|", 5 },
                               { "PID|1", 5 },
                               { "hello", 5 },
                               { "{\"a\":\"MSH|\"}", 12 },
                               { "", 0 },
                               { "MSH experts say", 15 } };
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (format_sniff(yes[i]) != &format_hl7) fail_msg("yes %zu", i);
    for (size_t i = 0; i < COUNT_OF(no); i++)
        if (format_sniff(no[i]) == &format_hl7) fail_msg("no %zu", i);
    assert_ptr_equal(format_by_name(VIEW("hl7")), &format_hl7);
}

static void decoding_survives_want_of_memory(void **state)
{
    (void)state;
    decode_in_turn(&format_hl7,
                   VIEW("MSH|^~\\&|LAB|||||||42||2.5||||||8859/1\r"
                        "PID|||7||D\xF6"
                        "E^JANE\\T\\^\\XFC\\\rOBX||TX|1^x||a~b\r"),
                   8);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_patient_is_taken_apart),
        cmocka_unit_test(parts_of_a_telephone_number_know_it),
        cmocka_unit_test(the_others_have_their_roles),
        cmocka_unit_test(prose_is_joined),
        cmocka_unit_test(every_escape_means_what_the_standard_says),
        cmocka_unit_test(an_edit_of_an_escape_takes_all_of_it),
        cmocka_unit_test(codes_stay_and_what_is_none_is_looked_at),
        cmocka_unit_test(parts_made_as_a_person_are_marked),
        cmocka_unit_test(what_looks_like_a_name_is_looked_at),
        cmocka_unit_test(unknown_segments_and_fields_are_looked_at),
        cmocka_unit_test(a_site_says_what_its_fields_hold),
        cmocka_unit_test(queries_and_their_answers_go_by_the_fields_they_name),
        cmocka_unit_test(base64_is_looked_into),
        cmocka_unit_test(base64_that_is_no_text_is_emptied_when_asked_for),
        cmocka_unit_test(other_marks_are_as_good),
        cmocka_unit_test(character_sets_are_read_and_written),
        cmocka_unit_test(what_is_malformed_is_refused_with_its_place),
        cmocka_unit_test(a_line_feed_alone_is_part_of_prose),
        cmocka_unit_test(the_patient_is_chosen_by_the_kind_of_number),
        cmocka_unit_test(several_patients_are_told_apart),
        cmocka_unit_test(records_end_where_the_next_begins),
        cmocka_unit_test(envelopes_are_records_of_their_own),
        cmocka_unit_test(heads_are_known),
        cmocka_unit_test(decoding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
