/* detect/tag_gate_things.c — what stands as medicines, goods, devices and tests stand.
 *
 *     started on Tamolin     s/p Tavi     Lansinoh cream     On Yaz, Sprintec, Apri, Camila
 *     Cereal: Kix, Chex      Spanx. Crocs. Hoka.
 *
 * Makers call things by words that no list has as anything but names, and by new ones every year; the words beside
 * them and the rows they stand in say what they are. */
#include "detect/shape.h"
#include "detect/tag_gate_inside.h"
#include "detect/wordset.h"

bool tag_gate_is_link(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i, ',') || doc_is_word(d, i, VIEW("and")) ||
           doc_is_word(d, i, VIEW("or"));
}

/* "per Vindeau criteria", "Zanzeol, model BH67", "Kalo on formulary", "Carmarsh, 6.", "Lansinoh cream", "Janus normal;": what things have
 * behind them. */
bool tag_gate_has_thing_behind(const struct doc *d, uint32_t last)
{
    enum { ANY = 1, STUFF = 2, FOUND = 4 };
    static const struct wordset_row rows[] = {
        { "model lot size serial ref stent wire plate formulary", ANY },
        { "cream gel ointment lotion soap shampoo powder neb nebs spray drops inhaler patch "
          "patches "
          "infusion infusions injection injections gummies wipes pads regimen escalation cattle "
          "weekly biweekly daily nightly qhs bid tid qid prn "
          "apples pears cookies crackers cereal nut nuts seeds mix puppy",
          STUFF },
        { "stopped held discontinued resumed titrated tapered infused administered placed due "
          "tolerating "
          "normal absent mutated deployed inserted implanted planned removed",
          FOUND },
    };
    static struct wordset set = WORDSET(rows);
    const bool comma = doc_is_mark(d, (int64_t)last + 1, ',');
    const bool on = doc_is_word(d, (int64_t)last + 1, VIEW("on"));
    const uint32_t i = last + 1 + (comma || on);
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->flags & TOK_LINE) return false;
    if (t->kind == TOK_NUMBER && !comma && !on) /* "Quattro 6935M" */
        return t->len > 3 && doc_joined(d, (int64_t)i + 1) &&
               doc_tok(d, (int64_t)i + 1)->kind == TOK_WORD;
    if (t->kind == TOK_NUMBER)
        return comma && t->len < 3 && (doc_ends_line(d, i) || doc_is_mark(d, (int64_t)i + 1, '.'));
    const uint32_t class = wordset_class(wordset_ready(&set), t);
    /* "Movicol x2" */
    if (doc_is_word(d, i, VIEW("x")) && doc_joined(d, (int64_t)i + 1) &&
        doc_is_number(d, (int64_t)i + 1))
        return true;
    /* "Janus normal.", "Ahmed planned;" */
    if (class & FOUND && !comma && !on && t->flags & TOK_LOWER)
        return doc_ends_line(d, i) || doc_is_mark(d, (int64_t)i + 1, '.') ||
               doc_is_mark(d, (int64_t)i + 1, ';') || doc_is_mark(d, (int64_t)i + 1, ',');
    return class & ANY || (class & STUFF && !comma && !on && t->flags & TOK_LOWER) ||
           (!comma && !on && d->lex[i]->bits & LEX(EPONYM_HEAD) && t->flags & TOK_LOWER);
}

/* "s/p Tavi", "r/o Zavan", "c/w Zavan", not the "c/o" of a letter: what was done or is feared. */
static bool is_behind_slashed(const struct doc *d, uint32_t first)
{
    static const struct wordset_row rows[] = { { "s p", 1 }, { "h r o", 2 }, { "c w", 4 } };
    static struct wordset set = WORDSET(rows);
    const struct wordset *w = wordset_ready(&set);
    return first > 2 && doc_is_mark(d, (int64_t)first - 2, '/') && doc_joined(d, first - 1) &&
           doc_joined(d, first - 2) &&
           wordset_class(w, &d->tok[first - 1]) & wordset_class(w, &d->tok[first - 3]);
}

/* "started on Tamolin", "used Nova": what medicines and devices stand behind. "Rides Vespa", "ate Klondike": what goods
 * do. */
