#include "detect/id_told.h"

#include "detect/cue.h"
#include "detect/id_kinds.h"
#include "detect/id_user.h"

enum {
    T_PLATE = 1, /* what a plate is called */
    T_TAG = 2,   /* the same, and much else */
    T_CAR = 4,   /* what bears one */
    T_MAKE = 8,
    T_BODY = 16,    /* a part of a body that is measured to know its person */
    T_MEASURE = 32, /* … and what is made of it */
    T_BIOMETRIC = 64,
    T_IMPLANT = 128,
    T_LOT = 256,
    T_LOGIN = 512,   /* a name to sign on with follows */
    T_USER = 1024,   /* the same where "name", "ID" or a mark follows */
    T_SYSTEM = 2048, /* what is signed on to */
    T_LINK = 4096,   /* between those and the name */
    T_LICENSE = 8192,
    T_SOCIAL = 16384, /* where people are known by a name that they chose */
    T_AIR = 32768,    /* what flies the sick */
};
static const struct wordset_row rows[] = {
    { "plate plates placard lp numberplate plaque matricula kennzeichen", T_PLATE },
    { "tag tags reg regn rego registration registered", T_TAG },
    { "vehicle veh car truck van minivan suv sedan coupe pickup motorcycle motorbike scooter moped "
      "trailer taxi rv motorhome cab rental cars vehicles trucks tractor lorry bus jeepney matatu "
      "okada boda bodaboda tuktuk rickshaw boat tow towed towing impound impounded parked",
      T_CAR },
    { "honda toyota ford chevy chevrolet nissan subaru hyundai kia jeep dodge bmw audi mazda "
      "volkswagen vw volvo tesla lexus acura buick cadillac gmc chrysler pontiac mitsubishi "
      "porsche "
      "mercedes benz infiniti camry corolla civic accord altima prius silverado tahoe tacoma "
      "highlander "
      "outback forester wrangler cherokee explorer escape mustang impala malibu sentra elantra "
      "sonata "
      "jetta passat odyssey sienna caravan harley yamaha kawasaki suzuki vauxhall peugeot renault",
      T_MAKE },
    { "finger thumb palm voice retina retinal iris face facial hand gait ear vein", T_BODY },
    { "print scan template recognition hash photo image photograph vein pattern code id sample",
      T_MEASURE },
    { "fingerprint fingerprints thumbprint voiceprint palmprint handprint faceprint footprint "
      "biometric biometrics",
      T_BIOMETRIC },
    { "iud mirena paragard kyleena skyla liletta nexplanon implanon lens iol prosthesis allograft "
      "mesh expander implant",
      T_IMPLANT },
    { "tail helicopter helo rotor aircraft airplane plane jet lifeflight lifenet airlink medevac "
      "airevac airmed flight medflight",
      T_AIR },
    { "lot", T_LOT },
    { "username userid login logon logged handle", T_LOGIN },
    { "user screen signed sign", T_USER },
    { "mychart epic cerner portal facebook skype meditech", T_SYSTEM },
    { "snapchat snap instagram insta twitter tiktok venmo telegram discord ig cashapp zelle paypal",
      T_SOCIAL },
    { "name id is in as user account handle was login username", T_LINK },
    { "license licence lic vanity", T_LICENSE },
};
static struct wordset words = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&words), doc_tok(d, i));
}

/* The classes of the words before token `at`, back to its sentence's begin or the line's. */
static uint32_t told_before(const struct doc *d, uint32_t at, uint32_t reach)
{
    uint32_t set = 0;
    for (int64_t i = (int64_t)at - 1; i >= 0 && i + reach >= at; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) break;
        if (t->kind == TOK_MARK && t->hash == ';') break;
        if (t->kind == TOK_MARK && t->hash == '.' && d->tok[i + 1].flags & TOK_SPACE &&
            !cls(d, i - 1))
            break;
        set |= cls(d, i);
    }
    return set;
}

struct plate {
    uint32_t first, last, letters, digits, groups;
};

/* May the word at i be the letters of a plate? */
static bool is_letters(const struct doc *d, int64_t i, uint32_t most)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && t->len <= most && t->flags & TOK_UPPER &&
           !(t->flags & TOK_WIDE) && !cls(d, i) && !d->shield[i] &&
           !(doc_bits(d, i) & (LEX(UNIT) | LEX(FUNCTION)));
}

