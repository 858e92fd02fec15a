#include "detect/name_role.h"

#include "detect/name_board.h"
#include "detect/name_copies.h"
#include "detect/name_crew.h"
#include "detect/name_handover.h"
#include "detect/name_role_inside.h"
#include "detect/name_ward.h"
#include "detect/shape.h"
#include "detect/wordset.h"

static const struct wordset_row rows[] = {
    { "charge float escort relief night nights day days evening eves noc swing supervisor manager "
      "covering cover backup resource triage oncall jeopardy surgeons anesthesiologist attd report "
      "handoff signout interp copies copy recipients attendees present",
      R_FIELD },
    { "accepting receiving leader rec comp access orientees compressor recorder runner timekeeper "
      "tech assigned crew driver medic medics neph nephro hospitalist cm don vso preceptor "
      "orientee sitter "
      "circulator scrub verifier cosigner buddy asst assist "
      "attg att res op lead airway anes anesth surgeon nurse aide prov prescriber pcp "
      "attending fellow intern reader resident",
      R_FIELD },
    { "driver clerk foreman forewoman screener keyworker caseworker casemanager skipper deckhand "
      "volunteer adjuster warden paramedic medic medics carer carers caretaker bouncer bartender "
      "barber hairdresser landlord landlady neighbor neighbour roommate housemate flatmate buddy "
      "coworker colleague classmate sponsor mentor guard inmate cellmate inspector investigator "
      "prescriber supv supervisor foreperson dispatcher interpreter sitter preceptor orientee "
      "nurse aide worker officer officers detective deputy trooper constable clergy minister "
      "chaplain passenger pilot teacher babysitter nanny tutor coach aide tech technician "
      "transporter porter phlebotomist receptionist secretary counselor surrogate groomer "
      "bookkeeper custodian janitor housekeeper gardener butcher plumber roofer rep runner "
      "registrar lifeguard bystander lawyer attorney guardian godmother godfather stepdad "
      "stepmom stepson stepdaughter granddaughter grandson boyfriend girlfriend fiance "
      "fiancee courier traveler traveller counsellor collector orderly biomed supplier payer beau "
      "coord coordinator liaison navigator scribe chaperone ofc det",
      R_TRADE },
    { "pca liaison attn fob mob mgm mgf pgm pgf gma gpa dtr sib roomie memaw papaw",
      R_FIELD | R_STRAIGHT },
    { "rn lpn lvn cna pct pca hca cct ccht rt rrt pt ot slp st sw msw cm np pa crna srna md do ma "
      "nurse charge float resource triage clerk hosp hospitalist nic sitter primary secondary tech "
      "technician neph nephro nephrologist surg surgeon gas anaes anaesth anes anesthesia "
      "anesthesiologist scrub circ circulator circulating crew obs observer fto emt medic "
      "paramedic driver attendant third orientee preceptor student trainee reg registrar cons "
      "consultant ho sho rmo smo f1 f2 fy1 fy2 pgy1 pgy2 intern resident fellow attending att attg "
      "prov provider pharm pharmd pharmacist dietitian dietician rd lead leader buddy relief "
      "holder cover call along backup coord coordinator secretary porter runner monitor mw midwife "
      "doula partner recorder airway compressor scribe chaplain interpreter interp perfusionist "
      "perf assist asst aide hk evs supervisor house dmo ran gp pcp teacher parent caller",
      R_CREW },
    { "on break bleep ride back bed house charge team primary first second", R_FIRST },
    { "or room theatre theater", R_ROOM },
    { "the", R_THE },
    { "c cc", R_COPY },
    { "family twins twin household boys girls kids children brothers sisters siblings couple "
      "triplets kid",
      R_FAMILY },
    { "sgd signed typed by with verifier verified labeled labelled and said says reads per",
      R_BESIDE },
};
static struct wordset words = WORDSET(rows);

const struct wordset *name_role_words(void)
{
    return wordset_ready(&words);
}

uint32_t name_role_class(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

uint32_t name_role_in_crew(const struct doc *d, int64_t i)
{
    const uint32_t c = name_role_class(d, i);
    return (c & R_CREW ? NAME_ROLE_CREW : 0) | (c & R_FIRST ? NAME_ROLE_FIRST : 0);
}

/* A word that people are called by above all. */
bool name_role_is_rather_name(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    const int rank = MAX(l->given, l->surname);
    if (!l->bits) return d->tok[i].len > 2;
    return rank >= (l->word ? 2 : 1) && rank >= l->word &&
           (!(l->bits & NAME_ROLE_NEVER) || rank >= 4);
}

/* "Mo", "Chip": short for a given name, whatever else the word may mean. */
static bool is_given(const struct doc *d, uint32_t i)
{
    const struct lex_info *l = d->lex[i];
    return l->given >= 2 && !(l->bits & (LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG)));
}

