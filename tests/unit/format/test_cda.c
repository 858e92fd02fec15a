/* Clinical documents: which places are pieces and whose, narrative over its markup, and what is refused. */
#include "unit.h"

#include "decode_faults.h"
#include "format/attachment_options.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "pieces.h"
#include "room.h"

static struct record decode(view doc)
{
    struct record r;
    struct diag d = { 0 };
    if (format_decode(&format_cda, doc, ENC_AUTO, &arena, &r, &d)) fail_msg("%s", d.what);
    assert_true(view_eq(r.bytes, doc));
    return r;
}
#define DECODE(literal) decode(VIEW(literal))

static const struct piece *piece_of(const struct record *r, const char *text)
{
    for (uint32_t i = 0; i < r->n; i++)
        if (view_eq(r->pieces[i].text, view_of_str(text))) return &r->pieces[i];
    fail_msg("no piece says %s", text);
    return NULL;
}

static void write_edit(const struct record *r, const char *piece, uint32_t from, uint32_t to,
                       const char *with)
{
    struct edits edits[64] = { 0 };
    struct edit x = { from, to, view_of_str(with) };
    assert_true(r->n <= 64);
    edits[piece_of(r, piece) - r->pieces] = (struct edits){ &x, 1 };
    buf_reset(&out);
    assert_ok(format_write(r, edits, &out, NULL));
}

static void the_patient_is_chosen_by_the_kind_of_number(void **state)
{
    static const struct {
        const char *ids, *patient;
    } cases[] = {
        { "<id root='2.16.840.1.113883.4.1' extension='900112222'/>"
          "<id root='1.2.3.4.5' extension=' 88 '/><id root='1.2.3.4.6' extension='99'/>",
          "88" },
        { "<id nullFlavor='UNK'/><id root='2.16.840.1.113883.4.1' extension='900112222'/>",
          "900112222" },
        { "<id root='1.2.3.4.5'/><id root='1.2.3.4.6' extension='88'/>", "88" },
        { "<id root='1.2.3.4.5'/>", "1.2.3.4.5" },
        { "<id nullFlavor='UNK'/>", "" },
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char text[512];
        int n = snprintf(text, sizeof text,
                         "<ClinicalDocument xmlns='urn:hl7-org:v3'><recordTarget><patientRole>%s"
                         "</patientRole></recordTarget></ClinicalDocument>",
                         cases[i].ids);
        struct record r = decode(view_of(text, (size_t)n));
        if (!view_eq(r.patient, view_of_str(cases[i].patient)))
            fail_msg("%zu: %.*s", i, (int)r.patient.n, r.patient.p);
    }
}

