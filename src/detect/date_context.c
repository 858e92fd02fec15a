/* detect/date_context.c — see date_context.h. */
#include "detect/date_context.h"

/* What a date is spelled with comes first, names before all. */
enum { NAMED_ROWS = 8, INSIDE_ROWS = 11 };
static const struct wordset_row rows[] = {
    { "january february march april may june july august september october november december",
      DATE_MONTH },
    { "jan feb mar apr jun jul aug sep sept oct nov dec", DATE_MONTH },
    { "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
      DATE_MONTH },
    { "sunday monday tuesday wednesday thursday friday saturday", DATE_WEEKDAY },
    { "sun mon tue tues wed weds thu thur thurs fri sat", DATE_WEEKDAY },
    { "domingo lunes martes miercoles jueves viernes sabado", DATE_WEEKDAY },
    { "spring summer fall autumn winter q", DATE_PERIOD },
    { "christmas xmas thanksgiving easter halloween hanukkah passover ramadan diwali kwanzaa "
      "juneteenth eid chanukah deepavali hogmanay nowruz pesach purim sukkot thaipusam whitsun",
      DATE_PERIOD },
    { "of the de del", DATE_LINK },
    { "st nd rd th", DATE_AFTER_DAY },
    { "may march mar dec sat sun mon fall spring", DATE_VERB },

    /* what stands around a date */
    { "on since until till dated date dates through thru starting started effective", DATE_STRONG },
    { "seen visit visited admission admit dc performed done obtained drawn collected completed",
      DATE_STRONG },
    { "follow followup up u scheduled", DATE_STRONG },
    { "expires expired expiration lmp lnmp edc edd doi dos doa doe dod due", DATE_STRONG },
    { "adm tci appt appointment discharged admitted hospitalized board refilled refill recheck "
      "address",
      DATE_STRONG },
    { "born birth dob yob birthdate birthyear birthday bday bdate", DATE_BIRTH | DATE_STRONG },
    { "desde hasta fecha nacimiento", DATE_STRONG },
    { "nacido nacida", DATE_BIRTH | DATE_STRONG },
    { "in by before after from last next this between ending begun began beginning", DATE_WEAK },
    { "today yesterday tomorrow taken discharge mn midnight", DATE_WEAK },
    { "fu surgery procedure received reviewed signed dictated", DATE_WEAK },
    { "transcribed injury accident reported placed revised issued operated diagnosed diagnosis",
      DATE_WEAK },
    { "compare comparison bloods service encounter updated created entered mri ct cxr xray ray ekg "
      "ecg eeg echo scan labs "
      "lab",
      DATE_WEAK },
    { "mammo cxr ct cta mri mra mrcp kub echo tte tee ekg ecg eeg emg egd ercp colonoscopy "
      "mammogram pet "
      "dexa xray xrays ultrasound bcx ucx pod exp labs",
      DATE_STUDY },
    { "crossmatch xmatch fistulogram duplex doppler holter dsa venogram fobt cologuard colo biopsy "
      "bx",
      DATE_STUDY },
    { "path baseline screening screen gbs rsv dental infusion induction transplant photo photos "
      "autopsy relapse recovery gct child read reread overread listed",
      DATE_WEAK },
    { "exp eff", DATE_STRONG },
    { "since dated rescheduled resched postponed booked synced uploaded downloaded renewed "
      "recertified effective admitted readmitted discharged transferred died born onsite expires "
      "expired visited",
      DATE_STRONG | DATE_SURE },
    { "passed consented enrolled randomized randomised implanted interrogated inspected calibrated "
      "serviced "
      "resulted refilled submitted approved denied filed cosigned signed dictated transcribed "
      "canceled cancelled amended addended coll retrieved arrested released extubated intubated "
      "immunized immunised collected "
      "drawn "
      "pronounced reassessed flushed changed faxed mailed shipped delivered scanned printed "
      "notarized recorded logged",
      DATE_STRONG },
    { "removed placed inserted fell out stopped started start restarted resumed intubated "
      "extubated "
      "transferred last next onset readmit readmitted lkw lkn",
      DATE_EVENT },
    { "note letter report exam examination evaluation study studies biopsy catheterization cath",
      DATE_WEAK },
    { "colonoscopy mammogram pap ultrasound us surgery stent placement repair treated therapy",
      DATE_WEAK },
    { "died deceased death married delivered delivery onset began stopped quit returned removed",
      DATE_WEAK },
    { "morning evening night afternoon early late mid end middle for", DATE_WEAK },

    { "strength grade graded motor reflex reflexes dtr dtrs pulse pulses pain murmur score scored",
      DATE_AGAINST },
    { "scores rated rates rating bp pressure pressures level levels vision acuity od os ou apgar",
      DATE_AGAINST },
    { "apgars bpp criteria step stage ratio power nph insulin gcs muscle intensity severity",
      DATE_AGAINST },
    { "visual sensation scale index tone mixture humulin novolin lortab vicodin norco percocet",
      DATE_AGAINST },
    { "advair symbicort tylenol extension flexion abduction adduction dorsiflexion eversion",
      DATE_AGAINST },
    { "grip biceps triceps deltoid quadriceps patellar achilles knee ankle plantar position",
      DATE_AGAINST },
    { "times lead leads quadrant quadrants nodes cores gauge ph babinski pupils version v",
      DATE_AGAINST },
    { "hiv fraction fio rom prick wheal wheals histamine reps", DATE_AGAINST },
    { "mmse moca mms mini phq gad ess epworth tinetti berg barthel slums gds epds edinburgh audit "
      "dast "
      "ciwa cows nihss fim madrs hamd hdrs ymrs bdi bai braden norton morse bishop alvarado katz "
      "questionnaire test tests quiz recall serial correct missed got answered attended quad quads "
      "hamstring hamstrings iliopsoas ehl h recalled bipap cpap ipap epap peep vent settings "
      "ishihara plates",
      DATE_AGAINST },
    { "needle needles syringe ln lns lymph sentinel questions sessions items attempts criteria "
      "correct "
      "joints teeth quarts cans international system objects given taken daily nightly po bid tid",
      DATE_UNIT },
    { "called transfused lvm msg message meeting family consent consented flu shot tdap booster "
      "vaccine vaccinated mvc mva collision assault cast rtw overnight addendum update interval "
      "dialysis hd dialyzed chemo spoke ordered sent mailed faxed changed collected clinic "
      "er ed icu dispo tu th sa su bm stool colostomy rtc picc foley line drain trach peg cvl "
      "cultures culture cx exposure excuse school week wk am pm night noon nite heard mail email "
      "shipped shipment ship soc roc recert hookup court hearing trial incident callback cb conf "
      "conference starts ends begins closes show interview deposition arraignment eval reeval "
      "retest off addend mtg psych ready fill filled round rounds immunizations immunization imms "
      "imm "
      "immunisations vaccines vaccinations vax shots boosters jab jabs flushot covid shingrix "
      "pneumovax prevnar cabg telehealth mds funeral burial cto circ vacation returns leaves "
      "arrives flight anniversary depo nst f2f work call synagis wcc mmr hpv gardasil dtap "
      "varicella menactra held weekend trough sealed repaired cycle restaging flush flushed ppd "
      "lbm "
      "hosp hospital loa podiatry dental notified aware conference bmp draw ua cath cvc xfer "
      "febrile "
      "rosc nstemi gib stepdown cx prbc infusion transfusion hospice restaged",
      DATE_NEAR },

    { "mg mcg ug g gm gms gram grams kg ml cc l iu u unit units meq mmol tablet tablets tab tabs",
      DATE_UNIT },
    { "capsule capsules cap caps puff puffs drop drops spray sprays teaspoon teaspoons tsp patch",
      DATE_UNIT },
    { "mm cm m inch inches foot feet lb lbs pound pounds oz ounce ounces french fr gauge mmhg",
      DATE_UNIT },
    { "neg negative pos positive ngtd ng unchanged improved stable shows showed showing revealed "
      "demonstrated pending looks looked prelim preliminary reviewed noted "
      "discussed normal abnormal benign",
      DATE_RESULT },
    { "minute minutes min mins hour hours hr hrs day days week weeks wk wks month months year "
      "years",
      DATE_UNIT },
    { "yr yrs yo times x percent degrees point points liter liters mile miles", DATE_UNIT },
    { "patients people women men cases subjects children siblings dose doses trocar trocars port",
      DATE_UNIT },

    { "way ways strength power reflexes pulses pain out lidocaine marcaine mixture normal intact",
      DATE_GRADE },
    { "murmur sem systolic diastolic holosystolic bilaterally bilateral throughout symmetric",
      DATE_GRADE },
    { "symmetrical motor beats scale dilution solution equal upper lower right left proximally",
      DATE_GRADE },
    { "distally flexion extension bue ble rue lue rle lle", DATE_GRADE },

    { "vessel vessels bottles bottle criteria sets nodes blocks packs pack pints cigarettes beers "
      "drinks nodes levels leads cores stitches sutures",
      DATE_UNIT },
    { "lead bpm kcal cal calories joules hz db rads gy cgy hundred thousand million", DATE_UNIT },

    { "in since until till last this next by from through thru during early mid late around before",
      DATE_OF_MONTH },
    { "after of between about approximately past previous prior every desde hasta en til eom all "
      "come",
      DATE_OF_MONTH },

    { "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
      "thirteenth "
      "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth",
      DATE_ORDINAL },
    { "twenty thirty", DATE_TENS },
    { "tree trees disease factor egg eggs seal seals lily island dinner pattern syndrome sign "
      "signs fasting cactus",
      DATE_ITEM },
};
struct wordset date_words_around = WORDSET(rows);
struct wordset date_words_inside = { .rows = rows, .n_rows = INSIDE_ROWS };
struct wordset date_words_named = { .rows = rows, .n_rows = NAMED_ROWS };

