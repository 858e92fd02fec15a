/* detect/date_value.c — see date_value.h. */
#include "detect/date_value.h"

#include "detect/measure_words.h"

enum {
    V_VALUE = 1,   /* what follows is its value, whatever the numbers */
    V_SHARE = 2,   /* … a share: 1/2, 3/4 */
    V_COUNT = 8,   /* … one of so many: day 4/7 */
    V_LINK = 4,    /* between it and the value, beside measure_words.h's links */
    V_SIGHT = 16,  /* how far somebody sees: 6/9, 3/60 */
    V_NODES = 32,  /* how many of the nodes that were taken have it: 3/12 */
    V_LIKE = 64,   /* what is said of nodes before their count */
    V_FLUID = 128, /* is given at half its strength */
    V_LATER = 256, /* is to be done in so many days, weeks or months */
    V_SPAN = 512,  /* behind so many of them: ago, course */
    V_DRUGS = 1024,
    V_WIDE = 2048,    /* what follows is a range or a pair, whatever its second number */
    V_SESSION = 4096, /* one of so many treatments */
    V_VISIT = 8192,   /* … if who treats is named before */
    V_THERAPY = 1 << 14,
    V_REGIMEN = 1 << 15, /* cycles of so many days */
    V_ANEW = 1 << 16,    /* the last one was on a day */
    V_RECEPTOR = 1 << 17,
    V_TUMOUR = 1 << 18, /* is told beside receptors */
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
    { "va vn vision visual acuity snellen bcva ucva bscva vod vos var val", V_SIGHT },
    { "nodes ln lns sln slns pn", V_NODES },
    { "removed positive pos involved neg negative harvested examined retrieved", V_LIKE },
    { "ns saline strength lr dns ringer ringers", V_FLUID },
    { "review rv fu fup followup see recheck repeat rpt reassess return again opd tca tci retest "
      "rescan bloods recall rto rtc rtn",
      V_LATER },
    { "ago course courses supply hx", V_SPAN },
    { "pred abx antibiotics antibiotic antivirals steroids vanc mero amox doxy azithro clinda "
      "dapto mica erta gent tobra fluc vori ctx cefaz cefep fluclox benpen coamox",
      V_DRUGS },
    { "er pr", V_RECEPTOR | V_TUMOUR },
    { "her ki allred receptor receptors idc ilc dcis luminal", V_TUMOUR },
    { "flex flexion ext extension arc rom arom prom abduction adduction rotation peep fio spo sao "
      "sat sats saturation o pip pinsp ppk plat pplat neut neuts lymphs eos pmn pmns segs",
      V_WIDE },
    { "allred cit spadi fabq koos hoos lefs oks ohs dash quickdash qdash womac ikdc "
      "tegner asrs",
      V_VALUE },
    { "fx fxn fractions hbo hbot tms rtms ect uvb nbuvb puva sbrt imrt", V_SESSION },
    { "visit visits session", V_VISIT },
    { "pt ot st slp physio chiro rehab acupuncture counselling counseling", V_THERAPY },
    { "vrd rvd krd dpd drd dvd vcd cybord", V_REGIMEN },
    { "last next prior previous first recent since hip rib wrist ankle femur radius humerus tibia "
      "fibula pelvic pelvis clavicle orbital nasal facial vertebral spine compression acetabular "
      "foot hand elbow knee shoulder toe finger metatarsal patella distal proximal mandible skull "
      "stress pathologic pathological open closed burst comminuted displaced nondisplaced",
      V_ANEW },
    { "now today still about approx then r l rt lt od os ou bilat bilaterally left right post pre "
      "tx yesterday vs again",
      V_LINK },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

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

/* "6/18 R.": the eye, and nothing more, behind a line that is no month. */
static bool is_eye_alone(const struct doc *d, uint32_t last)
{
    static const struct wordset_row eye_rows[] = { { "r l re le od os", 1 } };
    static struct wordset eyes = WORDSET(eye_rows);
    const struct token *eye = doc_tok(d, (int64_t)last + 1), *next = doc_tok(d, (int64_t)last + 2);
    return !(eye->flags & TOK_LINE) && eye->flags & TOK_UPPER &&
           wordset_class(wordset_ready(&eyes), eye) &&
           (last + 2 >= d->n || next->flags & TOK_LINE || next->hash == '.' || next->hash == ',');
}

/* "VA on admission 6/9", "Vision CF @ 3/60": by the charts that Europe reads at six metres. */
static bool is_acuity(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 10 };
    static const uint64_t lines[] = { 4, 5, 6, 9, 12, 18, 24, 36, 60 };
    const uint64_t at = d->tok[first].hash, line = d->tok[last].hash;
    bool is_line = false;
    for (size_t k = 0; k < COUNT_OF(lines); k++)
        is_line |= line == lines[k];
    if (last != first + 2 || !is_line || (at != 6 && (at != 3 || line < 24))) return false;
    if (at == 6 && line > 12 && is_eye_alone(d, last)) return true;
    for (int64_t i = (int64_t)first - 1, n = 0; i >= 0 && n < REACH; i--, n++) {
        if (d->tok[i + 1].flags & TOK_LINE || doc_is_mark(d, i, ';')) return false;
        if (cls(d, i) & V_SIGHT) return true;
        const bool then =
            doc_is_word(d, i, VIEW("admission")) || doc_is_word(d, i, VIEW("arrival"));
        if (then && doc_is_word(d, i - 1, VIEW("on")))
            i--;
        else if (date_class(d, i) & (DATE_STRONG | DATE_EVENT | DATE_STUDY))
            return false;
    }
    return false;
}

