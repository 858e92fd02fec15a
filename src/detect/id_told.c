#include "detect/id_told.h"

#include "detect/id_told_inside.h"
#include "detect/id_user.h"

static const struct wordset_row rows[] = {
    { "plate plates placard lp numberplate plaque matricula kennzeichen vrm vrn targa kenteken "
      "placa "
      "immatriculation",
      TOLD_PLATE },
    { "tag tags reg regn rego registration registered", TOLD_TAG },
    { "vehicle veh car truck van minivan suv sedan coupe pickup motorcycle motorbike scooter moped "
      "trailer taxi rv motorhome cab rental cars vehicles trucks tractor lorry bus jeepney matatu "
      "okada boda bodaboda tuktuk rickshaw boat tow towed towing impound impounded parked "
      "vessel yacht sailboat motorboat pontoon snowmobile atv bow bike bakkie ute wheeler "
      "hatchback "
      "campervan wagon auto booted clamped hearse dashcam camper skiff ski jetski canoe kayak "
      "dinghy "
      "trawler barge houseboat catamaran sloop speedboat uber lyft rideshare limo limousine buggy "
      "dirtbike",
      TOLD_CAR },
    { "honda toyota ford chevy chevrolet nissan subaru hyundai kia jeep dodge bmw audi mazda "
      "volkswagen vw volvo tesla lexus acura buick cadillac gmc chrysler pontiac mitsubishi "
      "porsche "
      "mercedes benz infiniti camry corolla civic accord altima prius silverado tahoe tacoma "
      "highlander "
      "outback forester wrangler cherokee explorer escape mustang impala malibu sentra elantra "
      "sonata "
      "jetta passat odyssey sienna caravan harley yamaha kawasaki suzuki vauxhall peugeot renault "
      "hilux astra fiesta skoda fiat bentley oldsmobile tundra sequoia pathfinder altima frontier "
      "durango sorento sportage tucson f150 suburban yukon rav4 crv saab citroen",
      TOLD_MAKE },
    { "finger thumb palm voice retina retinal iris face facial hand gait ear vein headshot mugshot "
      "selfie portrait speaker speech keystroke palmprint earprint dna dental dynamics ink",
      TOLD_BODY },
    { "model map match print scan template recognition hash photo image photograph vein pattern "
      "code id sample "
      "signature profile geometry headshot mugshot selfie portrait scanner reader exemplar indexed "
      "matched prints file record enrolment",
      TOLD_MEASURE },
    { "fingerprint fingerprints thumbprint voiceprint palmprint handprint faceprint footprint "
      "footprints thumbprints palmprints handprints tenprint fprint voiceprints codis afis iafis "
      "abis "
      "biometric biometrics livescan",
      TOLD_BIOMETRIC },
    { "iud mirena paragard kyleena skyla liletta nexplanon implanon lens iol prosthesis allograft "
      "mesh expander implant stent filter port powerport femoral tibial acetabular humeral glenoid "
      "patellar component liner shunt graft cage valve baseplate cup stem head pad pads aed seeds "
      "strips battery pod cement iucd coil screw screws nail plug anchor prosthetic stickers "
      "sensor",
      TOLD_IMPLANT },
    { "tail helicopter helo rotor aircraft airplane plane jet lifeflight lifenet airlink medevac "
      "airevac airmed flight flown flew landed medflight cessna piper beechcraft cirrus glider "
      "duster "
      "balloon ultralight gyrocopter seaplane floatplane biplane pilot crew hangar",
      TOLD_AIR },
    { "patient pt driver infant baby id victim suspect decedent", TOLD_SITTER },
    { "photo photograph picture image pic", TOLD_PHOTO },
    { "vin", TOLD_VIN },
    { "mac bssid", TOLD_MAC },
    { "vehicle veh van bus rig truck engine forklift coach trailer cab ambulance ambulette cruiser "
      "tram tractor minibus shuttle tanker lorry minivan paratransit snowplow streetcar taxi "
      "medevac",
      TOLD_FLEET },
    { "unit medic", TOLD_UNIT },
    { "paratransit transit livery rescue fire odometer crew cleared dispatched responded "
      "responding "
      "ambulance ems medic paramedic driver "
      "enroute mileage",
      TOLD_RIDE },
    { "lot", TOLD_LOT },
    { "username userid login logon logged handle", TOLD_LOGIN },
    { "user screen signed sign", TOLD_USER },
    { "mychart epic cerner portal facebook skype meditech", TOLD_SYSTEM },
    { "snapchat snap instagram insta twitter tiktok venmo telegram discord ig cashapp zelle paypal "
      "xbox "
      "psn steam gamertag online",
      TOLD_SOCIAL },
    { "name id is in as user account handle was login username tag gamertag", TOLD_LINK },
    { "license licence lic vanity", TOLD_LICENSE },
};
struct wordset id_told_set = WORDSET(rows);