static void a_header_is_taken_apart(void **state)
{
    (void)state;
    struct record r = DECODE(
        "<?xml version=\"1.0\"?>\n"
        "<ClinicalDocument xmlns=\"urn:hl7-org:v3\" xmlns:sdtc=\"urn:hl7-org:sdtc\">\n"
        " <typeId root=\"2.16.840.1.113883.1.3\" extension=\"POCD_HD000040\"/>\n"
        " <id root=\"2.16.840.1.113883.19\" extension=\"D7\"/>\n"
        " <code code=\"34133-9\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"Summary of "
        "Doe\"/>\n"
        " <effectiveTime value=\"20240102030405-0500\"/>\n"
        " <recordTarget><patientRole classCode=\"PAT\">\n"
        "  <id extension=\"M1\" root=\"1.2.3.4\"/><id extension=\"111-22-3333\" "
        "root=\"2.16.840.1.113883.4.1\"/>\n"
        "  <addr use=\"HP\"><streetAddressLine>1 Elm St</streetAddressLine><city>Troy</city>\n"
        "   <state>NY</state><postalCode>12180</postalCode><country>US</country></addr>\n"
        "  <telecom value=\"tel:+1(555)555-0100\" use=\"HP\"/><telecom value=\"mailto:j@x.org\"/>\n"
        "  <patient><name "
        "use=\"L\"><given>Jane</given><given>Q.</given><family>Doe</family></name>\n"
        "   <name><given>Jane</given><family>Roe</family></name>\n"
        "   <administrativeGenderCode code=\"F\" codeSystem=\"2.16.840.1.113883.5.1\"/>\n"
        "   <birthTime value=\"19610615\"/>\n"
        "   <guardian><guardianPerson><name>Mary Doe</name></guardianPerson></guardian>\n"
        "   <birthplace><place><name>Utica</name></place></birthplace></patient>\n"
        "  <providerOrganization><id root=\"2.16.840.1.113883.4.6\"/><name>KG Clinic</name>"
        "</providerOrganization>\n"
        " </patientRole></recordTarget>\n"
        " <author><time value=\"2024\"/><assignedAuthor><id extension=\"99\" "
        "root=\"2.16.840.1.113883.4.6\"/>"
        "<assignedPerson><name>Ann Poe</name></assignedPerson></assignedAuthor></author>\n"
        " <participant><associatedEntity classCode=\"NOK\"><associatedPerson><name>Jim Doe</name>"
        "</associatedPerson></associatedEntity></participant>\n"
        "</ClinicalDocument>\n");
    assert_view(r.patient, "M1");
    assert_view(r.id, "D7");
    assert_pieces(&r, "id LINK 'D7'\n"
                      "effectiveTime DATE '20240102030405-0500'\n"
                      "id MRN patient/1 'M1'\n"
                      "id SSN patient/1 '111-22-3333'\n"
                      "streetAddressLine STREET patient/1 '1 Elm St'\n"
                      "city TOWN patient/1 'Troy'\n"
                      "state STATE patient/1 'NY'\n"
                      "postalCode ZIP patient/1 '12180'\n"
                      "country TEXT 'US'\n"
                      "telecom PHONE patient/1 '+1(555)555-0100'\n"
                      "telecom EMAIL patient/1 'j@x.org'\n"
                      "given GIVEN patient/1 'Jane'\n"
                      "given GIVEN patient/1 'Q.'\n"
                      "family FAMILY patient/1 'Doe'\n"
                      "given GIVEN patient/2 'Jane'\n"
                      "family FAMILY patient/2 'Roe'\n"
                      "birthTime BIRTH patient/1 '19610615'\n"
                      "name NAME relative/3 'Mary Doe'\n"
                      "name TOWN patient 'Utica'\n"
                      "name ORG 'KG Clinic'\n"
                      "time DATE '2024'\n"
                      "id LICENSE clinician/4 '99'\n"
                      "name NAME clinician/4 'Ann Poe'\n"
                      "name NAME relative/5 'Jim Doe'\n");
}

static void narrative_is_one_text_over_its_markup(void **state)
{
    (void)state;
    struct record r = DECODE("<section><title>Notes on J. Doe</title><text>Jo<content ID=\"c1\" "
                             "styleCode=\"Bold Italics\">hn</content> &amp; Ann<!-- Doe -->a\r\n"
                             "<table><tr><td>Poe</td><td>seen<br/>today</td></tr></table></text>"
                             "</section>");
    assert_pieces(&r, "title TEXT 'Notes on J. Doe'\n"
                      " TEXT 'Doe '\n"
                      "text TEXT 'John & Anna⏎⏎Poe⏎seen⏎today'\n");
    const char *text = "John & Anna\n\nPoe\nseen\ntoday";
    write_edit(&r, text, 0, 4, "[N&]");
    assert_view(buf_view(&out),
                "<section><title>Notes on J. Doe</title><text>[N&amp;]<content "
                "ID=\"c1\" styleCode=\"Bold Italics\"></content> &amp; Ann<!-- Doe "
                "-->a\r\n<table><tr><td>Poe</td><td>seen<br/>today</td></tr></table>"
                "</text></section>");
    write_edit(&r, text, 5, 16, "<x>");
    assert_view(buf_view(&out), "<section><title>Notes on J. Doe</title><text>Jo<content ID=\"c1\" "
                                "styleCode=\"Bold Italics\">hn</content> &lt;x&gt;<!-- Doe -->"
                                "<table><tr><td></td><td>seen<br/>today</td></tr></table></text>"
                                "</section>");
    /* A comment in a gap of an edited text, itself edited. */
    struct edits edits[3] = { 0 };
    struct edit all = { 7, 11, VIEW("[B]") }, doe = { 0, 3, VIEW("[C]") };
    edits[2] = (struct edits){ &all, 1 };
    edits[1] = (struct edits){ &doe, 1 };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_true(memmem(out.p, out.n, "&amp; [B]<!-- [C] -->\r\n<table>", 30) != NULL);
}

