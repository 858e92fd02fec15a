/* Tables: how they are cut, what their cells are, and how a cell is written back. */
#include "unit.h"

#include "faults.h"
#include "format/csv.h"
#include "format/formats.h"
#include "format/reader.h"

static struct arena arena;

static const struct csv *open_with(const struct csv_options *o, view head)
{
    struct csv *c = NULL;
    struct diag d = { 0 };
    if (csv_open(&c, o, 0, head, true, &arena, &d)) fail_msg("%s", d.what);
    return c;
}

static struct record decode(const struct csv *c, view row)
{
    struct record r;
    struct diag d = { 0 };
    if (format_decode(&c->format, row, ENC_AUTO, &arena, &r, &d)) fail_msg("%s", d.what);
    return r;
}

/* Rows joined by '|', line ends as they are. */
static void assert_rows(view table, const char *expected)
{
    struct buf out;
    const struct csv *c = open_with(NULL, table);
    buf_init(&out, 4096);
    for (size_t pos = 0; pos < table.n;) {
        assert_ok(buf_add(&out, reader_record(&c->format, table, &pos)));
        assert_ok(buf_add_char(&out, '|'));
    }
    if (!view_eq(buf_view(&out), view_of_str(expected)))
        fail_msg("rows are %.*s, should be %s", (int)out.n, out.p, expected);
    buf_clear(&out);
}

static void quotes_keep_lines_together(void **state)
{
    (void)state;
    assert_rows(VIEW("id,note\n1,\"a\nb\"\n2,c\n"), "id,note\n|1,\"a\nb\"\n|2,c\n|");
    assert_rows(VIEW("id,note\r\n1,\"a \"\"q\"\"\r\nb\"\r\n2,c"),
                "id,note\r\n|1,\"a \"\"q\"\"\r\nb\"\r\n|2,c|");
    assert_rows(VIEW("id,note\r1,\"a\rb\"\r2,c\r"), "id,note\r|1,\"a\rb\"\r|2,c\r|");
    assert_rows(VIEW("\xEF\xBB\xBF\"id\",note\n1,x\n"), "\xEF\xBB\xBF\"id\",note\n|1,x\n|");
    /* A quote within a bare cell is a character: an inch. */
    assert_rows(VIEW("id,note\n1,5'10\" tall\n2,\"c\"\n"), "id,note\n|1,5'10\" tall\n|2,\"c\"\n|");
    assert_rows(VIEW("id\tnote\n1\t\"said \\\"x\\\", \n y\"\n2\tz\n"),
                "id\tnote\n|1\t\"said \\\"x\\\", \n y\"\n|2\tz\n|");
    /* A fault spoils its line and no more. */
    assert_rows(
        VIEW("id,note\n1,x\n2,y\n3,z\n4,z\n5,z\n6,z\n7,z\n8,z\n9,\"a\" b \"c\n10,d\n"),
        "id,note\n|1,x\n|2,y\n|3,z\n|4,z\n|5,z\n|6,z\n|7,z\n|8,z\n|9,\"a\" b \"c\n|10,d\n|");
}

static void a_record_may_come_in_parts(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "id,note\n1,\"a \"\"q\"\" ,\n b\",x\n2,c\n",
        "id,note\n1,\"a\"\n2,\"\"\"\"\n3,\"x\ny\" \n",
    };
    for (size_t t = 0; t < COUNT_OF(tables); t++) {
        view v = view_of_str(tables[t]);
        const struct csv *c = open_with(NULL, v);
        for (size_t pos = 0; pos < v.n;) {
            size_t from = pos, whole = reader_record(&c->format, v, &pos).n;
            for (size_t step = 1; step < 7; step++) {
                uint32_t s = 0;
                size_t at = from, n = 0;
                while (!n) {
                    size_t end = MIN(at + step, v.n);
                    n = c->format.resume(&c->format, view_sub(v, at, end), &s, end == v.n);
                    at = n ? at + n : end;
                }
                assert_int_equal(at - from, whole);
            }
        }
    }
}