/* A mark that does not part a cue from its date. */
static inline bool is_filler_mark(uint64_t cp)
{
    static const uint64_t fillers = DOC_MARK_BIT(':') | DOC_MARK_BIT('(') | DOC_MARK_BIT('[') |
                                    DOC_MARK_BIT('-') | DOC_MARK_BIT('=') | DOC_MARK_BIT('"') |
                                    DOC_MARK_BIT(',') | DOC_MARK_BIT('#') | DOC_MARK_BIT('_') |
                                    DOC_MARK_BIT('*');
    return (cp - 0x20 < 64 && fillers >> (cp - 0x20) & 1) || cp == '~' || cp == '|';
}

static bool ends_sentence(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (t->kind != TOK_MARK) return false;
    if (t->hash == '.') return (doc_tok(d, i + 1)->flags & TOK_SPACE) && doc_tok(d, i - 1)->len > 2;
    return t->hash == ';' || t->hash == '?' || t->hash == '!' || t->hash == 0;
}

/* "b. 1921" and "d.o.b.": a letter b before a point, alone or after "o." Returns its token or -1. */
static int64_t birth_letter(const struct doc *d, int64_t first)
{
    int64_t i = first - 1;
    if (doc_is_mark(d, i, ':')) i--;
    if (!doc_is_mark(d, i, '.')) { /* D.O.B without its last point */
        if (!doc_is_word(d, i, VIEW("b")) || !doc_is_word(d, i - 2, VIEW("o")) ||
            !doc_is_word(d, i - 4, VIEW("d")) || !doc_is_mark(d, i - 3, '.'))
            return -1;
        return doc_is_mark(d, i - 1, '.') ? i : -1;
    }
    const struct token *b = doc_tok(d, i - 1), *o = doc_tok(d, i - 3);
    if (b->kind != TOK_WORD || b->len != 1 || (d->text.p[b->start] | 0x20) != 'b') return -1;
    bool dob = o->kind == TOK_WORD && o->len == 1 && (d->text.p[o->start] | 0x20) == 'o';
    return dob || !(doc_is_mark(d, i - 2, '.')) ? i - 1 : -1;
}

