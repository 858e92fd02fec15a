/* csv_roles.c — roles of columns as words: "family", "name/clinician", "code". */
#include "format/csv_inside.h"

static const struct {
    const char *word;
    enum piece_role role;
    enum csv_pass pass;
} words[] = {
    { "text", ROLE_TEXT, CSV_LOOK },         { "id", ROLE_ID, CSV_LOOK },
    { "name", ROLE_NAME, CSV_LOOK },         { "family", ROLE_FAMILY, CSV_LOOK },
    { "given", ROLE_GIVEN, CSV_LOOK },       { "street", ROLE_STREET, CSV_LOOK },
    { "town", ROLE_TOWN, CSV_LOOK },         { "state", ROLE_STATE, CSV_LOOK },
    { "zip", ROLE_ZIP, CSV_LOOK },           { "organization", ROLE_ORGANIZATION, CSV_LOOK },
    { "date", ROLE_DATE, CSV_LOOK },         { "birth", ROLE_BIRTH, CSV_LOOK },
    { "age", ROLE_AGE, CSV_LOOK },           { "phone", ROLE_PHONE, CSV_LOOK },
    { "fax", ROLE_FAX, CSV_LOOK },           { "email", ROLE_EMAIL, CSV_LOOK },
    { "url", ROLE_URL, CSV_LOOK },           { "ip", ROLE_IP, CSV_LOOK },
    { "ssn", ROLE_SSN, CSV_LOOK },           { "mrn", ROLE_MRN, CSV_LOOK },
    { "plan", ROLE_PLAN, CSV_LOOK },         { "account", ROLE_ACCOUNT, CSV_LOOK },
    { "license", ROLE_LICENSE, CSV_LOOK },   { "vehicle", ROLE_VEHICLE, CSV_LOOK },
    { "device", ROLE_DEVICE, CSV_LOOK },     { "biometric", ROLE_BIOMETRIC, CSV_LOOK },
    { "number", ROLE_NUMBER, CSV_LOOK },     { "link", ROLE_LINK, CSV_LOOK },
    { "code", ROLE_TEXT, CSV_CODE },         { "measure", ROLE_TEXT, CSV_MEASURE },
    { "category", ROLE_TEXT, CSV_CATEGORY }, { "keep", ROLE_TEXT, CSV_KEEP },
};
static const char *const people[] = { "",          "patient",  "relative",
                                      "household", "employer", "clinician" };

const char *csv_role_words(void)
{
    return "text id name family given street town state zip organization date birth age phone fax "
           "email url ip ssn mrn plan account license vehicle device biometric number link code "
           "measure category keep";
}

static enum piece_who usual_person(enum piece_role role)
{
    return role < ROLE_NAME || role == ROLE_ORGANIZATION || role == ROLE_LINK ? OF_UNKNOWN
                                                                              : OF_PATIENT;
}

bool csv_role_parse(view v, struct csv_given *out)
{
    size_t slash = view_find_byte(v, 0, '/');
    view word = view_trim(view_sub(v, 0, slash)), who = view_trim(view_sub(v, slash + 1, v.n));
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (!view_eq(word, view_of_str(words[i].word))) continue;
        out->role = words[i].role;
        out->pass = words[i].pass;
        out->who = usual_person(out->role);
        if (slash == v.n) return true;
        if (out->role < ROLE_NAME) return false; /* prose is nobody's */
        for (size_t k = 1; k < COUNT_OF(people); k++) {
            if (!view_eq(who, view_of_str(people[k]))) continue;
            out->who = (enum piece_who)k;
            return true;
        }
        return false;
    }
    return false;
}

err csv_role_print(const struct csv_column *c, struct buf *out)
{
    err e = OK;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        if (words[i].role != c->role || words[i].pass != c->pass) continue;
        TRY(buf_add(out, view_of_str(words[i].word)));
        if (c->role < ROLE_NAME || c->who == usual_person(c->role) || c->who == OF_UNKNOWN)
            return OK;
        TRY(buf_add_char(out, '/'));
        return buf_add(out, view_of_str(people[c->who]));
    }
    BUG_IF(true);
out:
    return e;
}

static err print_dialect(const struct csv_dialect *q, bool has_header, struct buf *out)
{
    err e = OK;
    static const struct {
        char c;
        view name;
    } marks[] = { { ',', { "comma", 5 } }, { ';', { "semicolon", 9 } }, { '\t', { "tab", 3 } },
                  { '|', { "bar", 3 } },   { '"', { "double", 6 } },    { '\'', { "single", 6 } },
                  { 0, { "none", 4 } } };
    const char two[] = { q->delimiter, q->quote };
    TRY(buf_add(out, VIEW("# delimiter ")));
    for (int i = 0; i < 2; i++) {
        if (i) TRY(buf_add(out, VIEW(", quotes ")));
        size_t k = 0;
        while (k < COUNT_OF(marks) && marks[k].c != two[i])
            k++;
        TRY(k < COUNT_OF(marks) ? buf_add(out, marks[k].name) : buf_add_char(out, two[i]));
    }
    TRY(buf_add(out, q->backslash ? VIEW(", escapes with backslash") : VIEW("")));
    TRY(buf_add(out, has_header ? VIEW(", with a header\n") : VIEW(", without a header\n")));
out:
    return e;
}

/* A name that says which column is meant: no other one has it. */
static bool is_only_name(const struct csv *c, uint32_t at)
{
    for (uint32_t i = 0; i < c->n_columns; i++)
        if (i != at && view_eq(c->columns[i].name, c->columns[at].name)) return false;
    return c->columns[at].name.n > 0;
}

err csv_columns_print(const struct csv *c, struct buf *out)
{
    err e = OK;
    TRY(print_dialect(&c->dialect, c->header.n > 0, out));
    TRY(buf_add(out, VIEW("columns:\n")));
    for (uint32_t i = 0; i < c->n_columns; i++) {
        const struct csv_column *column = &c->columns[i];
        TRY(buf_add(out, VIEW("  - name: ")));
        bool is_named = is_only_name(c, i);
        if (is_named) {
            TRY(buf_add_json(out, column->name));
        } else {
            TRY(buf_add(out, VIEW("\"#")));
            TRY(buf_add_u64(out, i + 1));
            TRY(buf_add_char(out, '"'));
        }
        TRY(buf_add(out, VIEW("\n    role: ")));
        TRY(csv_role_print(column, out));
        TRY(buf_add(out, VIEW(" # ")));
        TRY(buf_add(out, view_of_str(column->why)));
        if (!is_named && column->name.n) {
            TRY(buf_add(out, VIEW("; one of several named ")));
            TRY(buf_add_json(out, column->name));
        }
        if (i + 1 == c->patient) TRY(buf_add(out, VIEW("; says whose the row is")));
        TRY(buf_add_char(out, '\n'));
    }
out:
    return e;
}