static void dialects_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *table;
        char delimiter, quote;
        bool backslash, skip_space;
    } cases[] = {
        { "mrn,name\n1,x\n", ',', '"', false, false },
        { "mrn;name;height\n1;x;1,80\n2;y;1,75\n", ';', '"', false, false },
        { "mrn\tnote\n1\tSmith, John\n", '\t', '"', false, false },
        { "mrn|name|note\n1|a, b|c\n2|a|b\n", '|', '"', false, false },
        { "mrn,note\n1,\"he said \\\"no\\\", twice\"\n", ',', '"', true, false },
        { "mrn,note\n1,'Smith, John'\n2,'Doe, Jane'\n", ',', '\'', false, false },
        { "mrn, note\n1, \"a, b\"\n2, \"c, d\"\n", ',', '"', false, true },
        { "mrn\tnote\n1\t\"open\n2\tx\n3\ty \"z\" w\n", '\t', 0, false, false },
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct csv_dialect *q = &open_with(NULL, view_of_str(cases[i].table))->dialect;
        if (q->delimiter != cases[i].delimiter || q->quote != cases[i].quote ||
            q->backslash != cases[i].backslash || q->skip_space != cases[i].skip_space)
            fail_msg("table %zu: delimiter %d quote %d backslash %d skip %d", i, q->delimiter,
                     q->quote, q->backslash, q->skip_space);
    }
}

static void what_is_given_is_not_guessed(void **state)
{
    (void)state;
    struct csv_options o = { .delimiter = ';', .header = CSV_HEADER_NO };
    const struct csv *c = open_with(&o, VIEW("a,b;c\n1,2;3\n"));
    assert_int_equal(c->n_columns, 2);
    assert_int_equal(c->header.n, 0);
    o = (struct csv_options){ .quote = '-', .header = CSV_HEADER_YES };
    c = open_with(&o, VIEW("mrn,note\n1,\"x\"\n"));
    assert_int_equal(c->dialect.quote, 0);
    assert_view(decode(c, VIEW("1,\"x\"\n")).pieces[1].text, "\"x\"");
    const struct csv_given given[] = {
        { .name = VIEW("note"), .role = ROLE_NAME, .who = OF_CLINICIAN },
        { .name = VIEW("#1"), .pass = CSV_KEEP },
    };
    o = (struct csv_options){ .given = given, .n_given = 2 };
    c = open_with(&o, VIEW("mrn,note\n1,x\n"));
    struct record r = decode(c, VIEW("123456789,x\n"));
    assert_int_equal(r.n, 1);
    assert_int_equal(r.pieces[0].role, ROLE_NAME);
    assert_int_equal(r.pieces[0].who, OF_CLINICIAN);
    struct csv *none;
    struct diag d = { 0 };
    const struct csv_given missing = { .name = VIEW("other"), .line = 7 };
    o = (struct csv_options){ .given = &missing, .n_given = 1 };
    assert_err(csv_open(&none, &o, 0, VIEW("mrn,note\n1,x\n"), true, &arena, &d), ERR_CONFIG);
    assert_int_equal(d.line, 7);
}

static void assert_roles(const char *header, const char *row, const char *expected)
{
    struct buf table, out;
    buf_init(&table, 1 << 16);
    buf_init(&out, 4096);
    assert_ok(buf_add(&table, view_of_str(header)));
    assert_ok(buf_add_char(&table, '\n'));
    for (int i = 0; i < 3; i++) {
        assert_ok(buf_add(&table, view_of_str(row)));
        assert_ok(buf_add_char(&table, '\n'));
    }
    const struct csv *c = open_with(NULL, buf_view(&table));
    for (uint32_t i = 0; i < c->n_columns; i++) {
        if (i) assert_ok(buf_add_char(&out, ' '));
        assert_ok(csv_role_print(&c->columns[i], &out));
    }
    if (!view_eq(buf_view(&out), view_of_str(expected)))
        fail_msg("%s: %.*s, should be %s", header, (int)out.n, out.p, expected);
    buf_clear(&table);
    buf_clear(&out);
}