static bool is_led_as_given(const struct doc *d, uint32_t first, bool listed)
{
    static const struct wordset_row rows[] = {
        { "on off take takes taking took start starts started starting stop stopped continue "
          "continued continues hold held resume resumed restart restarted increase increased "
          "decrease decreased try tried trial failed give given gave use used uses using prescribe "
          "prescribed prescribes add added switch switched change changed wean weaned taper need "
          "needs",
          1 },
        { "the a an her his their my your our new old", 8 },
        { "rides rode crashed eats ate eating drinks drank drinking smokes smoked smoking snorts "
          "snorted swallowed ingested chews plays played wears wore wearing buys bought eggs "
          "tolerates "
          "tolerated insert inserted implanted deployed",
          1 },
        { "to of for with as against from", 2 },
        { "antibody antibodies exchanged dressed addicted allergic "
          "intolerant allergy reaction "
          "response switched changed dose doses course level "
          "tablet tablets mg treated prescription responding responds responded refractory sample "
          "samples "
          "cost copay relief bleed bleeding rash infusion infusions cycle cycles trial coverage "
          "resistant sensitive susceptible converted transitioned escalated",
          4 },
    };
    static struct wordset set = WORDSET(rows);
    const struct wordset *w = wordset_ready(&set);
    if (!first || d->tok[first].flags & TOK_LINE) return false;
    const uint32_t before = wordset_class(w, &d->tok[first - 1]);
    if (is_behind_slashed(d, first)) return true;
    return before & (listed ? 1 : 1 | 8) ||
           (before & 2 && wordset_class(w, doc_tok(d, (int64_t)first - 2)) & 4);
}

bool tag_gate_is_given(const struct doc *d, uint32_t first)
{
    return is_led_as_given(d, first, false);
}

static bool is_capital(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len > 1 && !(t->flags & TOK_LOWER);
}

/* How many tokens from i on, one way or the other, part two things of a row: "A, B", "A and B", "A, then B". */
static int64_t parting(const struct doc *d, int64_t i, int64_t way)
{
    int64_t n = 0;
    const int64_t end = way > 0 ? i + 1 : i - 1;
    if (doc_is_word(d, i, VIEW("then")) || tag_gate_is_link(d, i)) n++;
    if (n && (doc_is_mark(d, end, ',') ||
              (doc_is_mark(d, i, ',') &&
               (tag_gate_is_link(d, end) || doc_is_word(d, end, VIEW("then"))))))
        n++;
    return n;
}

/* "On Yaz, Sprintec, Apri, Camila": a medicine stands in the row, or a word that leads to medicines before it. */
static bool is_in_row_of_given(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { MOST = 12 };
    int64_t a = first, b = last;
    for (int n = 0; n < MOST && !(doc_tok(d, a)->flags & TOK_LINE); n++) {
        const int64_t k = parting(d, a - 1, -1);
        if (!k || !is_capital(d, a - k - 1)) break;
        a -= k + 1;
        if (doc_bits(d, a) & LEX(DRUG)) return true;
    }
    for (int n = 0; n < MOST; n++) {
        const int64_t k = parting(d, b + 1, 1);
        if (!k || !is_capital(d, b + k + 1) || doc_tok(d, b + k + 1)->flags & TOK_LINE) break;
        b += k + 1;
        if (doc_bits(d, b) & LEX(DRUG)) return true;
    }
    return a < b && is_led_as_given(d, (uint32_t)a, true);
}

/* A word with a capital alone between marks: an item of a row. */
static bool is_any_item(const struct doc *d, int64_t i, char mark)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_WORD || t->len < 2 || t->flags & TOK_LOWER) return false;
    return (doc_opens_line(d, (uint32_t)i) || doc_tok(d, i - 1)->kind == TOK_MARK) &&
           (doc_ends_line(d, (uint32_t)i) || doc_is_mark(d, i + 1, mark) ||
            doc_is_mark(d, i + 1, '.'));
}

/* "Kix; Chex; Cheerios", "Spanx. Crocs. Hoka.": three words, each alone between points or semicolons. */
static bool is_in_row(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { LEAST = 3 };
    for (uint32_t i = first + 1; i <= last; i++) /* "Weaver-Dunn" is one */
        if (!doc_joined(d, i)) return false;
    const char *const marks = ";.";
    for (size_t k = 0; k < 2; k++) {
        uint32_t n = 1;
        for (int64_t i = first; n < LEAST && i >= 2 && !doc_opens_line(d, (uint32_t)i) &&
                                doc_is_mark(d, i - 1, marks[k]) && is_any_item(d, i - 2, marks[k]);
             i -= 2)
            n++;
        for (int64_t i = last;
             n < LEAST && doc_is_mark(d, i + 1, marks[k]) && is_any_item(d, i + 2, marks[k]) &&
             !doc_opens_line(d, (uint32_t)i + 2);
             i += 2)
            n++;
        if (n >= LEAST) return true;
    }
    return false;
}

