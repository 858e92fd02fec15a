#include "detect/route.h"

#include "base/mem.h"

/* A word with one of these is worth a detector's look wherever it stands. */
static const uint64_t HOT =
    LEX_GIVEN | LEX(SURNAME) | LEX(NICK) | LEX(TITLE) | LEX(CREDENTIAL) | LEX(PLACE) | LEX(COUNTY) |
    LEX(STATE) | LEX(STATE_CODE) | LEX(SAINT) | LEX(STREET_TYPE) | LEX(ORG_HEAD) | LEX(ORG_WORD) |
    LEX(ORG_NAME) | LEX(EPONYM) | LEX(MONTH) | LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) |
    LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) | LEX(CUE_LICENSE) | LEX(CUE_NPI) |
    LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_SSN) | LEX(CUE_PHONE) | LEX(CUE_FAX) |
    LEX(CUE_DEVICE) | LEX(CUE_VEHICLE) | LEX(CUE_ADDRESS);

/* What is worth a look in small letters too, in a text that has capitals. */
static const uint64_t HOT_SMALL =
    LEX(TITLE) | LEX(CREDENTIAL) | LEX(STREET_TYPE) | LEX(ORG_HEAD) | LEX(ORG_WORD) | LEX(MONTH) |
    LEX(WEEKDAY) | LEX(SEASON) | LEX(HOLIDAY) | LEX(CUE_MRN) | LEX(CUE_ACCOUNT) | LEX(CUE_PLAN) |
    LEX(CUE_LICENSE) | LEX(CUE_NPI) | LEX(CUE_DEA) | LEX(CUE_ACCESSION) | LEX(CUE_SSN) |
    LEX(CUE_PHONE) | LEX(CUE_FAX) | LEX(CUE_DEVICE) | LEX(CUE_VEHICLE) | LEX(CUE_ADDRESS) |
    LEX(RELATIVE);

/* What has a capital amid a sentence without being called so. */
static const uint64_t NOT_CALLED = LEX(FUNCTION) | LEX(MEDICAL) | LEX(DRUG) | LEX(EPONYM) |
                                   LEX(EPONYM_HEAD) | LEX(ABBREVIATION) | LEX(UNIT) | LEX(MONTH) |
                                   LEX(WEEKDAY) | LEX(COUNTRY) | LEX(STATE) | LEX(DEMONYM);

static uint8_t route_of(const struct lex_info *l, bool is_caseless)
{
    /* a trade is a name's with a capital alone */
    uint64_t trade = is_caseless ? 0 : LEX(TRADE);
    bool is_unknown = !l->bits, is_hot = (l->bits & (HOT | trade)) != 0;
    bool small = (l->bits & HOT_SMALL) != 0;
    /* "will", "an", "do", "long" in small letters are names of few and words of all: what stands
     * around them brings a detector here when it matters. */
    if (is_caseless) small |= is_unknown || (is_hot && l->word < 6);
    return (uint8_t)((is_unknown || is_hot ? ROUTE_CAPITAL : 0) | (small ? ROUTE_SMALL : 0) |
                     (l->bits & LEX(NUMBER_WORD) ? ROUTE_NUMBER_WORD : 0) |
                     (l->next ? ROUTE_PHRASE : 0) | (l->bits & NOT_CALLED ? 0 : ROUTE_CALLED));
}

/* What a token with these flags may be for, and is for. */
static void kinds_init(struct routes *r)
{
    for (uint32_t k = 0; k < COUNT_OF(r->may); k++) {
        if (!(k & TOK_LETTERS)) {
            r->is[k] = ROUTE_NO_WORD;
            continue;
        }
        r->may[k] = ROUTE_NUMBER_WORD | ROUTE_PHRASE | ROUTE_DOT |
                    (k & TOK_LOWER ? ROUTE_SMALL : ROUTE_CAPITAL);
        if ((k & (TOK_CAP | TOK_UPPER | TOK_LINE)) == TOK_CAP) r->may[k] |= ROUTE_CALLED;
        if (k & TOK_UPPER) r->is[k] = ROUTE_SIGN;
    }
}

err routes_init(struct routes *r, const struct lexicon *l)
{
    uint32_t n;
    *r = (struct routes){ .lexicon = l, .first = lexicon_entries(l, &n) };
    kinds_init(r);
    for (int caseless = 0; caseless < 2; caseless++) {
        uint8_t *of = mem_alloc(n);
        r->of[caseless] = of;
        if (!of) {
            routes_clear(r);
            return ERR_MEMORY;
        }
        for (uint32_t i = 0; i < n; i++)
            of[i] = route_of(&r->first[i], caseless);
        /* of all words of LEX(NAME_CUE), those that lead to a name in small letters: name_small.h */
        of[lexicon_find(l, token_hash_literal(VIEW("name"))) - r->first] |= ROUTE_SMALL;
        of[lexicon_find(l, token_hash_literal(VIEW("named"))) - r->first] |= ROUTE_SMALL;
        of[lexicon_find(l, token_hash_literal(VIEW("dot"))) - r->first] |= ROUTE_DOT;
    }
    return OK;
}

void routes_clear(struct routes *r)
{
    mem_free(r->of[0]);
    mem_free(r->of[1]);
    *r = (struct routes){ 0 };
}