static void columns_are_known_by_name(void **state)
{
    (void)state;
    assert_roles("mrn,last_name,first_name,dob,ssn,zip,phone,note", "1,a,b,1/2/1950,c,d,e,f",
                 "mrn family given birth ssn zip phone text");
    assert_roles("PatientID,PatLastName,patfirstname,Date of Birth,Home Phone #,EmailAddress",
                 "x1,a,b,c,d,e", "mrn family given birth phone email");
    assert_roles("encounter_id,patient_nbr,race,gender,age,admission_type_id,time_in_hospital",
                 "2278392,8222157,Caucasian,Female,[0-10),6,1",
                 "number mrn category category age code text");
    assert_roles("HADM_ID,SUBJECT_ID,CHARTDATE,CATEGORY,DESCRIPTION,TEXT",
                 "1,2,2101-10-20,Nursing,Report,x", "number mrn date category text text");
    assert_roles("note_id,note_type,note_date,note_text,author,author_npi", "1,a,b,c,d,e",
                 "number category date text name/clinician license/clinician");
    assert_roles("mother_name,emergency_contact_phone,employer,guarantor name,mothers_maiden_name",
                 "a,b,Acme Inc,d,e",
                 "name/relative phone/relative organization/employer name/relative "
                 "family/relative");
    assert_roles("sodium,SBP,hba1c,icd10_code,sex,discharge_disposition,drug_name,birth_weight",
                 "138,120,5.4,E11.9,F,Home,aspirin,3200",
                 "measure measure measure code category category text measure");
    assert_roles("address1,address2,city,state,postal_code,country,insurance_policy_number,account",
                 "a,b,c,MA,02139,US,e,f", "street street town state zip text plan account");
    assert_roles("id,created_at,ip_address,website,device_serial_no,fax", "1,2021-03-04,a,b,c,d",
                 "id date ip url device fax");
}

static void columns_without_a_name_are_known_by_content(void **state)
{
    (void)state;
    struct csv_options o = { .header = CSV_HEADER_NO };
    const struct csv *c =
        open_with(&o, VIEW("219-09-9999,a@b.org,2021-03-04,617-555-0123,10048291,xyz\n"
                           "219-09-9998,c@d.org,2021-03-05,617-555-0124,10048292,12\n"));
    static const enum piece_role roles[] = { ROLE_SSN,   ROLE_EMAIL,  ROLE_DATE,
                                             ROLE_PHONE, ROLE_NUMBER, ROLE_TEXT };
    for (uint32_t i = 0; i < c->n_columns; i++)
        assert_int_equal(c->columns[i].role, roles[i]);
    /* A first row of values is no header, whatever stands in one of its cells. */
    c = open_with(NULL, VIEW("note,1947-04-05\nx,1948-04-05\n"));
    assert_int_equal(c->header.n, 0);
}

static void cells_that_are_no_values_pass(void **state)
{
    (void)state;
    const struct csv *c = open_with(NULL, VIEW("sodium,icd10,sex,unclear\n138,E11.9,F,x\n"));
    struct record r = decode(c, VIEW("<0.5,I10,female,x\n"));
    assert_int_equal(r.n, 1);
    assert_view(r.pieces[0].field, "unclear");
    r = decode(c, VIEW("see Dr. Smith,Smith,Smith,\n"));
    assert_int_equal(r.n, 3);
    r = decode(c, VIEW("219-09-9999,219099999,1/2/1950,y\n"));
    assert_int_equal(r.n, 4);
    assert_int_equal(decode(c, VIEW("10/12/2020,2020-10-12,,\n")).n, 2);
    assert_int_equal(decode(c, VIEW("120/80,4548-4,N/A,\n")).n, 0);
}

static void rows_are_somebodys(void **state)
{
    (void)state;
    const struct csv *c =
        open_with(NULL, VIEW("id,mrn,name,referring_provider,referring_phone,mother_name\n"
                             "1,0048,a,b,c,d\n"));
    struct record r = decode(c, VIEW("n7,00482913,John Smith,Ann Lee,1,Eve\n"));
    assert_view(r.id, "n7");
    assert_view(r.patient, "00482913");
    assert_int_equal(r.pieces[1].person, 1);
    assert_int_equal(r.pieces[2].person, 1);
    assert_int_equal(r.pieces[2].who, OF_PATIENT);
    assert_int_equal(r.pieces[3].person, 2);
    assert_int_equal(r.pieces[4].person, 2);
    assert_int_equal(r.pieces[4].who, OF_CLINICIAN);
    assert_int_equal(r.pieces[5].person, 3);
}

