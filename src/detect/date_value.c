/* detect/date_value.c — see date_value.h. */
#include "detect/date_value.h"

#include "detect/measure_words.h"

enum {
    V_VALUE = 1, /* what follows is its value, whatever the numbers */
    V_SHARE = 2, /* … a share: 1/2, 3/4 */
    V_COUNT = 8, /* … one of so many: day 4/7 */
    V_LINK = 4,  /* between it and the value, beside measure_words.h's links */
};
static const struct wordset_row rows[] = {
    /* eyes */
    { "iop iops ta tono tonometry goldmann applanation tonopen icare schirmer hertel cupping",
      V_VALUE },
    /* insulin by scale and ratio */
    { "isf icr correction corrections carb carbs ssi sliding crr", V_VALUE },
    /* labour */
    { "effaced effacement dilated dilation cervix sve ftp", V_VALUE },
    /* ventilator */
    { "psv ps cmv simv prvc pcv aprv pip bipap bilevel cpap niv nippv ipap epap avaps cannula",
      V_VALUE },
    /* scores of nursing, anaesthesia, neurology, rheumatology, psychiatry */
    { "aims cpot flacc nips npass aldrete padss bromage rass sas pews mews news meows sofa apache "
      "hinchey mallampati centor ranson sledai pasi easi cdai sdai das tjc sjc swollen tender "
      "joint joints cam camicu arom prom mrc discs lvid basdai haq odi ndi iadl iadls adl adls cdt "
      "minicog rbans cssrs crafft panss bprs cgi esas "
      "pps gds hama hamd vas nrs painad dvprs cries sbs wat gcs nihss mmse moca slums phq gad ciwa "
      "cows epds tinetti barthel fim apgar cage bps wats bpp bang stopbang",
      V_VALUE },
    /* checks of nerves and vessels */
    { "grips grip grasps grasp handgrip csm cms loc pupils perrl pulses reflexes dtrs dtr "
      "strength motor power dorsiflexion plantarflexion twitches twitch tof",
      V_VALUE },
    /* food, and what is filled */
    { "intake meal meals ate eaten eats eating consumed consumes drank tray breakfast lunch dinner "
      "supper snack snacks formula food portion appetite entree bottle",
      V_SHARE },
    { "four", V_SHARE }, /* train of four */
    { "day cycle fx round part chapter slide image question item", V_COUNT },
    { "now today still about approx then r l rt lt od os ou bilat bilaterally left right post pre "
      "tx yesterday vs again",
      V_LINK },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

/* Marks that stand between a name and its value, or between two values of it. */
static bool is_passed_mark(uint32_t cp)
{
    return cp == ':' || cp == '=' || cp == '(' || cp == '-' || cp == '>' || cp == '~' ||
           cp == 0x2192 || cp == '/' || cp == '@';
}

static bool is_share(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    return last == first + 2 && a <= b && (b <= 4 || b == 8 || b == 10);
}

/* "Dr. Ranson 3/5" signs and scores nothing. */
static bool is_person(const struct doc *d, int64_t i)
{
    return doc_bits(d, doc_is_mark(d, i - 1, '.') ? i - 2 : i - 1) & LEX(TITLE);
}

/* ">150" after it: what it corrects for. */
static bool is_scaled(const struct doc *d, uint32_t last)
{
    const int64_t m = (int64_t)last + 1;
    const struct token *n = doc_tok(d, m + 1);
    return (doc_is_mark(d, m, '>') || doc_is_mark(d, m, '<')) && n->kind == TOK_NUMBER &&
           n->len == 3 && !doc_is_mark(d, m + 2, '/') && !doc_joined(d, m + 2); /* ">100k" grew */
}

/* "Bactrim d 6/14": a day of a course of so many. */
static bool is_day_of_course(const struct doc *d, int64_t i, uint32_t last)
{
    const struct token *t = &d->tok[i], *drug = doc_tok(d, i - 1);
    const uint64_t of = d->tok[last].hash;
    return t->len == 1 && t->flags & TOK_LOWER && d->text.p[t->start] == 'd' &&
           drug->kind == TOK_WORD && !doc_joined(d, i) && of % 7 * (of % 5) == 0 && of <= 42;
}

bool date_is_value(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 12 };
    if (is_scaled(d, last)) return true;
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_PARA || (n && d->tok[i + 1].flags & TOK_LINE)) return false;
        if (t->kind == TOK_MARK) {
            if (!is_passed_mark((uint32_t)t->hash)) return false;
            continue;
        }
        if (t->kind == TOK_NUMBER) {
            if (n == 0 || t->len > 3) return false; /* "7/8 3/5": a row */
            continue;
        }
        const uint32_t c = cls(d, i);
        if (c & V_VALUE) return !is_person(d, i);
        if (c & V_SHARE) return is_share(d, first, last);
        if (c & V_COUNT) /* "discharge day 3/14" */
            return n == 0 && d->tok[first].hash <= d->tok[last].hash && d->tok[last].hash <= 12;
        if (n == 0 && is_day_of_course(d, i, last)) return d->tok[first].hash <= d->tok[last].hash;
        if (n > 1 && date_class(d, i) & DATE_AGAINST) return true;
        if (!(c & V_LINK) && !(wordset_class(measure_words(), t) & MW_LINK)) return false;
    }
    return false;
}

bool date_is_after_measured(const struct doc *d, uint32_t first, bool of_event)
{
    const int64_t i = (int64_t)first - 1;
    if (doc_tok(d, i)->kind != TOK_WORD) return false;
    if (doc_bits(d, i) & (LEX(DRUG) | LEX(EPONYM))) return true;
    return !of_event && wordset_class(measure_words(), doc_tok(d, i)) & (MW_BEFORE | MW_PAIR);
}