err name_role_add(const struct doc *d, uint32_t first, uint32_t last, float score,
                  enum finding_role role, struct findings *out)
{
    return doc_add_name(d, first, last, RULE_NAME_HANDOVER, score, role, out);
}

/* Does the field that begins behind token `last` end there, or go on to another name? */
bool name_role_is_closed(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    return !doc_is_on_line(d, last + 1) || shape_opens_column(d, last + 1) ||
           (t->kind == TOK_MARK && t->hash && t->hash < 0x80 && strchr(".,;/()&|", (int)t->hash));
}

/* "Assigned: Megan/Trevor", "Surgeons: Blackwell, Pemberly": the names of the field from token i on. */
SELDOM static err field(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    err e = OK;
    bool joined = false; /* by a slash to the name before, so that nothing more need be said */
    for (int n = 0; n < 6 && doc_is_on_line(d, i) && name_role_is_free(d, i, taken); n++) {
        uint32_t last = shape_word_end(d, i);
        bool short_name = is_given(d, i);
        if (shape_of(d, i) != SHAPE_TITLE || !(name_role_is_rather_name(d, i) || short_name) ||
            !(joined || name_role_is_closed(d, last)) ||
            (n && !joined && d->lex[i]->bits && !name_is_usual(d, i)))
            break;
        TRY(name_role_add(d, i, last, 0.8F, WHO_UNKNOWN, out));
        joined = doc_is_mark(d, last + 1, '/') && doc_joined(d, last + 1);
        if (!doc_is_mark(d, last + 1, '/') && !doc_is_mark(d, last + 1, ',') &&
            !doc_is_mark(d, last + 1, '&'))
            break;
        i = last + 2;
    }
out:
    return e;
}

/* "PCA Jaylen", "attn Chip", "Sib: Kaiden 7", "dtr Crystal)" behind the role at token i. */
SELDOM static err straight(const struct doc *d, uint32_t i, const uint8_t *taken,
                           struct findings *out)
{
    const uint32_t at = i + 1;
    if (!doc_is_on_line(d, at) || !name_role_is_free(d, at, taken) ||
        shape_of(d, at) != SHAPE_TITLE)
        return OK;
    const struct lex_info *l = d->lex[at];
    if (!is_given(d, at) && !name_role_is_rather_name(d, at)) return OK;
    /* "PCA Dosing", "attn Maintenance": a word that no list knows says less than a given name */
    if (!l->bits && doc_is_word(d, i, VIEW("attn"))) return OK;
    return name_role_add(d, at, shape_word_end(d, at), 0.8F, WHO_RELATIVE, out);
}

/* "clerk Marcus", "nurse Temple", "caseworker B. Stavrou": the capital word at token i stands right behind a trade in
 * small letters, and what it may mean else is not said so. */
static err traded(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    uint32_t first = i;
    if (i > 2 && doc_is_mark(d, (int64_t)i - 1, '.') && d->tok[i - 2].len == 1) first = i - 2;
    const int64_t trade = (int64_t)first - 1;
    if (trade < 0 || d->tok[trade].flags & TOK_UPPER || !(name_role_class(d, trade) & R_TRADE) ||
        d->tok[first].flags & TOK_LINE || taken[first] || shape_of(d, i) != SHAPE_TITLE ||
        d->tok[i].len < 2)
        return OK;
    const struct lex_info *l = d->lex[i];
    /* "Volunteer Gwen" */
    if (!(d->tok[trade].flags & TOK_LOWER) &&
        (!shape_starts_sentence(d, trade) || l->given < 3 || l->given <= l->word))
        return OK;
    const uint32_t last = shape_word_end(d, i);
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    const bool goes_on = next->kind == TOK_WORD && !(next->flags & (TOK_LOWER | TOK_LINE));
    const int rank = MAX(l->given, l->surname);
    if (!l->bits && (d->tok[i].len < 3 || (goes_on && next->flags & TOK_UPPER))) return OK;
    if (l->bits && (rank < 1 || (l->bits & NAME_ROLE_NEVER && rank < 3 && !is_given(d, i)) ||
                    (goes_on && rank <= l->word && first == i)))
        return OK;
    return name_role_add(d, first, last, 0.8F, WHO_UNKNOWN, out);
}

/* "COUSIN RAY RAY": case says nothing, but nobody repeats what is no name. */
static err repeated(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    const uint32_t at = i + 1;
    if (!doc_is_on_line(d, at + 1) || !name_role_is_free(d, at, taken) ||
        !name_role_is_free(d, at + 1, taken))
        return OK;
    if (d->tok[at].hash != d->tok[at + 1].hash || d->lex[at]->given < 2) return OK;
    return name_role_add(d, at, at + 1, 0.8F, WHO_RELATIVE, out);
}