static void header_cells_may_hold_data(void **state)
{
    (void)state;
    view header = VIEW("mrn,date of birth,Smith visit 3/14/2021,hr\n");
    const struct csv *c = open_with(NULL, VIEW("mrn,date of birth,Smith visit 3/14/2021,hr\n"
                                               "1,2,3,4\n"));
    struct record r = decode(c, header);
    assert_int_equal(r.n, 1);
    assert_view(r.pieces[0].text, "Smith visit 3/14/2021");
    assert_int_equal(r.patient.n, 0);
}

static void faults_have_a_place(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        uint32_t column;
        uint64_t offset;
    } cases[] = {
        { "1,a,b\n", 3, 4 }, { "1\n", 2, 1 },         { "1,\"a\" b\n", 2, 6 },
        { "\"1,a\n", 1, 0 }, { "1,\"a\"\"\n", 2, 2 }, { "1,\"a\",\n", 3, 6 },
    };
    const struct csv *c = open_with(NULL, VIEW("mrn,note\n1,x\n"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct record r;
        struct diag d = { 0 };
        view row = view_of_str(cases[i].row);
        assert_err(format_decode(&c->format, row, ENC_AUTO, &arena, &r, &d), ERR_FORMAT);
        if (d.column != cases[i].column || d.offset != cases[i].offset)
            fail_msg("row %zu: column %u, offset %llu", i, d.column, (unsigned long long)d.offset);
    }
    assert_int_equal(decode(c, VIEW("\n")).n, 0);
    assert_int_equal(decode(c, VIEW("\r\n")).n, 0);
    struct record r;
    assert_err(format_decode(&c->format,
                             VIEW("\xFF\xFE"
                                  "a"),
                             ENC_UTF16LE, &arena, &r, NULL),
               ERR_UNSUPPORTED);
}

/* Replaces bytes [start, end) of piece i. */
static void assert_written(const struct csv *c, const char *row, uint32_t i, uint32_t start,
                           uint32_t end, const char *with, const char *expected)
{
    struct record r = decode(c, view_of_str(row));
    struct buf out;
    struct edits edits[8] = { 0 };
    struct edit x = { start, end, view_of_str(with) };
    assert_true(i < r.n);
    buf_init(&out, 4096);
    assert_ok(format_write(&r, edits, &out, NULL));
    assert_true(view_eq(buf_view(&out), view_of_str(row)));
    edits[i] = (struct edits){ &x, 1 };
    buf_reset(&out);
    assert_ok(format_write(&r, edits, &out, NULL));
    if (!view_eq(buf_view(&out), view_of_str(expected)))
        fail_msg("%s became %.*s, should be %s", row, (int)out.n, out.p, expected);
    buf_clear(&out);
}

static void cells_are_written_as_they_were(void **state)
{
    (void)state;
    const struct csv *c = open_with(NULL, VIEW("name,note\nx,y\n"));
    assert_written(c, "John Smith,y\r\n", 0, 5, 10, "Doe", "John Doe,y\r\n");
    assert_written(c, "John Smith,y\n", 0, 0, 10, "Doe, J", "\"Doe, J\",y\n");
    assert_written(c, "5'10\" Smith,y\n", 0, 6, 11, "a,b", "\"5'10\"\" a,b\",y\n");
    assert_written(c, "x,\"a \"\"Smith\"\" b\"\n", 1, 3, 8, "say \"hi\"",
                   "x,\"a \"\"say \"\"hi\"\"\"\" b\"\n");
    assert_written(c, "x,\"line\nSmith\"\n", 1, 5, 10, "[NAME]", "x,\"line\n[NAME]\"\n");
    assert_written(c, "x,\"Smith\"\n", 1, 0, 5, "", "x,\"\"\n");
    assert_written(c, "Jos\xE9 Smith,y\n", 0, 6, 11,
                   "N\xC3\xBA\xC3\xB1"
                   "ez",
                   "Jos\xE9 N\xFA\xF1"
                   "ez,y\n"); /* Windows-1252, guessed by the row */
    /* No formula where there was none. */
    assert_written(c, "Smith,y\n", 0, 0, 5, "=cmd", " =cmd,y\n");
    assert_written(c, "x,\"Smith\"\n", 1, 0, 5, "@a", "x,\" @a\"\n");
    assert_written(c, "+1 617,y\n", 0, 0, 6, "+1 555", "+1 555,y\n");
    assert_written(c, "Smith,y\n", 0, 0, 5, "\"a", "\"\"\"a\",y\n");
    c = open_with(NULL, VIEW("mrn,note\n1,\"he said \\\"no\\\", twice\"\n"));
    assert_written(c, "x,\"\\\"Smith\\\"\"\n", 1, 1, 6, "a\"\\b", "x,\"\\\"a\\\"\\\\b\\\"\"\n");
    c = open_with(NULL, VIEW("mrn\tnote\n1\t\"open\n2\tx\n3\ty \"z\" w\n"));
    assert_written(c, "x\tSmith\n", 1, 0, 5, "a\tb\nc", "x\ta b c\n");
}

