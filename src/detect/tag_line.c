#include "detect/tag_line.h"

#include "detect/wordset.h"

enum { HEAD_BACK = 48 };

static const struct wordset_row landmark_rows[] = {
    { "dr dra drs doctor doctora sr sra don dona mr mrs ms prof", MARK_PERSON },
    { "servicio departamento dpto unidad seccion area jefe laboratorio catedra consulta department "
      "dept "
      "division unit service",
      MARK_UNIT },
    { "hospital hosp clinica centro policlinica complejo consorcio fundacion instituto universidad "
      "facultad complexo complejo sanatorio residencia ambulatorio clinic center centre university "
      "institute school",
      MARK_PLACE },
    { "calle c cl avda av avenida avd plaza pza pl paseo p carretera ctra camino ronda rambla via "
      "travesia poligono urbanizacion apartado apdo carrer rua gran autovia barrio glorieta street "
      "st "
      "road rd avenue ave drive dr blvd lane",
      MARK_STREET },
};
static struct wordset landmarks = WORDSET(landmark_rows);

uint32_t tag_line_mark(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    if (t->kind == TOK_NUMBER) return t->len == 5 ? MARK_POST : MARK_NONE;
    if (t->kind == TOK_MARK) return t->hash == '@' ? MARK_MAIL : MARK_NONE;
    if (t->flags & TOK_LOWER && !d->is_caseless) return MARK_NONE;
    return wordset_class(wordset_ready(&landmarks), t);
}

static bool opens_segment(const struct doc *d, uint32_t i)
{
    if (i == 0 || tag_line_gap(d, i) >= 2) return true;
    const struct token *p = &d->tok[i - 1];
    return p->kind == TOK_MARK &&
           (p->hash == ':' || (p->hash == '.' && (d->tok[i].flags & TOK_SPACE)));
}

/* A comma, bracket, or point that is no abbreviation's: "Hospital San Eloy. Avenida …, 5 (Vizcaya)". */
static bool ends_part(const struct doc *d, uint32_t i)
{
    const struct token *t = &d->tok[i];
    return t->kind == TOK_MARK && (t->hash == ',' || t->hash == '(' || t->hash == ';' ||
                                   (t->hash == '.' && i && d->tok[i - 1].len > 3));
}

void tag_line_step(const struct doc *d, uint32_t i, struct tag_line *l)
{
    if (i >= d->n) return;
    if (d->tok[i].flags & TOK_LINE) {
        *l = (struct tag_line){ .first = tag_line_word(d, i), .above = l->first };
    } else {
        l->place++;
        if (l->since) l->since++;
        if (doc_is_mark(d, (int64_t)i - 1, ':') && i > 1 && !(d->tok[i - 1].flags & TOK_LINE)) {
            tag_line_take_head(d, i - 1, l);
            l->segments = 0;
        }
        l->segments += ends_part(d, i - 1);
        const uint32_t mark = tag_line_mark(d, i - 1);
        if (mark) {
            l->mark = mark;
            l->mark_since = 0;
        }
        l->mark_since++;
    }
    l->segment_since++;
    if (opens_segment(d, i)) {
        l->segment = tag_line_word(d, i);
        l->segment_since = 0;
    }
}

void tag_line_at(const struct doc *d, uint32_t i, struct tag_line *l)
{
    uint32_t floor = i > HEAD_BACK ? i - HEAD_BACK : 0, j = i;
    *l = (struct tag_line){ .place = HEAD_BACK };
    const struct token *const tok = d->tok;
    while (j > floor && !(tok[j].flags & TOK_LINE))
        j--;
    if (j > floor && (tok[j].flags & TOK_LINE)) {
        uint32_t k = j - 1;
        while (k > floor && !(tok[k].flags & TOK_LINE))
            k--;
        if (tok[k].flags & TOK_LINE) l->first = tag_line_word(d, k); /* becomes `above` */
    }
    for (; j <= i; j++)
        tag_line_step(d, j, l);
}

void tag_line_heads_at(const struct doc *d, uint32_t i, struct tag_line *l)
{
    const struct token *const tok = d->tok, *t = &tok[i];
    const struct token *const floor = i > HEAD_BACK ? t - HEAD_BACK : tok;
    *l = (struct tag_line){ 0 };
    while (t > floor && !(t->flags & TOK_LINE)) {
        t--;
        if (t->hash != ':' || t->kind != TOK_MARK) continue;
        if (t == tok || t->flags & TOK_LINE) return;
        const uint32_t colon = (uint32_t)(t - tok);
        tag_line_take_head(d, colon, l);
        l->since = i - colon;
        return;
    }
}