/* "her birthday is 3/9": past the verb. */
static int64_t before_verb(const struct doc *d, int64_t i)
{
    const bool verb = doc_is_word(d, i, VIEW("is")) || doc_is_word(d, i, VIEW("was"));
    return verb && date_class(d, i - 1) & DATE_BIRTH ? i - 1 : i;
}

enum { LOOK_BACK = 40 }; /* tokens */

/* "address as of 1/26", "week of 3/13" */
static bool is_as_of(const struct doc *d, int64_t i)
{
    return doc_is_word(d, i, VIEW("of")) &&
           (doc_is_word(d, i - 1, VIEW("as")) || doc_is_word(d, i - 1, VIEW("week")) ||
            doc_is_word(d, i - 1, VIEW("wk")) || doc_is_word(d, i - 1, VIEW("weekend")));
}

/* The OD of "Ada Roe, OD, noted 12/4": no eye. */
static bool is_credential(const struct doc *d, int64_t i)
{
    return doc_bits(d, i) & LEX(CREDENTIAL) && doc_tok(d, i)->flags & TOK_UPPER &&
           doc_is_mark(d, i - 1, ',') && doc_tok(d, i - 2)->flags & TOK_CAP && !d->is_caseless;
}

/* "Missed visits 2/21", "Chart audit by Ada Roe 4/24": no items of a test, and no test. */
static bool is_of_visits(const struct doc *d, int64_t i)
{
    static const struct wordset_row visits[] = {
        { "visit visits appt appts appointment appointments dialysis session call calls hd clinic",
          1 }
    };
    static struct wordset set = WORDSET(visits);
    if (doc_is_word(d, i, VIEW("missed")))
        return wordset_class(wordset_ready(&set), doc_tok(d, i + 1));
    if (doc_is_word(d, i, VIEW("answered"))) /* "Answered Ada by portal 2/24" */
        return doc_tok(d, i + 1)->flags & TOK_CAP || doc_is_word(d, i + 1, VIEW("by"));
    return doc_is_word(d, i, VIEW("audit")) && doc_is_word(d, i + 1, VIEW("by"));
}