static void rare_delimiters_are_found(void **state)
{
    static const char *const tables[] = {
        "mrn~family_name~note\nA12~quux~ok\nB13~quuz~ok\n",
        "mrn^family_name^note\nA12^quux^ok\nB13^quuz^ok\n",
        "mrn\x1F"
        "family_name\x1Fnote\nA12\x1Fquux\x1Fok\n",
        "mrn\x01"
        "family_name\x01note\nA12\x01quux\x01ok\n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tables); i++) {
        const struct csv *c = open_with(NULL, view_of_str(tables[i]));
        assert_int_equal(c->n_columns, 3);
        assert_int_equal(c->columns[1].role, ROLE_FAMILY);
        assert_int_equal(c->dialect.delimiter, tables[i][3]);
    }
    /* Within the cells of a usual table they cut nothing. */
    const struct csv *c = open_with(NULL, VIEW("1,A^B^C\n2,D^E^F\n3,G^H^I\n"));
    assert_int_equal(c->dialect.delimiter, ',');
}

static err open_one(const char *head, char delimiter)
{
    struct csv *c;
    struct diag d = { 0 };
    const struct csv_options o = { .delimiter = delimiter };
    return csv_open(&c, &o, 0, view_of_str(head), true, &arena, &d);
}

static void one_column_that_is_several_is_refused(void **state)
{
    static const char *const hidden[] = {
        "mrn#family_name#city\nA12#quux#Burlingford\n",
        "mrn::family_name::city\nA12::quux::Burlingford\n",
        "mrn:family_name\n",
        "mrn family_name given_name city zip note\nA12 quux vronke Burlingford 05401 ok\n",
        "\"\"\"mrn\"\",\"\"family_name\"\",\"\"zip\"\"\"\n\"\"\"A12\"\",\"\"quux\"\","
        "\"\"05401\"\"\"\n",
    };
    static const char *const one[] = {
        "patient date of birth\n1/2/1950\n2/3/1951\n",
        "full name of the patient\nJohn Smith\nJane Q Doe\n",
        "date/time\n2021-01-01 10:00\n",
        "note\nseen by Dr. Lee: mrn #1, name ok\n",
        "\"Name (last, first)\"\n\"Smith, John\"\n\"Doe, Jane\"\n",
        "name\n",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(hidden); i++) {
        if (open_one(hidden[i], 0) != ERR_FORMAT) fail_msg("hidden %zu", i);
        assert_ok(open_one(hidden[i], ';')); /* somebody says so */
    }
    for (size_t i = 0; i < COUNT_OF(one); i++)
        if (open_one(one[i], 0)) fail_msg("one %zu", i);
}

static void a_table_of_line_ends_has_no_rows(void **state)
{
    (void)state;
    const struct csv *c = open_with(NULL, VIEW("\n"));
    assert_int_equal(decode(c, VIEW("\n")).n, 0);
    assert_int_equal(decode(open_with(NULL, VIEW("\r\n \r\n")), VIEW(" \r\n")).n, 0);
}