static void entries_keep_codes_and_give_up_the_rest(void **state)
{
    (void)state;
    struct record r = DECODE(
        "<observation classCode=\"OBS\" moodCode=\"EVN\">"
        "<templateId root=\"2.16.840.1.113883.10.20.22.4.2\" extension=\"2015-08-01\"/>"
        "<id root=\"c6f88321-67ad-11db-bd13-0800200c9a66\"/><id root=\"1.2.3.99\"/>"
        "<code code=\"30313-1\" codeSystem=\"2.16.840.1.113883.6.1\" displayName=\"HGB of M. Doe\">"
        "<originalText>HGB <reference value=\"#r1\"/></originalText></code>"
        "<code code=\"Jane Doe\" displayName=\"Doe\"/>"
        "<effectiveTime><low value=\"19990101\"/><high nullFlavor=\"UNK\"/></effectiveTime>"
        "<value xsi:type=\"PQ\" value=\"13.2\" unit=\"g/dl\"/>"
        "<value xsi:type=\"PQ\" value=\"93\" unit=\"a\"/>"
        "<value xsi:type=\"TS\" value=\"2001\"/><value xsi:type=\"ST\">asked Dr. Poe</value>"
        "<value xsi:type=\"IVL_PQ\"><low value=\"12\" unit=\"g/dl\"/></value>"
        "<reference value=\"http://x.org/1\"/><reference value=\"DOE.pdf\"/>"
        "<interpretationCode code=\"N\" codeSystem=\"2.16.840.1.113883.5.83\"/>"
        "<participant typeCode=\"DEV\"><participantRole classCode=\"MANU\"><id extension=\"UDI1\" "
        "root=\"2.16.840.1.113883.3.3719\"/><playingDevice><manufacturerModelName>X2"
        "</manufacturerModelName></playingDevice></participantRole></participant>"
        "<mystery note=\"call Jane\" n=\"5\"><deep>Doe</deep> after</mystery></observation>");
    assert_pieces(&r, "id LINK 'c6f88321-67ad-11db-bd13-0800200c9a66'\n"
                      "id LINK '1.2.3.99'\n"
                      "originalText TEXT 'HGB'\n"
                      "code TEXT 'Jane Doe'\n"
                      "displayName TEXT 'Doe'\n"
                      "low DATE '19990101'\n"
                      "value AGE '93'\n"
                      "value DATE '2001'\n"
                      "value TEXT 'asked Dr. Poe'\n"
                      "reference URL 'http://x.org/1'\n"
                      "reference NUMBER 'DOE.pdf'\n"
                      "id DEVICE 'UDI1'\n"
                      "manufacturerModelName TEXT 'X2'\n"
                      "note TEXT 'call Jane'\n"
                      "n TEXT '5'\n"
                      "deep TEXT 'Doe'\n"
                      "mystery TEXT 'after'\n");
    assert_int_equal(piece_of(&r, "1.2.3.99")->shape, SHAPE_OID);
    assert_int_equal(piece_of(&r, "c6f88321-67ad-11db-bd13-0800200c9a66")->shape, SHAPE_UUID);
    assert_int_equal(piece_of(&r, "19990101")->shape, SHAPE_DIGITS);
    assert_int_equal(piece_of(&r, "http://x.org/1")->shape, SHAPE_URL);
}

static void attributes_know_their_places(void **state)
{
    (void)state;
    struct record r = DECODE("<a x = 'J&#97;ne &quot;D&quot;'\n y=\"&lt;\"  z=''/>");
    assert_pieces(&r, "x TEXT 'Jane \"D\"'\ny TEXT '<'\n");
    write_edit(&r, "Jane \"D\"", 0, 4, "'<N>'");
    assert_view(buf_view(&out),
                "<a x = '&apos;&lt;N&gt;&apos; &quot;D&quot;'\n y=\"&lt;\"  z=''/>");
    write_edit(&r, "Jane \"D\"", 1, 2, "\n");
    assert_view(buf_view(&out), "<a x = 'J&#10;ne &quot;D&quot;'\n y=\"&lt;\"  z=''/>");
}

static void cdata_comments_and_instructions_are_looked_at(void **state)
{
    (void)state;
    struct record r =
        DECODE("<?note to Jane Doe?><title>a <![CDATA[<Jo & hn>]]> b</title><!--x-->");
    assert_pieces(&r, " TEXT 'to Jane Doe'\ntitle TEXT 'a <Jo & hn> b'\n TEXT 'x'\n");
    write_edit(&r, "a <Jo & hn> b", 3, 10, "[N]");
    assert_view(buf_view(&out), "<?note to Jane Doe?><title>a <![CDATA[<[N]>]]> b</title><!--x-->");
    struct edits edits[3] = { 0 };
    struct edit x = { 3, 10, VIEW("A&B") };
    edits[1] = (struct edits){ &x, 1 };
    assert_err(format_write(&r, edits, &out, NULL), ERR_ENCODING);
}

