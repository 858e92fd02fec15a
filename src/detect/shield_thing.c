/* shield_thing.c — things of medicine that go by a name alone: "Hawkins +, Neer +", "Masson, Jones, PAS", "an Allis",
 * "Parker tip", "Hinchey Ib", "Hamilton G5".
 *
 * Signs, stains, instruments and machines lose their noun where notes are short. A name that many people bear is
 * one only where the words around are of its kind, and nobody is introduced beside it. */
#include "detect/name_register_inside.h"
#include "detect/shape.h"
#include "detect/shield.h"
#include "detect/wordset.h"

enum {
    T_NOUN = 1,      /* is said of things alone, whoever's they are */
    T_SIDE = 2,      /* where a sign is positive */
    T_ONE = 4,       /* before one thing of many */
    T_GOES_ON = 8,   /* after such a thing: what is done with it, "x2" */
    T_MAKER = 16,    /* of machines whose models are a letter and a number */
    T_STAIN = 32,    /* not the profession that is written so */
    T_LEVEL = 64,    /* how much help somebody needs */
    T_HELP = 128,    /* with what */
    T_LABEL = 256,   /* heads of fields that are names elsewhere */
    T_HEADS = 512,   /* what several things are */
    T_OFFICE = 1024, /* who holds it is asked of the confused */
    T_RULER = 2048,
    T_FORM = 4096, /* which one of its kind */
};
static const struct wordset_row rows[] = {
    { "tip tips clip clips index retractor retractors forceps clamp clamps scissors speculum "
      "tenaculum curette rongeur elevator elevators dissector dissectors blade blades laryngoscope "
      "nevus maneuver manoeuvre criteria classification nomogram spatula snare stirrups tongs "
      "osteotome trocar synd syndrome homograft adapter gag net score arthrodesis shaver stapler "
      "tenodesis",
      T_NOUN },
    { "l r lt rt left right b bl bilat bilaterally", T_SIDE },
    { "a an another", T_ONE },
    { "curved straight angled large small long short fine blunt sharp second single", T_FORM },
    { "was were is are used passed placed inserted applied clamped over under through around "
      "across between for to then onto x",
      T_GOES_ON },
    { "hamilton philips drager baxter abbott bennett bellavista zoll siemens medtronic ge mindray "
      "nihon welch fresenius nipro masimo resmed respironics inogen phonak oticon resound widex",
      T_MAKER },
    { "pas", T_STAIN },
    { "min", T_LEVEL },
    { "assist assistance transfer transfers gait mobility ambulation adl adls toileting dressing "
      "bathing feeding grooming",
      T_HELP },
    { "lang", T_LABEL },
    { "signs retractors clamps forceps scissors maneuvers manoeuvres", T_HEADS },
    { "president presidents potus minister", T_OFFICE },
    { "biden trump obama bush clinton reagan carter nixon ford kennedy eisenhower truman roosevelt "
      "lincoln washington starmer sunak truss trudeau carney albanese modi macron",
      T_RULER },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

static const uint64_t PEOPLE =
    LEX(TITLE) | LEX(NAME_CUE) | LEX(RELATIVE) | LEX(CLINICIAN) | LEX(CREDENTIAL);

static bool ends_item(const struct doc *d, int64_t i)
{
    return !doc_is_on_line(d, i) || doc_is_mark(d, i, ',') || doc_is_mark(d, i, ';') ||
           doc_is_mark(d, i, '.') || doc_is_mark(d, i, ')');
}

/* "+", "- ," "+ bilat", "-ve" from token i on. A dash that no mark follows parts a person from the news. */
SELDOM static bool is_result_mark(const struct doc *d, uint32_t i, bool usual)
{
    const bool plus = doc_is_mark(d, i, '+'), minus = doc_is_mark(d, i, '-');
    if (!doc_is_on_line(d, i) || (!plus && !minus)) return false;
    if (doc_is_word(d, (int64_t)i + 1, VIEW("ve"))) return doc_joined(d, i + 1);
    if (doc_joined(d, i + 1) && doc_tok(d, (int64_t)i + 1)->kind != TOK_MARK)
        return plus && !usual && doc_tok(d, (int64_t)i + 1)->kind == TOK_NUMBER; /* "Duke +7" */
    if (cls(d, (int64_t)i + 1) & T_SIDE) return true;
    return ends_item(d, (int64_t)i + 1) && (plus || doc_is_on_line(d, (int64_t)i + 1));
}

enum grade { GRADE_NONE, GRADE_PLAIN, GRADE_SUB };

/* "II" is plain and may be somebody's, "Ib" and "IVB" are not. */
static enum grade grade_at(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (!doc_is_on_line(d, i) || t->kind != TOK_WORD || t->len > 4) return GRADE_NONE;
    uint32_t k = 0;
    while (k < t->len && strchr("IVX", d->text.p[t->start + k]))
        k++;
    if (k == t->len) return GRADE_PLAIN;
    return k && k + 1U == t->len && strchr("abcABC", d->text.p[t->start + k]) ? GRADE_SUB
                                                                              : GRADE_NONE;
}

/* Is the token a thing's name that few people bear, or one that stands in a phrase or before a noun? */
static bool is_known_thing(const struct doc *d, uint32_t i)
{
    const uint64_t b = d->lex[i]->bits;
    if (d->shield[i] & SHIELD_EPONYM) return d->tok[i].flags & TOK_CAP;
    if (d->shield[i] & SHIELD_PHRASE)
        return b & (LEX(EPONYM) | LEX(EPONYM_FAMILY)) ||
               (d->tok[i].flags & TOK_CAP && doc_joined(d, i)); /* "Kaplan-Meier" */
    return b & LEX(EPONYM) && d->lex[i]->surname <= 3 && d->tok[i].flags & TOK_CAP;
}

/* "16 Fr Foley", "5F Kumpe", not "54F Kelly" */
static bool is_sized(const struct doc *d, uint32_t i)
{
    const int64_t unit = (int64_t)i - 1;
    const struct token *n = doc_tok(d, unit - 1);
    if (!doc_is_on_line(d, i) || n->kind != TOK_NUMBER || n->len > 2) return false;
    if (doc_is_word(d, unit, VIEW("fr")) || doc_is_word(d, unit, VIEW("french"))) return true;
    return doc_is_word(d, unit, VIEW("f")) && n->hash <= 16 && d->lex[i]->bits & LEX(EPONYM);
}

static bool is_person_word(const struct doc *d, uint32_t i)
{
    const uint64_t b = d->lex[i]->bits;
    if (cls(d, i) & T_STAIN) return false;
    return (b & PEOPLE && !(b & (LEX(FUNCTION) | LEX(EPONYM) | LEX(EPONYM_FAMILY))) &&
            !d->shield[i]) ||
           (b & LEX(PERSON_VERB) && d->tok[i].flags & TOK_LOWER && !(b & LEX(FUNCTION)));
}

/* How many things of its kind stand from token i on, leftwards or rightwards; -1: a person is introduced. */
static int things_from(const struct doc *d, int64_t i, int64_t step)
{
    enum { REACH = 24 };
    int n = 0;
    for (int k = 0; k < REACH && i >= 0 && i < (int64_t)d->n; k++, i += step) {
        if (step > 0 && d->tok[i].flags & TOK_LINE) break;
        if (is_person_word(d, (uint32_t)i)) return -1;
        n += d->tok[i].kind == TOK_WORD && is_known_thing(d, (uint32_t)i);
        if (step < 0 && d->tok[i].flags & TOK_LINE) break;
    }
    return n;
}

/* "Deaver and Richardson": one of its kind right across the joint. */
static bool is_beside_thing(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 2, after = (int64_t)last + 2;
    return (doc_is_on_line(d, first) && before >= 0 && d->tok[before].kind == TOK_WORD &&
            is_known_thing(d, (uint32_t)before)) ||
           (doc_is_on_line(d, after) && d->tok[after].kind == TOK_WORD &&
            d->tok[after - 1].kind == TOK_MARK && is_known_thing(d, (uint32_t)after));
}

/* "Madelung, Boxer's, Bennett": two of its kind on the line, or one beside it, and nobody introduced. */
SELDOM static bool is_listed_among(const struct doc *d, uint32_t first, uint32_t last)
{
    const int left = doc_is_on_line(d, first) ? things_from(d, (int64_t)first - 1, -1) : 0;
    const int right = left < 0 ? -1 : things_from(d, (int64_t)last + 1, 1);
    return right >= 0 && (left + right > 1 || (left + right && is_beside_thing(d, first, last)));
}

/* Nothing is told of it: an item's end, a value or a doubt. */
static bool ends_as_item(const struct doc *d, int64_t i)
{
    return ends_item(d, i) || doc_tok(d, i)->kind == TOK_NUMBER || doc_is_mark(d, i, '?') ||
           doc_is_mark(d, i, '/') || doc_is_mark(d, i, '+') || doc_is_mark(d, i, '&') ||
           (doc_is_word(d, i, VIEW("and")) && doc_is_on_line(d, i)) ||
           cls(d, i) & (T_SIDE | T_GOES_ON) || grade_at(d, i);
}

/* "Cullen, Turner and Fox signs": from behind the first on to what they all are. */
SELDOM static bool is_headed(const struct doc *d, int64_t i)
{
    enum { ITEMS = 5 };
    for (int n = 0; n < ITEMS && doc_is_on_line(d, i); n++) {
        const bool joint = doc_is_mark(d, i, ',') || doc_is_mark(d, i, '/') ||
                           doc_is_word(d, i, VIEW("and")) || doc_is_word(d, i, VIEW("or"));
        if (!joint) return n && cls(d, i) & T_HEADS;
        i++;
        if (doc_is_word(d, i, VIEW("and")) || doc_is_word(d, i, VIEW("or"))) i++;
        if (!doc_is_on_line(d, i) || !(d->tok[i].flags & TOK_CAP)) return false;
        i = shape_after_possessive(d, (uint32_t)i);
    }
    return false;
}

/* "President Biden", "the president is Ford", "presidents: Obama, Bush": who rules, asked of the confused. */
SELDOM static bool is_ruler(const struct doc *d, uint32_t i)
{
    enum { REACH = 8 };
    for (int64_t k = (int64_t)i - 1; k >= 0 && k >= (int64_t)i - REACH; k--) {
        if (d->tok[k + 1].flags & TOK_LINE || doc_is_mark(d, k, '.') || doc_is_mark(d, k, ';'))
            return false;
        if (cls(d, k) & T_OFFICE) return true;
    }
    return false;
}

/* "s/p Bentall" */
static bool is_after_procedure(const struct doc *d, uint32_t i)
{
    return doc_is_on_line(d, i) && doc_is_word(d, (int64_t)i - 1, VIEW("p")) &&
           doc_is_mark(d, (int64_t)i - 2, '/') && doc_is_word(d, (int64_t)i - 3, VIEW("s"));
}

/* It opens the line, or a mark or "and" stands before it: an item of a list. */
static bool is_item(const struct doc *d, uint32_t i)
{
    const struct token *before = doc_tok(d, (int64_t)i - 1);
    if (!doc_is_on_line(d, i)) return true;
    if (before->kind == TOK_MARK)
        return before->hash != '.' && before->hash != '"' && before->hash != '@' &&
               before->hash != '#';
    return doc_is_word(d, (int64_t)i - 1, VIEW("and")) ||
           doc_is_word(d, (int64_t)i - 1, VIEW("or"));
}

static bool is_name_like(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->flags & TOK_CAP && t->len > 1 &&
           doc_bits(d, i) & (LEX_GIVEN | LEX(SURNAME)) && !(doc_bits(d, i) & LEX(EPONYM)) &&
           d->lex[i]->word < 5;
}

/* "Min A", "Assist: Mod", "Lang:" */
SELDOM static uint32_t care_end(const struct doc *d, uint32_t i, uint32_t class)
{
    if (class & T_LABEL) /* one of a row of fields: "Sex: F  Lang: Hmong" */
        return doc_is_mark(d, i + 1, ':') &&
                       (doc_is_mark(d, (int64_t)i - 1, '/') || shape_opens_column(d, i))
                   ? i + 1
                   : 0;
    const int64_t before = (int64_t)i - (doc_is_mark(d, (int64_t)i - 1, ':') ? 2 : 1);
    if (!(class & T_LEVEL) || doc_bits(d, before) & PEOPLE) return 0; /* "RN Min A" */
    const struct token *a = doc_tok(d, (int64_t)i + 1);
    if (doc_is_mark(d, (int64_t)i - 1, ':') && cls(d, (int64_t)i - 2) & T_HELP) return i + 1;
    return a->len == 1 && a->flags & TOK_UPPER && doc_is_word(d, (int64_t)i + 1, VIEW("a")) &&
                   doc_is_on_line(d, (int64_t)i + 1) && !doc_is_mark(d, (int64_t)i + 2, '.') &&
                   !is_name_like(d, (int64_t)i + 2)
               ? i + 2
               : 0;
}

/* "Weber R, Rinne AC>BC": where the fork is heard. */
SELDOM static bool is_tuned(const struct doc *d, uint32_t i)
{
    enum { REACH = 10 };
    if (!doc_is_word(d, i, VIEW("weber")) || !(cls(d, (int64_t)i + 1) & T_SIDE)) return false;
    for (int64_t k = (int64_t)i - REACH; k < (int64_t)i + REACH; k++)
        if (doc_is_word(d, k, VIEW("rinne"))) return true;
    return false;
}

/* What stands right behind the name at token i says that it is a thing: the token past both, or 0. */
static uint32_t told_end(const struct doc *d, uint32_t i, uint32_t after)
{
    const struct token *next = doc_tok(d, after);
    if (!doc_is_on_line(d, after)) return 0;
    if (next->kind == TOK_MARK) {
        const bool usual = (d->lex[i]->bits & LEX(EPONYM_FAMILY)) != 0;
        return (next->hash == '+' || next->hash == '-') && is_result_mark(d, after, usual) ? i + 1
                                                                                           : 0;
    }
    if (next->flags & TOK_CAP && after == i + 1) {
        const enum grade grade = grade_at(d, after);
        if (grade == GRADE_SUB ||
            (grade && next->len > 1 && d->lex[i]->bits & LEX(EPONYM) && d->lex[i]->surname < 6))
            return i + 2;
        if (next->len == 1 && is_tuned(d, i)) return i + 2;
    }
    return cls(d, after) & T_NOUN ? after + 1 : 0;
}

/* "A 19 Blake was placed", "a curved Glover": one of many, by size or form. */
static bool is_one_of_form(const struct doc *d, uint32_t i)
{
    const struct token *form = doc_tok(d, (int64_t)i - 1);
    if (!doc_is_on_line(d, i) || i < 2 || !(cls(d, (int64_t)i - 2) & T_ONE)) return false;
    return form->kind == TOK_NUMBER ? form->len <= 2 && !doc_joined(d, i)
                                    : cls(d, (int64_t)i - 1) & T_FORM;
}

uint32_t shield_thing_end(const struct doc *d, uint32_t i)
{
    if (!(d->tok[i].flags & TOK_CAP) || d->shield[i]) return 0;
    const uint32_t after = shape_after_possessive(d, i), told = told_end(d, i, after);
    if (told) return is_name_like(d, (int64_t)i - 1) ? 0 : told;
    if (is_sized(d, i)) return i + 1;
    if (is_after_procedure(d, i)) return is_name_like(d, (int64_t)i + 1) ? 0 : i + 1;
    const uint32_t class = cls(d, i);
    if (class & (T_LABEL | T_LEVEL)) return care_end(d, i, class);
    if (class & T_RULER && is_ruler(d, i)) return i + 1;
    if (doc_is_mark(d, (int64_t)i - 1, ':') && name_field_is_of_thing(d, (int64_t)i - 2))
        return i + 1; /* "Procedure name: Whipple" */
    if (!ends_as_item(d, after)) return 0;
    if (doc_is_on_line(d, i) && d->tok[i - 1].flags & TOK_LOWER && cls(d, (int64_t)i - 1) & T_ONE)
        return d->lex[i]->bits & LEX(ORG_NAME) || d->lex[i]->place >= 4 ? 0 : i + 1;
    if (is_one_of_form(d, i)) return i + 1;
    return is_item(d, i) && (is_listed_among(d, i, after - 1) || is_headed(d, after)) ? i + 1 : 0;
}

uint32_t shield_model_end(const struct doc *d, uint32_t i)
{
    if (!(cls(d, i) & T_MAKER) || !doc_is_on_line(d, (int64_t)i + 1)) return 0;
    const struct token *letter = doc_tok(d, (int64_t)i + 1), *n = doc_tok(d, (int64_t)i + 2);
    if (letter->kind != TOK_WORD || letter->len > 2 || !(letter->flags & TOK_UPPER) ||
        n->kind != TOK_NUMBER || !doc_joined(d, i + 2))
        return 0;
    /* "Hamilton F72" is a woman, "Hamilton G2P1" with child, "Baxter R1" a resident */
    const char c = d->text.p[letter->start];
    if (letter->len == 1 && strchr("BFMR", c)) return 0;
    const bool goes_on = doc_joined(d, i + 3) && doc_tok(d, (int64_t)i + 3)->kind == TOK_WORD;
    return goes_on ? 0 : i + 3;
}