/* "the Parks family", "the Kowal twins", "the Yoders": the capital word at token i, behind "the". */
static err family(const struct doc *d, uint32_t i, struct findings *out)
{
    const uint64_t other =
        NAME_ROLE_NEVER | LEX(EPONYM) | LEX(ORG_NAME) | LEX(DEMONYM) | LEX(COUNTRY);
    const struct lex_info *l = d->lex[i];
    const uint32_t last = shape_word_end(d, i);
    if (shape_of(d, i) != SHAPE_TITLE || d->tok[i].len < 4 || l->bits & other) return OK;
    if (doc_is_on_line(d, last + 1) && name_role_class(d, (int64_t)last + 1) & R_FAMILY &&
        d->tok[last + 1].flags & TOK_LOWER && !doc_is_word(d, (int64_t)last + 2, VIEW("of")))
        return l->bits && (l->surname < 2 || l->surname <= l->place)
                   ? OK
                   : name_role_add(d, i, last, 0.8F, WHO_RELATIVE, out);
    const struct token *next = doc_tok(d, (int64_t)last + 1);
    if (next->kind == TOK_WORD && doc_is_on_line(d, last + 1) &&
        !(doc_bits(d, (int64_t)last + 1) & (LEX(FUNCTION) | LEX(PERSON_VERB))))
        return OK; /* "the Philips monitor" */
    const view w = doc_view(d, i, i);
    if (w.p[w.n - 1] != 's' || last != i || l->bits & ~(LEX(SURNAME) | LEX(WORD)) || l->word > 1)
        return OK;
    const struct lex_info *one = lexicon_find(d->lexicon, token_hash_word(view_sub(w, 0, w.n - 1)));
    return one->surname >= 2 && one->word <= 1 && !(one->bits & other) && one->place < one->surname
               ? name_role_add(d, i, last, 0.75F, WHO_RELATIVE, out)
               : OK;
}

/* Not far behind the number that opens its line: maybe the row of a ward's list. */
static bool is_near_head(const struct doc *d, uint32_t i)
{
    enum { REACH = 4 };
    uint32_t first = i;
    while (first && i - first < REACH && !(d->tok[first].flags & TOK_LINE))
        first--;
    return first < i && (d->tok[first].kind == TOK_NUMBER || d->tok[first + 1].kind == TOK_NUMBER);
}

enum { BOARD_MAX = 64 };

err name_roles(const struct doc *d, const struct name_spots *s, const uint8_t *taken,
               struct findings *out)
{
    err e = OK;
    uint32_t n_rows = 0;
    FILLED_LATER uint32_t opens[BOARD_MAX]; /* numbers that open a line, with a capital word */
    struct token_list boards = { .v = opens };
    for (uint32_t k = 0; k < s->colons.n; k++) { /* the words for roles are mostly plain language */
        const uint32_t i = s->colons.v[k];
        const uint32_t is = name_role_class(d, (int64_t)i - 1);
        if (!is) continue;
        if (is & R_FIELD) TRY(field(d, i + 1, taken, out));
        if (is & R_COPY && (i == 1 || d->tok[i - 1].flags & TOK_LINE))
            TRY(name_copies(d, i + 1, taken, out));
        if (is & R_CREW) TRY(name_crew(d, i + 1, taken, out));
    }
    for (uint32_t k = 0; k < s->words.n; k++) {
        if (!(s->words.v[k].rules & NAME_SPOT_ROLE)) continue;
        const uint32_t i = s->words.v[k].at;
        const struct token *next = doc_tok(d, (int64_t)i + 1);
        const uint32_t role = d->is_caseless || !i ? 0 : name_role_class(d, (int64_t)i - 1);
        if (role & R_STRAIGHT) TRY(straight(d, i - 1, taken, out));
        if (d->lex[i]->bits & LEX(RELATIVE)) TRY(repeated(d, i, taken, out));
        if (!(d->tok[i].flags & TOK_CAP) || taken[i]) continue;
        const bool lettered =
            i > 2 && doc_is_mark(d, (int64_t)i - 1, '.') && d->tok[i - 2].len == 1;
        if ((role & R_TRADE || lettered) && !d->shield[i]) TRY(traded(d, i, taken, out));
        if (role & R_CREW) TRY(name_crew(d, i, taken, out));
        if (role & R_THE && !d->shield[i]) TRY(family(d, i, out));
        if (next->kind == TOK_MARK) TRY(name_role_filed(d, i, taken, out));
        if (next->kind == TOK_NUMBER) {
            n_rows += is_near_head(d, i);
            TRY(name_role_in_bed(d, i, taken, out));
        }
        if (i && d->tok[i - 1].kind == TOK_NUMBER) {
            opens[boards.n] = i - 1;
            boards.n += boards.n + 1 < BOARD_MAX && d->tok[i - 1].flags & TOK_LINE;
            TRY(name_role_scheduled(d, i, taken, out));
        }
    }
    TRY(name_role_numbered(d, &s->numbers, taken, out));
    if (boards.n > 1) TRY(name_boards(d, &boards, taken, out));
    if (n_rows > 1) TRY(name_wards(d, taken, out));
out:
    return e;
}