static void every_encoding_comes_back(void **state)
{
    (void)state;
    struct record r = DECODE("<?xml version='1.0' encoding='ISO-8859-1'?>"
                             "<name k='J\xF6'>J\xF6rg &#8364;<!--\xE4--></name>");
    assert_pieces(&r,
                  "k TEXT 'J\xC3\xB6'\n TEXT '\xC3\xA4'\nname TEXT 'J\xC3\xB6rg \xE2\x82\xAC'\n");
    write_edit(&r, "J\xC3\xB6rg \xE2\x82\xAC", 1, 3, "\xC3\xA9\xC4\x80");
    assert_view(buf_view(&out), "<?xml version='1.0' encoding='ISO-8859-1'?>"
                                "<name k='J\xF6'>J\xE9&#256;rg &#8364;<!--\xE4--></name>");
    r = DECODE("<?xml version='1.0' encoding='windows-1252'?><a>\x80\x93x</a>");
    assert_pieces(&r, "a TEXT '\xE2\x82\xAC\xE2\x80\x9Cx'\n");
    r = decode(
        (view){ "\xFF\xFE<\0a\0 \0b\0=\0'\0\xE9\0'\0>\0J\0&\0l\0t\0;\0n\0<\0/\0a\0>\0", 40 });
    assert_pieces(&r, "b TEXT '\xC3\xA9'\na TEXT 'J<n'\n");
    write_edit(&r, "J<n", 0, 2, "\xC3\xA9");
    assert_true(
        view_eq(buf_view(&out),
                (view){ "\xFF\xFE<\0a\0 \0b\0=\0'\0\xE9\0'\0>\0\xE9\0n\0<\0/\0a\0>\0", 32 }));
}

static void assert_refused(view doc, err code, uint64_t offset)
{
    struct record r;
    struct diag d = { 0 };
    assert_err(format_decode(&format_cda, doc, ENC_AUTO, &arena, &r, &d), code);
    assert_int_equal(d.code, code);
    if (offset) assert_int_equal(d.offset, offset);
}

static void what_can_not_be_taken_apart_is_refused(void **state)
{
    (void)state;
    assert_refused(VIEW("<a><b></a>"), ERR_FORMAT, 8);
    assert_refused(VIEW("<a>&nbsp;</a>"), ERR_FORMAT, 3);
    assert_refused(VIEW("<a/><b/>"), ERR_FORMAT, 4);
    assert_refused(VIEW("<a>\xFF</a>"), ERR_FORMAT, 3);
    assert_refused(VIEW(""), ERR_FORMAT, 0);
    assert_refused(VIEW("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>"), ERR_UNSUPPORTED, 0);
    assert_refused(VIEW("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>"), ERR_UNSUPPORTED, 0);
    assert_refused(VIEW("<?xml version='1.0' encoding='EBCDIC-US'?><a/>"), ERR_UNSUPPORTED, 0);
    assert_refused(
        VIEW("<text mediaType=\"application/pdf\" representation=\"B64\">JVBERi0=</text>"),
        ERR_UNSUPPORTED, 55);
    assert_refused(VIEW("<text representation=\"B64\">JVBE...</text>"), ERR_FORMAT, 27);
    buf_reset(&out);
    for (int i = 0; i < 300; i++)
        assert_ok(buf_add(&out, VIEW("<a>")));
    for (int i = 0; i < 300; i++)
        assert_ok(buf_add(&out, VIEW("</a>")));
    assert_refused(buf_view(&out), ERR_LIMIT, 768);
}

