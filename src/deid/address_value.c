#include "deid/address_value.h"

#include "deid/piece_value.h"

enum { STATE_WORDS = 3, ZIP_DIGITS = 5, ZIP_LONG = 10, AREA_DIGITS = 3 };

static bool is_gap(char c)
{
    return ascii_is_space(c) || c == ',';
}

/* Without white space and commas at its end. */
static view cut_back(view v)
{
    while (v.n && is_gap(v.p[v.n - 1]))
        v.n--;
    return v;
}

static bool has_digit(view v)
{
    for (size_t i = 0; i < v.n; i++)
        if (ascii_is_digit(v.p[i])) return true;
    return false;
}

/* Where its last word begins. */
static size_t last_word(view v)
{
    size_t from = v.n;
    while (from && !is_gap(v.p[from - 1]))
        from--;
    return from;
}

/* "02139" or "02139-1234" */
static bool is_zip(view v)
{
    if (v.n != ZIP_DIGITS && v.n != ZIP_LONG) return false;
    for (size_t i = 0; i < v.n; i++)
        if (i == ZIP_DIGITS ? v.p[i] != '-' : !ascii_is_digit(v.p[i])) return false;
    return true;
}

/* "021**" */
static bool is_area(view v)
{
    if (v.n != ZIP_DIGITS || !view_eq(view_sub(v, AREA_DIGITS, v.n), VIEW("**"))) return false;
    for (size_t i = 0; i < AREA_DIGITS; i++)
        if (!ascii_is_digit(v.p[i])) return false;
    return true;
}

/* "Boston, District of Columbia": where the state at its end begins; v.n when there is none. */
static size_t state_of(const struct lexicon *l, view v, struct arena *a)
{
    size_t found = v.n;
    view before = v;
    for (unsigned words = 0; words < STATE_WORDS && before.n; words++) {
        size_t from = last_word(before);
        if (piece_is_state(l, view_sub(v, from, v.n), a)) found = from;
        before = view_sub(v, 0, from);
        while (before.n && ascii_is_space(before.p[before.n - 1]))
            before.n--;
        if (before.n && before.p[before.n - 1] == ',') break;
    }
    return found;
}

view address_before_area(const struct lexicon *l, view v, struct arena *a)
{
    size_t at = last_word(v);
    if (!is_area(view_sub(v, at, v.n))) return v;
    view before = cut_back(view_sub(v, 0, at));
    return view_sub(before, 0, state_of(l, before, a));
}

/* What has a number of its own. */
static bool is_unit(view word)
{
    static const char *const units[] = { "apt", "apartment", "unit",  "suite",   "ste",  "room",
                                         "rm",  "box",       "floor", "fl",      "bldg", "lot",
                                         "no",  "#",         "pobox", "building" };
    if (word.n && word.p[word.n - 1] == '.') word.n--;
    for (size_t i = 0; i < COUNT_OF(units); i++)
        if (view_eq_nocase(word, view_of_str(units[i]))) return true;
    return false;
}

static size_t last_comma(view v)
{
    size_t at = v.n;
    while (at && v.p[at - 1] != ',')
        at--;
    return at; /* behind it; 0: none */
}

/* Without a state: is what stands before the number a town behind a comma, or the comma itself? */
static bool may_have_zip(view before, bool is_apart)
{
    size_t comma = last_comma(before);
    view town = view_trim(view_sub(before, comma, before.n));
    if (is_apart) return before.n > 0;
    return comma && town.n && !has_digit(town) && !is_unit(view_sub(town, last_word(town), town.n));
}

static void push(const struct finding *whole, view all, view part, enum finding_part kind,
                 struct finding *out, uint32_t *n)
{
    while (part.n && is_gap(part.p[0]))
        part = view_sub(part, 1, part.n);
    part = cut_back(part);
    if (!part.n) return;
    struct finding f = *whole;
    f.start = whole->start + (uint32_t)(part.p - all.p);
    f.end = f.start + (uint32_t)part.n;
    f.part = (uint8_t)kind;
    out[(*n)++] = f;
}

void address_parts(const struct lexicon *l, view text, const struct finding *whole, struct arena *a,
                   struct finding out[ADDRESS_PARTS], uint32_t *n)
{
    view all = view_sub(text, whole->start, whole->end);
    size_t at = last_word(all);
    view zip = view_sub(all, at, all.n), before = cut_back(view_sub(all, 0, at));
    *n = 0;
    if (!is_zip(zip) || !before.n) return;
    size_t state = state_of(l, before, a);
    bool is_apart = all.p[before.n] == ',';
    if (state == before.n && !may_have_zip(before, is_apart)) return;
    view rest = cut_back(view_sub(before, 0, state));
    size_t comma = last_comma(rest);
    view town = view_sub(rest, comma, rest.n);
    if (comma && !has_digit(town)) {
        push(whole, all, view_sub(rest, 0, comma), (enum finding_part)whole->part, out, n);
        push(whole, all, town, PART_TOWN, out, n);
    } else {
        push(whole, all, rest, (enum finding_part)whole->part, out, n);
    }
    push(whole, all, zip, PART_ZIP, out, n);
}