/* "fistulogram 4/8", "prostatectomy 8-11": the ending tells that something was done. */
static uint32_t procedure_class(const struct doc *d, int64_t i)
{
    static const view ends[] = { { "gram", 4 },    { "graphy", 6 }, { "scopy", 5 },
                                 { "ectomy", 6 },  { "ostomy", 6 }, { "plasty", 6 },
                                 { "rrhaphy", 7 }, { "tesis", 5 } };
    enum { LEAST = 8 };
    static const struct wordset_row units[] = { { "kilogram milligram microgram nanogram picogram",
                                                  1 } };
    static struct wordset set = WORDSET(units);
    const view w = doc_view(d, (uint32_t)i, (uint32_t)i);
    if (w.n < LEAST) return 0;
    for (size_t k = 0; k < COUNT_OF(ends); k++)
        if (view_eq_nocase(view_sub(w, w.n - ends[k].n, w.n), ends[k]))
            return wordset_class(wordset_ready(&set), doc_tok(d, i)) ? 0 : DATE_STUDY;
    return 0;
}

static void look_before(const struct doc *d, uint32_t first, struct date_context *c)
{
    bool straight = true;
    int words_seen = 0;
    int64_t from =
        MAX((int64_t)first - LOOK_BACK, 0); /* a table of numbers has no words to stop at */
    for (int64_t i = before_verb(d, (int64_t)first - 1); i >= from && words_seen < 5; i--) {
        const struct token *t = doc_tok(d, i);
        if (doc_tok(d, i + 1)->flags & (straight ? TOK_PARA : TOK_LINE)) return;
        if (ends_sentence(d, i)) return;
        if (straight && is_as_of(d, i)) {
            c->before = DATE_STRONG;
            c->cue_first = (uint32_t)i - 1;
            c->cue_last = (uint32_t)i;
            straight = false;
        }
        const uint32_t class = date_class(d, i);
        if (t->kind == TOK_MARK ? is_filler_mark(t->hash) : class & DATE_LINK) continue;
        /* "rescheduled to 4/6" */
        if (straight && (doc_is_word(d, i, VIEW("to")) || doc_is_word(d, i, VIEW("for"))) &&
            date_class(d, i - 1) & DATE_SURE)
            continue;
        /* an initial is none of the letters that stand for a muscle's or lens's value: "H. Roe 5/19", nor a code's letter: "H36-6129" */
        const bool initial = t->len == 1 && t->flags & TOK_UPPER &&
                             ((doc_is_mark(d, i + 1, '.') && doc_tok(d, i + 2)->flags & TOK_CAP) ||
                              (doc_tok(d, i + 1)->kind == TOK_NUMBER && doc_joined(d, i + 1)));
        uint32_t cls = initial ? 0 : class;
        if (cls & DATE_AGAINST && (is_credential(d, i) || is_of_visits(d, i))) cls = 0;
        if (straight && t->kind == TOK_WORD) cls |= procedure_class(d, i);
        if (straight && t->kind == TOK_WORD) {
            c->before = cls;
            c->cue_first = c->cue_last = (uint32_t)i;
        }
        straight = false;
        /* "d/c 3/4" is discharged or stopped then; "s/p" looks back to what was done then */
        if (t->kind == TOK_WORD && t->len == 1 && doc_is_mark(d, i - 1, '/') && doc_joined(d, i) &&
            doc_tok(d, i - 2)->len == 1) {
            char a = (char)(d->text.p[d->tok[i - 2].start] | 0x20),
                 b = (char)(d->text.p[t->start] | 0x20);
            if (a == 'd' && b == 'c') c->around |= DATE_EVENT;
            if (a == 'd' && b == 'c' && words_seen == 0) c->before |= DATE_STRONG;
            if (a == 's' && b == 'p' && words_seen > 0) c->after_procedure = true;
        }
        c->around |= cls;
        /* a name of several words counts as one, as its tag will */
        bool goes_on =
            t->flags & TOK_CAP && (doc_tok(d, i + 1)->flags & (TOK_CAP | TOK_LINE)) == TOK_CAP;
        words_seen += t->kind == TOK_WORD && !goes_on;
    }
}

struct date_context date_context_of(const struct doc *d, uint32_t first, uint32_t last)
{
    struct date_context c = { 0 };
    int64_t next = (int64_t)last + 1;
    look_before(d, first, &c);
    int64_t b = birth_letter(d, first);
    if (b >= 0) {
        c.before |= DATE_BIRTH | DATE_STRONG;
        c.cue_first = c.cue_last = (uint32_t)b;
    }
    c.opens_line = (d->tok[first].flags & TOK_LINE) ||
                   (doc_is_mark(d, (int64_t)first - 1, '(') && doc_is_mark(d, next, ')'));
    c.percent = doc_is_mark(d, next, '%') || (doc_is_mark(d, next, '+') && doc_joined(d, next));
    if (doc_is_mark(d, next, '-') && doc_joined(d, next) && doc_joined(d, next + 1)) next++;
    c.after = (doc_tok(d, next)->flags & TOK_LINE) ? 0 : date_class(d, next);
    return c;
}