static void what_is_no_text_is_emptied_when_asked_for(void **state)
{
    (void)state;
    static const struct {
        const char *doc, *clean; /* NULL: refused all the same */
    } cases[] = {
        { "<text mediaType=\"application/pdf\" representation=\"B64\">\n JVBERi0=\n </text>",
          "<text mediaType=\"text/plain\" representation=\"B64\">\n W0JJT10=\n </text>" },
        { "<text representation='B64' mediaType='text/rtf'>e1xydGYx\nfQ==<reference value='#n1'/> "
          "</text>",
          "<text representation='B64' mediaType='text/plain'>W0JJT10=<reference value='#n1'/> "
          "</text>" },
        { "<value representation=\"B64\">iVBORw0KGgo=</value>",
          "<value representation=\"B64\">W0JJT10=</value>" },
        { "<text mediaType=\"application/pdf\" representation=\"B64\" "
          "compression=\"DF\">JVBERi0=</text>",
          NULL },
        { "<text mediaType=\"application/pdf\" representation=\"B64\">JVBE<!-- x -->Ri0=</text>",
          NULL },
        { "<text mediaType=\"application/pdf\" representation=\"B64\">e1xydGY...</text>", /* cut off */
          "<text mediaType=\"text/plain\" representation=\"B64\">W0JJT10=</text>" },
    };
    const struct attachment_options drop = { .drop_attachments = true };
    const struct format_options options = { .attachments = &drop };
    const struct format *dropping;
    assert_ok(format_cda.open(&format_cda, &options, VIEW(""), &arena, &dropping, NULL));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        view doc = view_of_str(cases[i].doc);
        struct record r;
        struct diag d = { 0 };
        assert_true(format_decode(&format_cda, doc, ENC_AUTO, &arena, &r, &d) != OK);
        err e = format_decode(dropping, doc, ENC_AUTO, &arena, &r, &d);
        if (!cases[i].clean) assert_true(e != OK);
        if (!cases[i].clean) continue;
        assert_ok(e);
        const struct piece *p = &r.pieces[0];
        assert_int_equal(p->role, ROLE_BIOMETRIC);
        struct edits edits[64] = { 0 };
        struct edit x = { 0, (uint32_t)p->text.n, VIEW("[BIO]") };
        edits[0] = (struct edits){ &x, 1 };
        assert_true(r.n <= 64);
        buf_reset(&out);
        assert_ok(format_write(&r, edits, &out, NULL));
        assert_true(view_eq(buf_view(&out), view_of_str(cases[i].clean)));
    }
    const struct format_options none = { 0 };
    assert_ok(format_cda.open(&format_cda, &none, VIEW(""), &arena, &dropping, NULL));
    assert_ptr_equal(dropping, &format_cda);
}

static void heads_are_known(void **state)
{
    (void)state;
    static const view yes[] = { { "<?xml version=\"1.0\"?><a", 23 },
                                { "\n <ClinicalDocument xmlns=\"urn:hl7-org:v3\"><broken", 48 },
                                { "<recordTarget><a></b>", 21 },
                                { "<x:y xmlns:x='urn:hl7-org:v3'>", 30 },
                                { "<!-- c --><thing>of mine</thing>", 32 },
                                { "\xFF\xFE<\0?\0x\0m\0l\0", 12 } };
    static const view no[] = {
        { "< 5 mg", 6 }, { "<b>not closed", 13 }, { "Dear <name>", 11 }, { "<>", 2 }, { "<", 1 }
    };
    for (size_t i = 0; i < COUNT_OF(yes); i++)
        if (format_sniff(yes[i]) != &format_cda) fail_msg("yes %zu", i);
    for (size_t i = 0; i < COUNT_OF(no); i++)
        if (format_sniff(no[i]) != &format_text) fail_msg("no %zu", i);
}

static void decoding_survives_want_of_memory(void **state)
{
    (void)state;
    decode_in_turn(&format_cda,
                   VIEW("<?xml version='1.0' encoding='ISO-8859-1'?><text x='\xE9'>J\xF6<b>a"
                        "</b>&amp;<!--\xE9--></text>"),
                   3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_patient_is_chosen_by_the_kind_of_number),
        cmocka_unit_test(a_header_is_taken_apart),
        cmocka_unit_test(narrative_is_one_text_over_its_markup),
        cmocka_unit_test(entries_keep_codes_and_give_up_the_rest),
        cmocka_unit_test(attributes_know_their_places),
        cmocka_unit_test(cdata_comments_and_instructions_are_looked_at),
        cmocka_unit_test(every_encoding_comes_back),
        cmocka_unit_test(what_can_not_be_taken_apart_is_refused),
        cmocka_unit_test(what_is_no_text_is_emptied_when_asked_for),
        cmocka_unit_test(heads_are_known),
        cmocka_unit_test(decoding_survives_want_of_memory),
    };
    return cmocka_run_group_tests(tests, room_start, room_end);
}