uint32_t id_told_before(const struct doc *d, uint32_t at, uint32_t reach)
{
    uint32_t set = 0;
    for (int64_t i = (int64_t)at - 1; i >= 0 && i + reach >= at; i--) {
        const struct token *t = &d->tok[i];
        if (d->tok[i + 1].flags & TOK_LINE) break;
        if (t->kind == TOK_MARK && t->hash == ';') break;
        if (t->kind == TOK_MARK && t->hash == '.' && d->tok[i + 1].flags & TOK_SPACE &&
            !id_told_class_at(d, i - 1))
            break;
        set |= id_told_class_at(d, i);
    }
    return set;
}

static bool is_biometric(const struct doc *d, const struct code *c)
{
    if (c->measure || c->digits < 3 || c->digits + c->letters < 5) return false;
    /* "Fingerprint on the access log (13e389c7f80bd7ad)": what a machine computed is farther from its word */
    const bool computed = c->letters >= 2 && c->digits + c->letters >= 12;
    /* "Thumb KT40213P no match" */
    if (c->letters && c->digits + c->letters >= 8 && !c->hash &&
        id_told_class_at(d, (int64_t)c->first - 1) & TOLD_BODY)
        return true;
    uint32_t told = id_told_before(d, code_start(c), computed ? 12 : 5);
    return told & TOLD_BIOMETRIC ||
           (told & TOLD_BODY && told & TOLD_MEASURE && (c->letters || c->digits > 5));
}

/* What a machine gave is written with marks that no other number has: "SQZ/72951/d3d8", "face_bcb1a0991f", "2821/OS/277". */
static bool is_bound(const struct doc *d, int64_t mark)
{
    const struct token *t = doc_tok(d, mark);
    return t->kind == TOK_MARK && t->hash < 0x80 && strchr("/_:.-", (int)t->hash) &&
           doc_joined(d, mark) && doc_joined(d, mark + 1) &&
           doc_tok(d, mark + 1)->kind != TOK_MARK && doc_tok(d, mark - 1)->kind != TOK_MARK;
}

SELDOM static void widen(const struct doc *d, uint32_t *first, uint32_t *last)
{
    enum { LETTERS = 4, REACH = 12 };
    const uint32_t from = *first, to = *last;
    while (*first >= 2 && from - *first < REACH && is_bound(d, (int64_t)*first - 1)) {
        const struct token *t = &d->tok[*first - 2];
        /* "Fingerprint:13e389c7" */
        const bool own = t->len == LETTERS && doc_is_mark(d, (int64_t)*first - 1, ':');
        if (t->kind == TOK_WORD && !doc_is_mark(d, (int64_t)*first - 1, '_') && !own &&
            (t->len > LETTERS || !(t->flags & TOK_UPPER)))
            break;
        *first -= 2;
        while (doc_joined(d, *first) && doc_tok(d, (int64_t)*first - 1)->kind != TOK_MARK &&
               from - *first < REACH)
            --*first;
    }
    while (*last - to < REACH && is_bound(d, (int64_t)*last + 1)) {
        *last += 2;
        while (doc_joined(d, *last + 1) && doc_tok(d, (int64_t)*last + 1)->kind != TOK_MARK &&
               *last - to < REACH)
            ++*last;
    }
}

/* "patient photo IMG_0042.jpg": a file of a picture behind who is in it. */
static bool is_portrait(const struct doc *d, const struct code *c)
{
    const int64_t dot = (int64_t)c->last + 1;
    if (!doc_is_mark(d, dot, '.') || !doc_joined(d, dot) || !doc_joined(d, dot + 1)) return false;
    static const struct wordset_row endings[] = { { "jpg jpeg png heic tif tiff bmp", 1 } };
    static struct wordset set = WORDSET(endings);
    if (!wordset_class(wordset_ready(&set), doc_tok(d, dot + 1))) return false;
    const uint32_t told = id_told_before(d, code_start(c), 4);
    return told & TOLD_PHOTO && told & TOLD_SITTER;
}

/* "VIN (last 8) 3A004352", "VIN last six: 004352" */
static bool is_vin_end(const struct doc *d, const struct code *c)
{
    enum { REACH = 5, MOST = 8 };
    if (c->measure || c->letters + c->digits > MOST) return false;
    int64_t k = (int64_t)c->first - 1;
    if (doc_is_mark(d, k, ':') || doc_is_mark(d, k, ')')) k--;
    if (doc_is_mark(d, k, ')')) k--;
    k--; /* how many */
    return doc_is_word(d, k, VIEW("last")) && id_told_before(d, c->first, REACH) & TOLD_VIN;
}