/* A blank or a bracket before token i, or a mark that ends a sentence. */
static bool stands_apart(const struct doc *d, int64_t i)
{
    return !doc_joined(d, i) || doc_is_mark(d, i - 1, '(') ||
           (doc_tok(d, i)->kind == TOK_MARK && !doc_is_mark(d, i, '-') && !doc_is_mark(d, i, '/'));
}

/* The code with a group of letters before or behind it: "KJD 2231", "KX21 BDE". */
static struct plate plate_of(const struct doc *d, const struct code *c)
{
    struct plate p = { c->first, c->last, c->letters, c->digits, 1 };
    int64_t before = (int64_t)c->first - 1;
    if (c->digits + c->letters > 5) return p;
    if (!doc_joined(d, c->first) && !(d->tok[c->first].flags & TOK_LINE) &&
        is_letters(d, before, 4) && doc_tok(d, before)->len > 1 && stands_apart(d, before)) {
        p.first--;
        p.letters += d->tok[before].len;
        p.groups++;
    } else {
        const int64_t behind = (int64_t)c->last + 1;
        if (is_letters(d, behind, 3) && !doc_joined(d, behind) && stands_apart(d, behind + 1) &&
            !(d->tok[behind].flags & TOK_LINE)) {
            p.last++;
            p.letters += d->tok[behind].len;
            p.groups++;
        }
    }
    return p;
}

static bool is_year(const struct token *t)
{
    return t->kind == TOK_NUMBER && t->len == 4 && t->hash >= 1920 && t->hash < 2100;
}

/* T12-L1, C5-6 */
static bool is_level(const struct code *c)
{
    const char *s = c->shape;
    if (s[0] != 'A' || !ascii_is_digit(s[1]) || s[1] > '2' || s[2] != '-') return false;
    return ascii_is_digit(s[3]) || (s[3] == 'A' && ascii_is_digit(s[4]) && s[4] <= '2');
}

static bool is_plate(const struct doc *d, const struct code *c, struct plate *p)
{
    *p = plate_of(d, c);
    const uint32_t all = p->letters + p->digits;
    if (c->measure || !p->letters || p->digits < 2 || all < 5 || all > 8) return false;
    if ((!c->upper && !d->is_caseless) || strchr(c->shape, '/') || strchr(c->shape, '_') ||
        is_level(c))
        return false;
    if (p->first == p->last || (p->groups > 1 && c->first == c->last))
        if (is_year(&d->tok[c->first])) return false; /* "Honda CRV 2014" */
    uint32_t told = told_before(d, p->first, 14);
    if (told & T_PLATE)
        return p->digits >= 3 || told & (T_CAR | T_MAKE | T_LICENSE) ||
               (p->groups > 1 && cls(d, (int64_t)p->first - 1) & T_PLATE);
    if (told & T_TAG)
        return told & (T_CAR | T_MAKE | T_LICENSE) ||
               (cls(d, (int64_t)p->first - 1) | cls(d, (int64_t)p->first - 2)) & T_TAG;
    if (told & T_CAR && told & T_LICENSE) return p->digits >= 3;
    /* "green Jeep Wrangler, 6TRJ244": a make, and all that a plate has */
    return told & T_MAKE && all >= 6 && p->digits >= 3 && p->letters >= 2;
}

/* "plates: Texas": past marks, words for a number and the state's name to the word that tells. */
static int64_t teller_of(const struct doc *d, int64_t i, bool *state)
{
    enum { STEPS = 4 };
    *state = false;
    for (int k = 0; k < STEPS && i >= 0; k++, i--) {
        if (d->tok[i + 1].flags & TOK_LINE) return -1;
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK ? t->hash < 0x80 && strchr(":#\"'(", (int)t->hash)
                                : cue_class_of(t) & (CUE_NUMBER | CUE_FILL) && !(cls(d, i)))
            continue;
        if (*state || !(doc_bits(d, i) & LEX(STATE))) return i;
        *state = true;
    }
    return -1;
}

