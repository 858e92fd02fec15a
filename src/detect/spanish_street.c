/* spanish_street.c — addresses in Spanish order: "C/ Sol de Abajo, nº 45, 3º B, 28009 Getafe".
 *
 * A type, a name whose words have capitals, a house number; then floor and door, a post code of five digits and
 * the town. Types that are plain words too ("plaza", "camino", and "c/", which means "con" in a hurry) need the
 * number, or a word such as "domicilio" before them. */
#include "detect/spanish_inside.h"

enum { NAME_WORDS = 7, FLOOR_PARTS = 9, TOWN_WORDS = 5, POST_FIRST = 1000, POST_LAST = 52999 };

static bool is_capital(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->flags & TOK_CAP && !(d->shield[i] & SHIELD_TAG);
}

/* A name from token i: capitals with small words between, or any words (`small`). The token after it; i when
 * there is none. */
static uint32_t read_words(const struct doc *d, uint32_t i, uint32_t most, bool small)
{
    uint32_t end = i;
    for (uint32_t j = i, n = 0; n < most && doc_is_on_line(d, j); n++) {
        const uint32_t c = spanish_class(d, j);
        if (c & (ES_CALLS | ES_NUMBER | ES_POST) || (c & ES_IDS && !(c & ES_WEAK))) break;
        if (is_capital(d, j) && (end > i || !(c & ES_PARTICLE))) {
            end = ++j;
            if (doc_is_mark(d, j, '-') && doc_joined(d, j) && doc_joined(d, j + 1)) j++;
            if (doc_is_mark(d, j, '.') && doc_joined(d, j) && d->tok[j - 1].len <= 3 &&
                is_capital(d, j + 1))
                j++; /* "Sta. Ana", "Dr. Fleming" */
        } else if (c & ES_PARTICLE) {
            j++;
        } else if (small && d->tok[j].kind == TOK_WORD && !(c & ES_PLAIN)) {
            end = ++j;
        } else {
            break;
        }
    }
    return end;
}

/* "45", "nº 45", "no 45", "km 14", "12 bis", "s/n" from token i: the token after it, or i. */
static uint32_t read_house(const struct doc *d, uint32_t i)
{
    uint32_t j = i;
    if (doc_is_mark(d, j, ',')) j++;
    if (doc_is_word(d, j, VIEW("s")) && doc_is_mark(d, j + 1, '/') &&
        doc_is_word(d, j + 2, VIEW("n")))
        return doc_is_on_line(d, j) ? j + 3 : i;
    if (spanish_class(d, j) & ES_NUMBER || doc_is_word(d, j, VIEW("no")) ||
        doc_is_word(d, j, VIEW("km"))) {
        j++;
        if (doc_is_mark(d, j, '.')) j++;
        if (doc_tok(d, j)->kind == TOK_WORD && doc_tok(d, j)->flags & TOK_WIDE && doc_joined(d, j))
            j++; /* n.º */
    }
    const struct token *t = doc_tok(d, j);
    if (!doc_is_on_line(d, j) || t->kind != TOK_NUMBER || t->len > 4) return i;
    if (doc_is_mark(d, j + 1, '/') && doc_joined(d, j + 1) && doc_tok(d, j + 2)->len == 2 &&
        doc_is_mark(d, j + 3, '/'))
        return i; /* a date */
    j++;
    if (doc_joined(d, j) && doc_tok(d, j)->kind == TOK_WORD && d->tok[j].len == 1) j++;
    if (doc_is_word(d, j, VIEW("bis"))) j++;
    return j;
}

/* "3º B", "bajo dcha.", "esc. 2", "2-A" from token i: the token after them, or i. */
static uint32_t read_floor(const struct doc *d, uint32_t i)
{
    uint32_t end = i;
    for (uint32_t k = 0, j = i; k < FLOOR_PARTS && doc_is_on_line(d, j); k++) {
        const bool dot = doc_is_mark(d, j, '.') && spanish_class(d, (int64_t)j - 1) & ES_FLOOR;
        if (doc_is_mark(d, j, ',') || doc_is_mark(d, j, '-') || dot) j++;
        const struct token *t = doc_tok(d, j);
        if (!doc_is_on_line(d, j)) break;
        const bool wide = t->kind == TOK_WORD && t->flags & TOK_WIDE && t->len == 2; /* º ª */
        if (t->kind == TOK_NUMBER && t->len <= 2) {
            const bool dash =
                doc_is_mark(d, j + 1, '-') && doc_joined(d, j + 1) && doc_joined(d, j + 2);
            const struct token *after = doc_tok(d, (int64_t)j + 1 + dash);
            const bool ordinal = after->kind == TOK_WORD && after->len <= 2 && doc_joined(d, j + 1);
            const bool door = after->kind == TOK_WORD && after->len == 1 && after->flags & TOK_CAP;
            const bool led = spanish_class(d, (int64_t)j - 1) & ES_FLOOR ||
                             (doc_is_mark(d, (int64_t)j - 1, '.') &&
                              spanish_class(d, (int64_t)j - 2) & ES_FLOOR);
            if (!ordinal && !door && !led && !(doc_is_mark(d, (int64_t)j - 1, '-') && k < 2)) break;
        } else if (t->kind == TOK_WORD && !wide && !(t->len == 1 && t->flags & TOK_CAP && k) &&
                   !(spanish_class(d, j) & ES_FLOOR) && !(t->len <= 2 && doc_joined(d, j))) {
            break;
        } else if (t->kind == TOK_MARK) {
            break;
        }
        end = ++j;
    }
    return end;
}