bool id_by_told(const struct doc *d, const struct code *c, struct finding *f, uint32_t *next)
{
    const uint32_t left = doc_tok(d, (int64_t)c->first - 1)->flags,
                   right = doc_tok(d, (int64_t)c->last + 1)->flags;
    const bool lettered = id_is_lettered(d, c);
    uint32_t last = c->last, first;
    if (lettered && id_login_of(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.8F);
        *next = last + 1;
        return true;
    }
    /* "9MU 5HD": the digits may be in the next group */
    const bool enough = (c->digits > 2) | ((right & TOK_UPPER) != 0) |
                        (doc_tok(d, (int64_t)c->last + 1)->kind == TOK_NUMBER);
    if (enough && (lettered | (c->letters != 0)) && id_plate_near(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.75F);
        *next = last + 1;
        return true;
    }
    /* "plate KC 44 XF" */
    const bool between = (left & right & TOK_UPPER) != 0;
    if (c->digits < 2 || c->digits + c->letters > 24 || (c->digits < 3 && !c->letters && !between))
        return false;
    if (lettered && id_plate_of(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.8F);
        *next = last + 1;
        return true;
    }
    if (id_fleet_of(d, c, &first, &last)) {
        *f = doc_finding(d, first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.75F);
        *next = last + 1;
        return true;
    }
    last = c->last;
    if (c->digits + c->letters < 5) return false;
    if (is_vin_end(d, c)) {
        *f = doc_finding(d, c->first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.8F);
    } else if (is_biometric(d, c) || is_portrait(d, c)) {
        /* "IMG_4482.jpg" */
        if (doc_is_mark(d, last + 1, '.') && doc_joined(d, last + 1) && doc_joined(d, last + 2) &&
            doc_tok(d, last + 2)->kind == TOK_WORD && doc_tok(d, last + 2)->len <= 4)
            last += 2;
        first = code_start(c);
        widen(d, &first, &last);
        *f = doc_finding(d, first, last, LABEL_BIOMETRIC, RULE_ID_CUE, 0.8F);
    } else if (c->digits >= (c->letters ? 1 : 5) && !c->measure && !code_is_date(d, c) &&
               id_told_class_at(d, (int64_t)c->first - 1) & TOLD_LOT &&
               id_told_before(d, c->first, 6) & TOLD_IMPLANT) {
        *f = doc_finding(d, c->first, last, LABEL_DEVICE, RULE_ID_CUE, 0.75F);
    } else {
        return false;
    }
    *next = last + 1;
    return true;
}

/* "MAC 1f82.8e89.f793": three groups of four hexadecimal digits behind the word at token `cue`. */
SELDOM static err mac_after(const struct doc *d, uint32_t cue, struct findings *out)
{
    enum { GROUP = 4, BYTES = 14 };
    uint32_t i = cue + 1, last;
    while (i < cue + 4 &&
           (doc_is_mark(d, i, ':') || doc_is_mark(d, i, '#') || doc_is_mark(d, i, '=') ||
            doc_is_word(d, i, VIEW("address")) || doc_is_word(d, i, VIEW("addr"))))
        i++;
    if (i >= d->n || d->tok[i].flags & TOK_LINE) return OK;
    const size_t from = d->tok[i].start;
    const view v = view_sub(d->text, from, MIN(from + BYTES, d->text.n));
    if (v.n < BYTES) return OK;
    for (size_t k = 0; k < BYTES; k++) {
        const char c = ascii_lower(v.p[k]);
        const bool dot = k % (GROUP + 1) == GROUP;
        if (dot ? c != '.' : !ascii_is_digit(c) && !(c >= 'a' && c <= 'f')) return OK;
    }
    for (last = i; last + 1 < d->n && token_end(&d->tok[last]) < from + BYTES;)
        last++;
    if (token_end(&d->tok[last]) != from + BYTES) return OK;
    return findings_add(out, doc_finding(d, i, last, LABEL_DEVICE, RULE_ID_CUE, 0.9F));
}