/* What bears a plate, or a plate, among the words around. */
static bool is_of_car(const struct doc *d, const struct series *s)
{
    enum { REACH = 6 };
    if (told_before(d, s->first, REACH) & (T_CAR | T_MAKE | T_PLATE | T_TAG)) return true;
    for (int64_t i = (int64_t)s->last + 1; i <= (int64_t)s->last + REACH && i < d->n; i++) {
        if (d->tok[i].flags & TOK_LINE) return false;
        if (cls(d, i) & (T_CAR | T_MAKE | T_PLATE)) return true;
    }
    return false;
}

/* Plates of states and countries in groups: "plate KDA 447X", "Vehicle KA 05 MJ 4080", "bow reg ME 7157 G",
 * "NJ H57-PVD parked": by the word straight before, or a state's name and what bears a plate. */
static bool is_grouped_plate(const struct doc *d, const struct code *c, struct series *s)
{
    bool state;
    if (c->digits > 7 || c->letters > 5 || !c->upper) return false;
    *s = series_around(d, c);
    const uint32_t all = s->digits + s->letters;
    if (s->groups > 4 || !s->letters || s->digits < 2 || all < 5 || all > 10 ||
        strchr(c->shape, '/'))
        return false;
    const int64_t teller = teller_of(d, (int64_t)s->first - 1, &state);
    const uint32_t of = teller < 0 ? 0 : cls(d, teller);
    if (of & (T_PLATE | T_TAG)) return s->letters >= 2 || s->digits >= 5;
    if (s->letters < 2 && s->digits < 5) return false;
    if (of & (T_CAR | T_MAKE)) return all >= 6 && s->digits >= 3 && !is_year(&d->tok[s->last]);
    state |= s->groups > 1 && doc_bits(d, s->first) & LEX(STATE_CODE) &&
             !(doc_bits(d, s->first) & LEX(FUNCTION));
    return state && all >= 6 && is_of_car(d, s);
}

/* "tail N417KE": the registration of an aircraft, N and up to five digits of which letters may end two. */
static bool is_tail(const struct doc *d, const struct code *c)
{
    enum { REACH = 5 };
    const char *s = c->shape;
    if (s[0] != 'A' || !ascii_is_digit(s[1]) || c->letters > 3 || c->digits > 5 ||
        c->digits + c->letters < 4 || !c->upper || strlen(s) != c->letters + 1U ||
        !doc_is_word(d, c->first, VIEW("n")))
        return false;
    return (told_before(d, c->first, REACH) & T_AIR) != 0;
}

static bool is_biometric(const struct doc *d, const struct code *c)
{
    if (c->measure || c->digits < 3 || c->digits + c->letters < 5) return false;
    uint32_t told = told_before(d, code_start(c), 5);
    return told & T_BIOMETRIC ||
           (told & T_BODY && told & T_MEASURE && (c->letters || c->digits > 5));
}

/* The run without blanks from token i on, its sentence's marks left out. */
static uint32_t run_end(const struct doc *d, uint32_t i)
{
    uint32_t last = i;
    while (last + 1 < d->n && doc_joined(d, last + 1) && last - i < CODE_REACH) {
        const struct token *t = &d->tok[last + 1];
        if (t->kind == TOK_MARK && !strchr("._-@\\", (int)(t->hash & 0x7F))) break;
        if (t->kind == TOK_MARK && (t->hash > 0x7F || !doc_joined(d, last + 2))) break;
        last++;
    }
    while (last > i && d->tok[last].kind == TOK_MARK)
        last--;
    return last;
}

/* "logged in as pvance2", "screen name foxglove88": letters and digits. */
static bool is_account(const struct doc *d, const struct code *c)
{
    if (c->letters < 3 || !c->digits || c->measure || d->tok[c->first].kind != TOK_WORD)
        return false;
    if (c->letters > 3 && cls(d, (int64_t)c->first - 1) & T_SOCIAL) return true;
    uint32_t told = told_before(d, c->first, 4);
    /* "Portal: catwin1949" */
    if (doc_is_mark(d, (int64_t)c->first - 1, ':') && cls(d, (int64_t)c->first - 2) & T_SYSTEM)
        return true;
    return told & T_LOGIN || (told & (T_USER | T_SYSTEM | T_SOCIAL) && told & T_LINK);
}