static bool is_post_code(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_NUMBER && t->len == 5 && t->hash >= POST_FIRST && t->hash <= POST_LAST;
}

/* The post code and town behind an address that ends before token i. */
static err find_town(const struct doc *d, uint32_t i, struct findings *out)
{
    uint32_t j = i;
    bool comma = false;
    while (j - i < 3 && doc_is_on_line(d, j) && d->tok[j].kind == TOK_MARK &&
           d->tok[j].hash < 0x80 && memchr(",.-(", (int)d->tok[j].hash, 4))
        comma |= d->tok[j++].hash != '.';
    if (spanish_class(d, j) & ES_POST) j++;
    if (doc_is_mark(d, j, ':')) j++;
    if (!doc_is_on_line(d, j)) return OK;
    const uint32_t first = j;
    if (is_post_code(d, j))
        j++;
    else if (!comma || spanish_class(d, j))
        return OK;
    const uint32_t code_end = j;
    if (doc_is_mark(d, j, ',') || doc_is_mark(d, j, '-') || doc_is_mark(d, j, '.')) j++;
    uint32_t end = spanish_class(d, j) & ES_PLAIN ? j : read_words(d, j, TOWN_WORDS, false);
    if (end == j || doc_is_mark(d, end, ':')) end = code_end;
    if (end == first) return OK;
    return findings_add(out,
                        doc_finding(d, first, end - 1, LABEL_LOCATION, RULE_PLACE_ADDRESS, 0.85F));
}

/* "Domicilio:", "vive en la" before token i. */
static bool is_led(const struct doc *d, uint32_t i)
{
    int64_t p = (int64_t)i - 1;
    for (int k = 0; k < 2; k++)
        p -= doc_tok(d, p)->kind == TOK_MARK || spanish_class(d, p) & ES_PARTICLE ||
             doc_is_word(d, p, VIEW("en"));
    return spanish_class(d, p) & ES_HOME;
}

err spanish_street_at(const struct doc *d, uint32_t i, uint32_t cls, struct findings *out)
{
    err e = OK;
    uint32_t j = i + 1;
    const bool slash = doc_is_word(d, i, VIEW("c"));
    if (slash && (!doc_is_mark(d, j, '/') || !doc_joined(d, j))) return OK;
    if ((doc_is_mark(d, j, '/') || (doc_is_mark(d, j, '.') && d->tok[i].len <= 4)) &&
        doc_joined(d, j))
        j++;
    const bool led = is_led(d, i);
    const uint32_t name = j;
    uint32_t named = read_words(d, name, NAME_WORDS, false), housed = read_house(d, named);
    if (led && housed == named) { /* "Domicilio: calle del olmo 8" */
        const uint32_t small = read_words(d, name, NAME_WORDS, true), number = read_house(d, small);
        if (number > small) named = small, housed = number;
    }
    if (named == name || (housed == named && !(cls & ES_STREET_SURE) && !led)) return OK;
    const uint32_t end = read_floor(d, housed);
    struct finding f = doc_finding(d, i, end - 1, LABEL_LOCATION,
                                   housed == named ? RULE_STREET_NAME : RULE_STREET_NUMBER, 0.9F);
    f.part = PART_STREET;
    TRY(findings_add(out, f));
    TRY(find_town(d, end, out));
out:
    return e;
}

err spanish_home_at(const struct doc *d, uint32_t i, struct findings *out)
{
    const uint32_t first = i + 2;
    if (!doc_is_word(d, (int64_t)i + 1, VIEW("en")) || !doc_is_on_line(d, first)) return OK;
    if (!is_capital(d, first) || spanish_class(d, first)) return OK;
    const uint32_t end = read_words(d, first, TOWN_WORDS, false);
    if (end == first) return OK;
    return findings_add(out,
                        doc_finding(d, first, end - 1, LABEL_LOCATION, RULE_PLACE_TOLD, 0.85F));
}