static void tables_are_told_from_prose(void **state)
{
    (void)state;
    static const char *const tables[] = {
        "mrn,name,note\n1,a,b\n2,c,d\n",
        "\xEF\xBB\xBFMRN;Name\r\n1;a\r\n",
        "note_id,transcription\nn1,\"a,\nb\"\n",
        "patient_id|visit_date\n1|2\n",
    };
    static const char *const prose[] = {
        "Smith, John\nDoe, Jane\n",
        "Patient name, age 64\nSeen on 3/14, doing well\n",
        "Dear Dr. Lee,\nI saw Mr. Smith, who\n",
        "mrn,name\n",
        "Name: John Smith, MRN 12345\nDOB: 1/2/1950, seen today\n",
        "",
    };
    for (size_t i = 0; i < COUNT_OF(tables); i++)
        if (format_sniff(view_of_str(tables[i])) != &format_csv) fail_msg("table %zu", i);
    for (size_t i = 0; i < COUNT_OF(prose); i++)
        if (format_sniff(view_of_str(prose[i])) != &format_text) fail_msg("prose %zu", i);
    assert_ptr_equal(format_sniff(VIEW("mrn\tnote\n1\tx, y\n2\tz\n")), &format_tsv);
}

static void roles_are_words(void **state)
{
    (void)state;
    struct csv_given g;
    assert_true(csv_role_parse(VIEW("name/clinician"), &g));
    assert_int_equal(g.who, OF_CLINICIAN);
    assert_true(csv_role_parse(VIEW("mrn"), &g));
    assert_int_equal(g.who, OF_PATIENT);
    assert_true(csv_role_parse(VIEW("keep"), &g));
    assert_int_equal(g.pass, CSV_KEEP);
    assert_false(csv_role_parse(VIEW("text/patient"), &g));
    assert_false(csv_role_parse(VIEW("name/nobody"), &g));
    assert_false(csv_role_parse(VIEW("nothing"), &g));
    assert_false(csv_role_parse(VIEW(""), &g));
}

static err fault_run_all(void *ctx)
{
    (void)ctx;
    err e = OK;
    struct arena a;
    struct buf out;
    struct csv *c;
    struct record r;
    const view table = VIEW("mrn,name,note\n1,\"a \"\"b\"\"\",Jos\xE9\n");
    arena_init(&a, 1 << 20);
    buf_init(&out, 4096);
    TRY(csv_open(&c, NULL, 0, table, true, &a, NULL));
    TRY(format_decode(&c->format, view_sub(table, 14, table.n), ENC_AUTO, &a, &r, NULL));
    assert_int_equal(r.n, 3);
    struct edit x = { 0, 1, VIEW("p,q") };
    struct edits edits[3] = { { &x, 1 }, { &x, 1 }, { &x, 1 } };
    TRY(format_write(&r, edits, &out, NULL));
    assert_view(buf_view(&out), "\"p,q\",\"p,q \"\"b\"\"\",\"p,qos\xE9\"\n");
out:
    buf_clear(&out);
    arena_clear(&a);
    return e;
}

static void memory_may_be_short(void **state)
{
    (void)state;
    faults_in_turn(fault_run_all, NULL);
}

static int setup(void **state)
{
    (void)state;
    arena_init(&arena, 64 << 20);
    return 0;
}
static int teardown(void **state)
{
    (void)state;
    arena_clear(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_keep_lines_together),
        cmocka_unit_test(a_record_may_come_in_parts),
        cmocka_unit_test(dialects_are_found),
        cmocka_unit_test(what_is_given_is_not_guessed),
        cmocka_unit_test(columns_are_known_by_name),
        cmocka_unit_test(columns_without_a_name_are_known_by_content),
        cmocka_unit_test(cells_that_are_no_values_pass),
        cmocka_unit_test(rows_are_somebodys),
        cmocka_unit_test(header_cells_may_hold_data),
        cmocka_unit_test(faults_have_a_place),
        cmocka_unit_test(cells_are_written_as_they_were),
        cmocka_unit_test(rare_delimiters_are_found),
        cmocka_unit_test(one_column_that_is_several_is_refused),
        cmocka_unit_test(a_table_of_line_ends_has_no_rows),
        cmocka_unit_test(tables_are_told_from_prose),
        cmocka_unit_test(roles_are_words),
        cmocka_unit_test(memory_may_be_short),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
