#include "extract/labels.h"

#include "clinical/labeler.h"
#include "extract/labels_inside.h"
#include "text/utf8.h"

void label_file_init(struct label_file *f)
{
    *f = (struct label_file){ 0 };
    arena_init(&f->arena, (size_t)4 << 30);
    map_init(&f->by_id, &f->arena);
}

void label_file_clear(struct label_file *f)
{
    arena_clear(&f->arena);
    label_file_init(f);
}

static bool counts(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

bool label_same_name(view a, view b)
{
    size_t i = 0, k = 0;
    for (;; i++, k++) {
        while (i < a.n && !counts(a.p[i]))
            i++;
        while (k < b.n && !counts(b.p[k]))
            k++;
        if (i == a.n || k == b.n) return i == a.n && k == b.n;
        if (ascii_lower(a.p[i]) != ascii_lower(b.p[k])) return false;
    }
}

int label_name_find(const struct label_names *names, view name)
{
    for (uint32_t i = 0; i < names->n; i++)
        if (label_same_name(names->name[i], name)) return (int)i;
    return -1;
}

err label_name_number(struct label_file *f, struct label_names *names, view name, uint32_t *out)
{
    err e = OK;
    int k = label_name_find(names, name);
    if (k < 0) {
        if (names->n == LABEL_NAMES_MAX) return ERR_LIMIT;
        TRY(arena_copy(&f->arena, name, &names->name[names->n]));
        k = (int)names->n++;
    }
    f->has |= UINT64_C(1) << k;
    *out = (uint32_t)k;
out:
    return e;
}

const struct label_row *label_file_find(const struct label_file *f, view id)
{
    uint32_t k;
    return map_get(&f->by_id, id, &k) ? &f->rows[k] : NULL;
}

struct label_cell label_row_cell(const struct label_row *r, uint32_t name)
{
    return r && name < r->n_cells ? r->cells[name] : (struct label_cell){ 0 };
}

bool label_is_unread(view state)
{
    state = view_trim(state);
    return state.n && !view_eq(state, view_of_str(report_state_name(REPORT_READ)));
}

err label_add_row(struct label_file *f, const struct label_row *row, struct diag *d)
{
    err e = OK;
    uint32_t k;
    if (map_get(&f->by_id, row->id, &k))
        return DIAG(d, ERR_FORMAT, "a report's id that stands in the file already");
    struct label_row *v = arena_more(&f->arena, f->rows, sizeof *v, f->n, &f->cap, 256);
    if (!v) return ERR_MEMORY;
    f->rows = v;
    f->rows[f->n] = *row;
    TRY(map_put(&f->by_id, row->id, f->n));
    f->n++;
out:
    return e;
}

static err read_lines(struct label_file *f, struct label_names *names, view rest, struct diag *d)
{
    err e = OK;
    for (uint64_t line = 1; rest.n; line++) {
        size_t end = view_find_byte(rest, 0, '\n');
        view one = view_trim(view_sub(rest, 0, end));
        rest = view_sub(rest, end + 1, rest.n);
        if (one.n == 0) continue;
        e = label_read_json(f, names, one, d);
        if (e) {
            if (d) d->record = line;
            return e;
        }
    }
    return e;
}

err label_file_read(struct label_file *f, view bytes, struct label_names *names, struct diag *d)
{
    if (view_starts(bytes, VIEW("\xEF\xBB\xBF"))) bytes = view_sub(bytes, 3, bytes.n);
    size_t bad = utf8_bad_at(bytes), at = 0;
    if (bad < bytes.n) return DIAG_AT(d, ERR_ENCODING, "not UTF-8", bad, 1);
    while (at < bytes.n && ascii_is_space(bytes.p[at]))
        at++;
    err e = at < bytes.n && bytes.p[at] == '{' ? read_lines(f, names, bytes, d)
                                               : label_read_csv(f, names, bytes, d);
    return e ? DIAG(d, e, "a file of findings") : OK;
}
