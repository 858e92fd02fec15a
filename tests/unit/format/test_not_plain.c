/* What nothing knows and is no plain text all the same: refused; notes that mention such things are not. */
#include "unit.h"

#include "format/not_plain.h"

/* `ascii` in UTF-16, little-endian with its mark. */
static view wide(const char *ascii, char *room)
{
    size_t n = 2;
    memcpy(room, "\xFF\xFE", 2);
    for (; *ascii; ascii++, n += 2)
        memcpy(room + n, (char[2]){ *ascii, 0 }, 2);
    return view_of(room, n);
}

static void refuses(const char *text, const char *what)
{
    static char room[1 << 14];
    struct diag d = { 0 }, w = { 0 };
    assert_err(not_plain_check(view_of_str(text), ENC_UTF8, &d), ERR_UNSUPPORTED);
    if (strncmp(d.what, what, strlen(what)) != 0) fail_msg("\"%s\": %s", text, d.what);
    assert_err(not_plain_check(wide(text, room), ENC_UTF16LE, &w), ERR_UNSUPPORTED);
    if (w.has_offset) assert_int_equal(w.offset, 2 + 2 * d.offset);
    assert_int_equal(mem_in_use(), 0);
}

static void takes(const char *text)
{
    static char room[1 << 14];
    struct diag d = { 0 };
    if (not_plain_check(view_of_str(text), ENC_UTF8, &d)) fail_msg("\"%s\": %s", text, d.what);
    if (not_plain_check(wide(text, room), ENC_UTF16LE, &d))
        fail_msg("wide \"%s\": %s", text, d.what);
    assert_int_equal(mem_in_use(), 0);
}

static void json_with_something_around_it(void **state)
{
    (void)state;
    refuses("// c\n{\"resourceType\":\"Patient\"}", "JSON");
    refuses("\x1E{\"mrn\":\"A12\",\"family_name\":\"quux\"}\n", "JSON");
    refuses("/* export */\n[\n  {\n    \"mrn\" : \"A12\"\n  }\n]\n", "JSON");
    refuses("10:15 INFO received {\"family\": \"quux\"}\n", "JSON");
    refuses("{'family': 'quux'}\n", "JSON");
    refuses("{\"a\":1,}\n", "JSON");
    takes("Patient {John} was \"seen\": well.\n");
    takes("set {\"a\", \"b\"}: both\n");
    takes("{\"\n{ \" {");
}

static void hl7_that_does_not_begin_with_msh(void **state)
{
    (void)state;
    refuses("\x1C\rMSH|^~\\&|A|B\rPID|1||88\r", "HL7");
    refuses("2021-03-04 10:15:00 INFO received:\nMSH|^~\\&|A|B\nPID|1||88\n", "HL7");
    refuses("10:15 INFO MSH|^~\\\\&|A|B\\rPID|1||88", "HL7");
    refuses("EVN|A01|2021\rMSH#^~\\&#A#B#C#D\rPID#1##88###\r", "HL7");
    refuses("PID|1||8837211^^^H^MR||Quux^Vronke\r", "HL7");
    refuses("\vOBX|1|TX|N||quux was seen||||||F", "HL7");
    takes("PID: ruled out | GC: negative\nMSH | FSH | LH | TSH | all normal\n");
    takes("Sent as HL7 (MSH, PID, OBX) to the lab.\nOBX segments were empty.\n");
    takes("PID#1: treated\nIN1");
}

static void documents_of_other_programs(void **state)
{
    (void)state;
    refuses("%PDF-1.4\n1 0 obj<</Length 40>>stream\nBT (John) Tj ET\n", "PDF");
    refuses("\n%PDF-1.7\r1 0 obj", "PDF");
    refuses("%!PS-Adobe-3.0\n(John) show\n", "PDF or PostScript");
    takes("The file began with %PDF-1.4 and could not be printed.\n%PDF-less\n");
    refuses("{\\rtf1\\ansi {\\b Zbig}niew}", "RTF");
    refuses("Note: {\\rtf1{\\fonttbl}Zbig}", "RTF");
    takes("A file with {\\rtf in it, or {\\rtf1 and more, was sent.\n{\\rtf1");
    refuses("<html><body><p>Mr. John Sm<b>ith</b>son</p><br></body></html>", "HTML");
    refuses("<!-- saved -->\n<!DOCTYPE HTML>\n<p>John", "HTML");
    refuses("<DIV>Sm<b>i</b>th</DIV><P class=x>seen<br></P>", "HTML");
    takes("Seen today.<br>Stable.<br/>Temp < 38, HR <90, T1<T2.<br>\n");
    takes("Typed <b>bold</b> into the form; the <p> tag showed. E. coli <i>x</i> <i>y</i> "
          "<i>z</i>\n");
    takes("pain <b and <a> and </p> once");
}

static void mail_with_encoded_parts(void **state)
{
    (void)state;
    refuses("Subject: a\nContent-Transfer-Encoding: base64\n\nTXIuIEpvaG4gU21pdGg=", "mail");
    refuses("From: x\ncontent-transfer-encoding:\n QUOTED-PRINTABLE\n\nJ=6Fhn", "mail");
    refuses("Subject: =?utf-8?B?Sm9obiBTbWl0aA==?=\n\nhello\n", "mail");
    takes("Subject: visit\nContent-Transfer-Encoding: 8bit\n\nJohn was seen.\n");
    takes("The header Content-Transfer-Encoding: base64 was wrong. x=?y?B, a=?\n");
    takes("=?");
    takes("=?utf-8?B");
}

/* Plain text in UTF-16 is read; what a format would know if it were UTF-8 is refused. */
static void structure_in_utf16(void **state)
{
    static const char *const structured[] = {
        "{\"resourceType\":\"Patient\",\"id\":\"p1\"}",
        "{\"mrn\":\"A12\",\"family_name\":\"quux\"}\n{\"mrn\":\"A12\",\"family_name\":\"quux\"}\n",
        "mrn\tfamily_name\nA12\tquux\nB13\tquuz\n",
        "mrn,family_name\nA12,quux\nB13,quuz\n",
        "MSH|^~\\&|A|B\rPID|1||88\r",
    };
    static char room[1 << 12];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(structured); i++) {
        struct diag d = { 0 };
        assert_err(not_plain_check(wide(structured[i], room), ENC_UTF16LE, &d), ERR_UNSUPPORTED);
    }
    takes("Patient John Smith was seen.\n");
    takes("");
}

/* Half a unit, half a pair: the decoder says so. */
static void broken_utf16_is_left_to_the_decoder(void **state)
{
    (void)state;
    assert_ok(not_plain_check(view_of("\xFF\xFE{\0\"", 5), ENC_UTF16LE, NULL));
    assert_ok(not_plain_check(view_of("\xFF\xFE\0\xDC", 4), ENC_UTF16LE, NULL));
    assert_int_equal(mem_in_use(), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_with_something_around_it),
        cmocka_unit_test(hl7_that_does_not_begin_with_msh),
        cmocka_unit_test(documents_of_other_programs),
        cmocka_unit_test(mail_with_encoded_parts),
        cmocka_unit_test(structure_in_utf16),
        cmocka_unit_test(broken_utf16_is_left_to_the_decoder),
    };
    return cmocka_run_group_tests_name("format/not_plain", tests, NULL, NULL);
}