/* What people sign on with: tokens *first … *last. */
static bool user_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    /* the word of "sdurant2", and of "moonfrog#2217" */
    const uint32_t word = c->hash && c->first >= 2 ? c->first - 2 : c->first;
    if (d->tok[word].kind == TOK_WORD && (!c->hash || doc_joined(d, word + 1)) &&
        id_user_at(d, word, first, last))
        return true;
    if (!is_account(d, c)) return false;
    *last = run_end(d, c->first);
    uint32_t i = c->first;
    while (i >= 2 && doc_joined(d, i) && doc_joined(d, i - 1) &&
           (doc_is_mark(d, i - 1, '.') || doc_is_mark(d, i - 1, '_')) &&
           d->tok[i - 2].kind == TOK_WORD)
        i -= 2; /* live.orrin22 */
    *first = i;
    return true;
}

/* A plate, or the registration of an aircraft: tokens *first … *last. */
static bool vehicle_of(const struct doc *d, const struct code *c, uint32_t *first, uint32_t *last)
{
    struct plate p;
    struct series s;
    if (is_plate(d, c, &p)) {
        int64_t state = (int64_t)p.first - 1; /* "plate TX BRK-2219" */
        *first = p.first;
        *last = p.last;
        if (p.first == c->first && is_letters(d, state, 3) && stands_apart(d, state) &&
            !(d->tok[p.first].flags & TOK_LINE))
            --*first;
        return true;
    }
    *first = c->first;
    *last = c->last;
    if (is_tail(d, c)) return true;
    if (!is_grouped_plate(d, c, &s)) return false;
    *first = s.first;
    *last = s.last;
    return true;
}

bool id_by_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    uint32_t last = c->last, first;
    const uint32_t beside =
        doc_tok(d, (int64_t)c->first - 1)->flags | doc_tok(d, (int64_t)c->last + 1)->flags;
    /* a number without letters in it or beside it, as most are, is neither */
    const bool lettered = (c->letters != 0) | c->hash | ((beside & TOK_UPPER) != 0);
    if (lettered && user_of(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.8F);
        *next = last + 1;
        return true;
    }
    if (c->digits < 2 || c->digits + c->letters > 24 || (c->digits < 3 && !c->letters))
        return false;
    if (lettered && vehicle_of(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.8F);
        *next = last + 1;
        return true;
    }
    last = c->last;
    if (c->digits + c->letters < 5) return false;
    if (is_biometric(d, c)) {
        /* "IMG_4482.jpg" */
        if (doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1) && doc_joined(d, last + 2) &&
            doc_tok(d, last + 2)->kind == TOK_WORD && doc_tok(d, last + 2)->len <= 4)
            last += 2;
        *f = doc_finding(d, code_start(c), last, LABEL_BIOMETRIC, RULE_ID_CUE, 0.8F);
    } else if (c->letters && c->digits && !c->measure && cls(d, (int64_t)c->first - 1) & T_LOT &&
               told_before(d, c->first, 6) & T_IMPLANT) {
        *f = doc_finding(d, c->first, last, LABEL_DEVICE, RULE_ID_CUE, 0.75F);
    } else {
        return false;
    }
    *next = last + 1;
    return true;
}

/* A name to sign on with from token i on: letters with digits or marks inside, or a word that language does not have. `told`:
 * a mark or "name" says that one follows. */
static bool is_login(const struct doc *d, uint32_t i, bool told, uint32_t *last)
{
    enum { LENGTH = 4 };
    const struct token *t = doc_tok(d, i);
    uint32_t first = i + doc_is_mark(d, i, '@');
    if (i >= d->n || t->flags & TOK_LINE || d->shield[first < d->n ? first : i] & SHIELD_TAG ||
        doc_tok(d, first)->kind != TOK_WORD)
        return false;
    *last = run_end(d, first);
    bool digits = false, marks = first != i;
    for (uint32_t k = first; k <= *last; k++) {
        digits |= d->tok[k].kind == TOK_NUMBER;
        marks |= d->tok[k].kind == TOK_MARK && (told || d->tok[k].hash != '-');
    }
    if (token_end(&d->tok[*last]) - t->start < LENGTH) return false;
    if (digits || marks) return true;
    const struct lex_info *l = d->lex[first];
    t = &d->tok[first];
    return *last == first && told && t->flags & (TOK_LOWER | TOK_UPPER) && l->word <= 1 &&
           !(l->bits & (LEX(FUNCTION) | LEX(CLINICIAN) | LEX(RELATIVE) | LEX(ABBREVIATION)));
}