/* "car, CA 436-410", "Bakkie (SL 41 TD GP)": behind capitals, numbers that read like measures in another place. */
static err plate_behind(const struct doc *d, uint32_t i, struct findings *out)
{
    struct code c;
    uint32_t first, last;
    const struct token *t = &d->tok[i], *r = doc_tok(d, (int64_t)i + 1);
    if (!(t->flags & TOK_SPACE) || !(d->shield[i] & SHIELD_MEASURE)) return OK;
    if (!(r->flags & TOK_UPPER && r->len <= 3) &&
        !(t->len == 3 && doc_is_mark(d, i + 1, '-') && doc_tok(d, (int64_t)i + 2)->len == 3))
        return OK;
    code_around(d, i, &c);
    if (c.first != i || !id_plate_near(d, &c, &first, &last)) return OK;
    return findings_add(out, doc_finding(d, first, last, LABEL_VEHICLE, RULE_ID_CUE, 0.75F));
}

/* "tail G-HLMJ", "Landed by Roe Air, tail number C-GEMA": letters alone behind what flies, a hyphen behind the country's. */
static bool is_tail(const struct doc *d, uint32_t i)
{
    enum { REACH = 7, LEAST = 3, MOST = 4 };
    const struct token *t = &d->tok[i], *land = doc_tok(d, (int64_t)i - 2);
    if (!(t->flags & TOK_UPPER) || t->len < LEAST || t->len > MOST || !doc_joined(d, i) ||
        !doc_is_mark(d, (int64_t)i - 1, '-') || !doc_joined(d, i - 1) || land->len > 2 ||
        !(land->flags & (TOK_UPPER | TOK_CAP)) || doc_joined(d, i - 2) ||
        (doc_joined(d, i + 1) && (doc_tok(d, i + 1)->kind != TOK_MARK || doc_joined(d, i + 2))))
        return false;
    return id_told_before(d, i - 2, REACH) & TOLD_AIR ||
           doc_is_word(d, (int64_t)i - 3, VIEW("tail")) ||
           doc_is_word(d, (int64_t)i - 3, VIEW("air")) ||
           doc_is_word(d, (int64_t)i - 3, VIEW("wing")) ||
           doc_is_word(d, (int64_t)i - 4, VIEW("air"));
}

err id_told_words(const struct doc *d, struct findings *out)
{
    err e = OK;
    const struct wordset *set = wordset_ready(&id_told_set);
    uint32_t past = 0;
    /* "amedea.pizzuferro": a full stop that opens the text has nothing before it */
    for (uint32_t k = d->dots.n && !d->dots.v[0]; k < d->dots.n; k++) {
        const struct token *t = &d->tok[d->dots.v[k]];
        uint32_t first, last;
        if (LIKELY(!(t[-1].flags & t[1].flags & TOK_LOWER))) continue;
        if (id_user_formed(d, d->dots.v[k] - 1, &first, &last))
            TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.7F)));
    }
    /* "IG: moonpie.92": the word before the colon may be plain language */
    for (uint32_t k = 0; k < d->marks.n; k++) {
        uint32_t i = d->marks.v[k];
        if (i && d->tok[i].hash == ':' && id_told_class_at(d, (int64_t)i - 1) & TOLD_SOCIAL)
            TRY(id_login_after(d, i - 1, out));
    }
    for (uint32_t k = 0; k < d->signs.n; k++) {
        const uint32_t i = d->signs.v[k] + 1;
        if (UNLIKELY(i < d->n && d->tok[i].kind == TOK_NUMBER && d->tok[i].len - 2U < 3U))
            TRY(plate_behind(d, i, out));
    }
    for (uint32_t k = 0; k < d->hot.n; k++) {
        uint32_t i = d->hot.v[k], first, last;
        if (LIKELY(!wordset_may_have(set, d->tok[i].hash) & (d->lex[i]->bits != 0))) continue;
        const uint32_t c = id_told_class_at(d, i);
        if (UNLIKELY(!d->lex[i]->bits) && is_tail(d, i)) {
            TRY(findings_add(out, doc_finding(d, i - 2, i, LABEL_VEHICLE, RULE_ID_CUE, 0.8F)));
            continue;
        }
        if (UNLIKELY(!d->lex[i]->bits) && !c && i >= past && id_user_at(d, i, &first, &last)) {
            TRY(findings_add(out, doc_finding(d, first, last, LABEL_ID, RULE_ID_CUE, 0.75F)));
            past = last + 1;
            continue;
        }
        if (c & TOLD_SOCIAL && doc_is_mark(d, i + 1, ':')) continue;
        if (LIKELY(!(c &
                     (TOLD_PLATE | TOLD_LOGIN | TOLD_USER | TOLD_SYSTEM | TOLD_SOCIAL | TOLD_MAC))))
            continue;
        if (c & TOLD_MAC)
            TRY(mac_after(d, i, out));
        else if (c & TOLD_PLATE)
            TRY(id_plate_after(d, i, out));
        else
            TRY(id_login_after(d, i, out));
    }
out:
    return e;
}