/* "pN1a (3/12)", "Nodes removed 2/14". */
static bool is_node_count(const struct doc *d, uint32_t first, uint32_t last)
{
    int64_t i = (int64_t)first - 1;
    if (last != first + 2 || d->tok[first].hash > d->tok[last].hash ||
        d->tok[first].flags & TOK_LINE)
        return false;
    if (doc_is_mark(d, i, '(') || doc_is_mark(d, i, ':')) i--;
    if (doc_is_mark(d, i, ')') && doc_is_mark(d, i - 2, '(')) i -= 3; /* pN1 (sn) (1/3) */
    if (cls(d, i) & V_LIKE) i--;
    if (doc_joined(d, i) && doc_tok(d, i)->kind == TOK_WORD && doc_tok(d, i)->len == 1) i--;
    if (doc_joined(d, i) && doc_tok(d, i)->kind == TOK_NUMBER && doc_tok(d, i)->len == 1) i--;
    return cls(d, i) & V_NODES;
}

/* "1/2 NS", "1/4 strength" */
static bool is_diluted(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t a = d->tok[first].hash, b = d->tok[last].hash;
    return last == first + 2 && (b == 2 || b == 4) && a < b &&
           cls(d, (int64_t)last + 1) & V_FLUID &&
           !(doc_tok(d, (int64_t)last + 1)->flags & TOK_LINE);
}

/* "review in 6/12", "f/u in 2/52": the last word before "in" that says what is to come. */
static bool is_later(const struct doc *d, uint32_t first)
{
    enum { REACH = 5 };
    if (!doc_is_word(d, (int64_t)first - 1, VIEW("in"))) return false;
    for (int64_t i = (int64_t)first - 2, n = 0; i >= 0 && n < REACH; i--, n++) {
        if (d->tok[i + 1].flags & TOK_LINE || doc_is_mark(d, i, '.') || doc_is_mark(d, i, ';'))
            return false;
        if (cls(d, i) & V_LATER) return true;
        const bool up = doc_is_word(d, i, VIEW("up")) || doc_is_word(d, i, VIEW("u")) ||
                        doc_is_word(d, i, VIEW("v"));
        if (up && (doc_is_word(d, i - 1, VIEW("follow")) || doc_is_mark(d, i - 1, '/')))
            return true;
    }
    return false;
}