/* "tinam88", "Tina-Marie-88": letters, then digits at the end of what stands without blanks. */
static bool is_chosen(const struct doc *d, uint32_t i)
{
    enum { LETTERS = 4 };
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->kind != TOK_WORD || t->len < LETTERS) return false;
    return d->tok[run_end(d, i)].kind == TOK_NUMBER;
}

static err login_after(const struct doc *d, uint32_t cue, struct findings *out)
{
    uint32_t i = cue + 1, first, last;
    bool told = false;
    uint32_t of = cls(d, cue);
    for (uint32_t n = 0; n < 4 && i < d->n && !(d->tok[i].flags & TOK_LINE); n++, i++) {
        const struct token *t = &d->tok[i];
        bool mark = t->kind == TOK_MARK && (t->hash == ':' || t->hash == '#' || t->hash == '=' ||
                                            t->hash == '"' || t->hash == '\'');
        if (!mark && !(cls(d, i) & (T_LINK | T_LOGIN))) break;
        told |= mark || !doc_is_word(d, i, VIEW("in"));
    }
    /* "login failed", "user reports", "Epic inbox": nothing says so, but "venmo tina88" is a name */
    if (of & T_SOCIAL && !told && is_chosen(d, i)) told = true;
    /* "user bwexler locked out": no list knows the word */
    if (of & T_USER && !told && i < d->n && id_user_at(d, i, &first, &last))
        return findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F));
    if (of & (T_USER | T_SYSTEM | T_SOCIAL) && !told && !doc_is_mark(d, i, '@')) return OK;
    if (!is_login(d, i, told || of & T_LOGIN, &last)) return OK;
    return findings_add(out, doc_finding(d, i, last, LABEL_ID, RULE_ID_CUE, 0.8F));
}

/* "License plate BEACHBUM" */
static err plate_after(const struct doc *d, uint32_t cue, struct findings *out)
{
    uint32_t i = cue + 1;
    if (!(told_before(d, cue, 5) & (T_LICENSE | T_CAR | T_MAKE))) return OK;
    while (i < cue + 4 && (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '#') ||
                           cue_class_of(doc_tok(d, i)) & CUE_NUMBER || cls(d, i) & T_LINK))
        i++;
    const struct token *t = doc_tok(d, i);
    if (i >= d->n || t->kind != TOK_WORD || t->flags & TOK_LINE || !(t->flags & TOK_UPPER) ||
        t->len < 4 || t->len > 8 || doc_tok(d, i + 1)->kind == TOK_NUMBER ||
        !(d->tok[cue].flags & TOK_LOWER) || d->shield[i] || d->lex[i]->word > 2)
        return OK;
    return findings_add(out, doc_finding(d, i, i, LABEL_VEHICLE, RULE_ID_CUE, 0.75F));
}

err id_told_words(const struct doc *d, struct findings *out)
{
    err e = OK;
    uint32_t past = 0;
    /* "IG: moonpie.92": the word before the colon may be plain language */
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t i = d->marks.v[k];
        if (i && d->tok[i].hash == ':' && cls(d, (int64_t)i - 1) & T_SOCIAL)
            TRY(login_after(d, i - 1, out));
    }
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k], c = cls(d, i), first, last;
        if (UNLIKELY(!d->lex[i]->bits) && !c && i >= past && id_user_at(d, i, &first, &last)) {
            TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F)));
            past = last + 1;
            continue;
        }
        if (c & T_SOCIAL && doc_is_mark(d, i + 1, ':')) continue;
        if (LIKELY(!(c & (T_PLATE | T_LOGIN | T_USER | T_SYSTEM | T_SOCIAL)))) continue;
        if (c & T_PLATE)
            TRY(plate_after(d, i, out));
        else
            TRY(login_after(d, i, out));
    }
out:
    return e;
}