/* "Cereal: Kix, Chex", "Plants: Angel Trumpet; Jimson": under the head of a row of goods, tests or devices. */
static bool is_under_head_of_things(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { FAR = 16 };
    static const struct wordset_row rows[] = {
        { "diet diets med meds medication medications medicine medicines drug drugs drip drips "
          "test tests "
          "testing labs line lines drain drains tube tubes dressing dressings splint splints cast "
          "suture sutures sign signs score scores scale scales exercise exercises snack snacks "
          "cereal fish plant plants food foods fruit fruits nuts ice juice cheese bread vaccine "
          "vaccines covid flu arm arms "
          "cohort implant implants device devices valve valves graft stent stents pump mask toys "
          "coils wires mesh panel panels assays genes supplements herbs inhalers insulin hobbies "
          "incision incisions procedure procedures surgeries position tick ticks snakes spiders "
          "pets "
          "mattress bed collar brace boot boots shunt anchor cage plate plates screw screws cement "
          "stapler "
          "robot monitor sensor lens lenses harness halo liner pouch ostomy catheter catheters "
          "port "
          "pessary ring patch vac sealant hemostat glue cuff trach oximeter thermometer warmer "
          "cooling "
          "compression cushion walker wheelchair prosthesis orthosis helmet sling nipple bottle "
          "formula fortifier supplement herb vitamin vitamins immunization immunizations food "
          "candy "
          "drink drinks beverage toy tv show shows movie game games music song songs book books "
          "car "
          "vehicle bike tool tools app apps brand knee foot ankle hip flap osteotomy fracture "
          "hernia maneuver stain medium strain organism bacteria virus parasite "
          "pet allergen allergens mold molds grasses trees weeds organisms culture cultures",
          1 },
    };
    static struct wordset set = WORDSET(rows);
    /* "Insulin: Roe to teach" */
    if (!doc_ends_line(d, last) && doc_tok(d, (int64_t)last + 1)->kind != TOK_MARK) return false;
    for (uint32_t i = first, n = 0; n < FAR && !doc_opens_line(d, i); n++) {
        i--;
        if (doc_is_mark(d, i, ':'))
            return wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)i - 1));
        /* "Valve - Evolut" */
        if (doc_is_mark(d, i, '-') && d->tok[i].flags & TOK_SPACE && doc_opens_line(d, i - 1) &&
            wordset_class(wordset_ready(&set), doc_tok(d, (int64_t)i - 1)))
            return true;
        if (doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') || doc_is_mark(d, i, '-')) continue;
        if (d->tok[i].kind != TOK_WORD || d->tok[i].flags & TOK_LOWER) return false;
    }
    return false;
}

bool tag_gate_is_row_of_things(const struct doc *d, uint32_t first, uint32_t last)
{
    if (d->is_caseless) return false;
    return is_under_head_of_things(d, first, last) || is_in_row(d, first, last) ||
           (first == last && is_in_row_of_given(d, first, last));
}

bool tag_gate_is_thing(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { LONG = 20 };
    if (tag_gate_is_row_of_things(d, first, last)) return true;
    if (first != last) return false;
    if (tag_gate_is_link(d, (int64_t)last + 1) && last + 2 < d->n &&
        tag_gate_has_thing_behind(d, last + 2))
        return true; /* "Either Fenso or Kalo on formulary" */
    /* "on Levophed, Vasopressin and Giapreza" */
    if ((tag_gate_is_link(d, (int64_t)first - 1) && doc_bits(d, (int64_t)first - 2) & LEX(DRUG)) ||
        (tag_gate_is_link(d, (int64_t)last + 1) && doc_bits(d, (int64_t)last + 2) & LEX(DRUG)))
        return true;
    return d->tok[first].len > LONG || tag_gate_has_thing_behind(d, last) ||
           (tag_gate_is_given(d, first) && shape_after_possessive(d, last) == last + 1);
}