/* "R/V 2/52": weeks as Britain writes them, in the line of token i. */
static bool has_weeks(const struct doc *d, uint32_t i)
{
    enum { REACH = 24, YEAR = 52 };
    for (int64_t k = (int64_t)i - 1, n = 0; k > 1 && n < REACH; k--, n++) {
        if (d->tok[k + 1].flags & TOK_LINE) return false;
        if (d->tok[k].kind == TOK_NUMBER && d->tok[k].hash == YEAR && doc_is_mark(d, k - 1, '/') &&
            doc_tok(d, k - 2)->kind == TOK_NUMBER && doc_tok(d, k - 2)->len <= 2 &&
            !doc_is_mark(d, k - 3, '/'))
            return true;
    }
    return false;
}

/* "in 6/12", "3/7 early", "5/7 of amoxicillin": days, weeks and months as Britain writes them. */
static bool is_span(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t unit = d->tok[last].hash;
    const int64_t after = (int64_t)last + 1;
    if (last != first + 2 || (unit != 7 && unit != 12 && unit != 52 && unit != 24)) return false;
    if (doc_joined(d, first) &&
        (doc_is_mark(d, (int64_t)first - 1, '>') || doc_is_mark(d, (int64_t)first - 1, '<')))
        return !doc_is_mark(d, (int64_t)first - 2, '-') && !doc_is_mark(d, (int64_t)first - 2, '=');
    if (is_later(d, first)) return true;
    if (after >= (int64_t)d->n || d->tok[after].flags & TOK_LINE) return false;
    /* "2/52 review, 10/7 pred" */
    if (unit == 7 && (doc_bits(d, after) & LEX(DRUG) || cls(d, after) & V_DRUGS) &&
        has_weeks(d, first))
        return true;
    if (doc_is_word(d, after, VIEW("of")))
        return doc_bits(d, after + 1) & LEX(DRUG) || cls(d, after + 1) & V_DRUGS;
    if (doc_is_word(d, after, VIEW("early"))) /* "Surgery 5/12 early am", "born 3/7 early" */
        return unit != 12 && (date_class(d, (int64_t)first - 1) & DATE_BIRTH) &&
               !(date_class(d, after + 1) & (DATE_WEAK | DATE_NEAR | DATE_OF_MONTH));
    return cls(d, after) & V_SPAN && !(date_class(d, after + 1) & (DATE_WEAK | DATE_OF_MONTH));
}

/* "Bactrim d 6/14" */
static bool is_drug_day(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { COURSE_MAX = 42 };
    return last == first + 2 && d->tok[first].hash <= d->tok[last].hash &&
           d->tok[last].hash <= COURSE_MAX && !doc_joined(d, first) &&
           doc_is_word(d, (int64_t)first - 1, VIEW("d")) &&
           (doc_bits(d, (int64_t)first - 2) & LEX(DRUG) || cls(d, (int64_t)first - 2) & V_DRUGS);
}

/* "ER 8/8, HER2 1+": Allred's score of a receptor; "seen in the ER 8/8" is a day. */
static bool is_receptor(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { OF = 8, REACH = 6 };
    if (last != first + 2 || d->tok[last].hash != OF || d->tok[first].hash > OF ||
        !(cls(d, (int64_t)first - 1) & V_RECEPTOR) || d->tok[first].flags & TOK_LINE)
        return false;
    for (int64_t k = 2; k <= REACH; k++)
        if ((cls(d, (int64_t)first - k) | cls(d, (int64_t)last + k - 1)) & V_TUMOUR) return true;
    return false;
}

/* "started TMS 3/18", "s/p fx 8/25": what happened on a day, before token i. */
static bool is_told_anew(const struct doc *d, int64_t i)
{
    enum { REACH = 3 };
    for (int64_t k = i - 1, n = 0; k >= 0 && n < REACH; k--, n++) {
        if (d->tok[k + 1].flags & TOK_LINE || doc_is_mark(d, k, ',')) return false;
        if (cls(d, k) & V_ANEW || date_class(d, k) & DATE_EVENT) return true;
        if (doc_is_word(d, k, VIEW("p")) && doc_is_mark(d, k - 1, '/')) return true;
    }
    return false;
}

