/* format/hl7_seats.c — parts made as a person's in a field that is nobody's: whoever fills in a message by hand, or maps
 * it from another system, puts "88^Otterbury^Fenwick" where a telephone or a code belongs. */
#include "format/hl7_inside.h"

enum { NAME_PART_MIN = 3, NUMBER_PART_MAX = 20 };

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

/* "Doe", "O'NEIL", "Smith-Jones": a capital and letters. */
static bool is_name(view v)
{
    if (v.n < NAME_PART_MIN || !((v.p[0] >= 'A' && v.p[0] <= 'Z') || is_high(v.p[0]))) return false;
    for (size_t i = 1; i < v.n; i++)
        if (!ascii_is_alpha(v.p[i]) && !is_high(v.p[i]) && v.p[i] != '-' && v.p[i] != '\'')
            return false;
    return true;
}

static bool is_initial(view v)
{
    return (v.n == 1 || (v.n == 2 && v.p[1] == '.')) && v.p[0] >= 'A' && v.p[0] <= 'Z';
}

/* "77", "A-1048": what a person goes by in a system. */
static bool is_number(view v)
{
    bool has_digit = false;
    for (size_t i = 0; i < v.n; i++) {
        has_digit |= ascii_is_digit(v.p[i]);
        if (!ascii_is_digit(v.p[i]) && !ascii_is_alpha(v.p[i]) && v.p[i] != '-') return false;
    }
    return has_digit && v.n <= NUMBER_PART_MAX;
}

void hl7_seat_take(struct hl7_walk *w, struct hl7_seats *seats, struct hl7_range part,
                   uint32_t n_pieces, uint32_t n_codes)
{
    struct record *r = w->out;
    view v = hl7_bytes(w, part);
    struct piece *p = r->n == n_pieces + 1        ? &r->pieces[n_pieces]
                      : r->n_codes == n_codes + 1 ? &r->codes[n_codes]
                                                  : NULL;
    const bool ends = seats->has_number && seats->names > 1 && is_initial(v);
    if (!p || (!is_number(v) && !is_name(v) && !ends)) {
        *seats = (struct hl7_seats){ 0 };
        return;
    }
    if (is_number(v) || !seats->is_open) {
        *seats = (struct hl7_seats){ .is_open = true, .has_number = is_number(v) };
        w->like_persons++;
    }
    p->like_person = w->like_persons;
    p->like_part = is_number(v) ? 0 : ++seats->names;
    if (ends) *seats = (struct hl7_seats){ 0 };
}