/* "fx 8/25", "HBO 10/30", "PT visit 4/12", "12/25 fx": as many as are planned; "hip fx 8/25" broke then. */
static bool is_session(const struct doc *d, uint32_t first, uint32_t last)
{
    static const uint64_t planned[] = { 4, 5, 6, 8, 10, 12, 15, 16, 18, 20, 23, 24, 25, 28, 30 };
    const uint64_t n = d->tok[first].hash, of = d->tok[last].hash;
    bool is_planned = false;
    for (size_t k = 0; k < COUNT_OF(planned); k++)
        is_planned |= of == planned[k];
    if (last != first + 2 || n > of || !is_planned || d->text.p[d->tok[first].start] == '0' ||
        d->text.p[d->tok[last].start] == '0')
        return false;
    const int64_t after = (int64_t)last + 1;
    if (cls(d, after) & V_SESSION && !(doc_tok(d, after)->flags & TOK_LINE)) {
        const struct token *t = doc_tok(d, after + 1);
        return after + 1 >= (int64_t)d->n || t->flags & TOK_LINE || t->kind != TOK_WORD;
    }
    int64_t i = (int64_t)first - 1;
    if (d->tok[first].flags & TOK_LINE) return false;
    if (doc_is_mark(d, i, '#') || doc_is_mark(d, i, ':')) i--;
    if (cls(d, i) & V_VISIT ? !(cls(d, --i) & V_THERAPY) : !(cls(d, i) & V_SESSION)) return false;
    return !is_told_anew(d, i);
}

/* "VRd 3/28", "C2 D1,8/21": the day of a cycle of three or four weeks. */
static bool is_cycle_share(const struct doc *d, uint32_t first, uint32_t last)
{
    const uint64_t n = d->tok[first].hash, of = d->tok[last].hash;
    if (last != first + 2 || n >= of || (of != 21 && of != 28) || d->tok[first].flags & TOK_LINE)
        return false;
    int64_t i = (int64_t)first - 1;
    if (!doc_joined(d, first)) return cls(d, i) & V_REGIMEN && !is_told_anew(d, i);
    while (doc_is_mark(d, i, ',') && doc_joined(d, i) && doc_tok(d, i - 1)->kind == TOK_NUMBER &&
           doc_tok(d, i - 1)->len <= 2 && doc_joined(d, i - 1)) {
        if (doc_is_word(d, i - 2, VIEW("d"))) return true;
        i -= 2;
    }
    return false;
}

bool date_is_count(const struct doc *d, uint32_t first, uint32_t last)
{
    return is_acuity(d, first, last) || is_node_count(d, first, last) ||
           is_diluted(d, first, last) || is_span(d, first, last) || is_drug_day(d, first, last) ||
           is_session(d, first, last) || is_cycle_share(d, first, last) ||
           is_receptor(d, first, last);
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
        if (n > 1 && date_class(d, i) & DATE_AGAINST) return true;
        if (!(c & V_LINK) && !(wordset_class(measure_words(), t) & MW_LINK)) return false;
    }
    return false;
}

bool date_is_wide(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 4, PAIR = 4 };
    if (last != first + 2 || d->tok[first].flags & TOK_LINE || doc_joined(d, first)) return false;
    int64_t i = (int64_t)first - 1;
    for (int n = 0; n < REACH && doc_is_mark(d, i, ',') && doc_is_mark(d, i - 2, '/') &&
                    doc_tok(d, i - 1)->kind == TOK_NUMBER && doc_tok(d, i - 3)->kind == TOK_NUMBER;
         n++)
        i -= PAIR; /* the pair before: "PEEP 8/60, 10/50" */
    if (i < (int64_t)first - 1 && date_class(d, i) & DATE_AGAINST)
        return true; /* "knee 5/90, 9/85" */
    for (int n = 0; n < REACH && i >= 0; i--, n++) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) return false;
        /* FiO2 */
        if (t->kind == TOK_NUMBER && t->len == 1 && doc_joined(d, i)) continue;
        if (cls(d, i) & V_WIDE) return t->len > 1 || doc_tok(d, i + 1)->kind == TOK_NUMBER; /* O2 */
        if (t->kind == TOK_MARK
                ? t->hash != ':' && t->hash != '='
                : !(cls(d, i) & V_LINK) && !(wordset_class(measure_words(), t) & MW_LINK))
            return false;
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
