/* Persons in what is asked of an assistant, a colleague or a search, see name_frame_inside.h. */
#include "detect/name_frame_inside.h"
#include "detect/wordset.h"

enum {
    A_OPENS = 1 << 0,    /* opens a question, its name follows: "Could Tarrow swim" */
    A_WHICH = 1 << 1,    /* before that, in small letters: "How is Tarrow doing" */
    A_DOES = 1 << 2,     /* behind: what only persons do or are */
    A_NEEDS = 1 << 3,    /* behind: what houses, insurers and things do too */
    A_BE = 1 << 4,       /* before those two: "be eligible", "been vaccinated" */
    A_HAS = 1 << 5,      /* what a person has, and no eponym: "Tarrow's lipase" */
    A_MEASURED = 1 << 6, /* the same behind one more word: "Tarrow's lead level" */
    A_PERSON = 1 << 7,   /* "a runner, Tarrow, has" */
    A_PERSONS = 1 << 8,  /* "which of my patients, Tarrow or Ilvana, was" */
    A_JOINS = 1 << 9,
    A_FOR = 1 << 10, /* with A_WHEN and A_PRONOUN: "leaflet for Tarrow before she goes" */
    A_WHEN = 1 << 11,
    A_PRONOUN = 1 << 12,
    A_GIVES = 1 << 13, /* with a number: "gave Tarrow 4 mg" */
    A_SENDS = 1 << 14, /* with A_WAY: "sent Tarrow home" */
    A_WAY = 1 << 15,
    A_SUMS = 1 << 16, /* with A_STAY: "summarize Tarrow admission" */
    A_STAY = 1 << 17,
    A_ARTICLE = 1 << 18,
    A_UNIT = 1 << 19,   /* with "in the": "for Tarrow in the PICU" */
    A_CALLED = 1 << 20, /* "call me Tarrow", "said she was Tarrow" */
    A_SAID = 1 << 21,
    A_ADVERB = 1 << 22, /* "is Tarrow still contagious" */
    A_LATEST = 1 << 23, /* between owner and thing: "Tarrow's last A1c" */
    A_ADMITS = 1 << 24, /* "we discharged Tarrow yesterday" */
    A_STARTS = 1 << 25, /* with "on" and a medicine: "started Tarrow on apixaban" */
    A_BIDS = 1 << 26,   /* with A_THAT: "message Tarrow that we are closed" */
    A_THAT = 1 << 27,
    A_SPEAKS = 1 << 28, /* with "to": "explain to Tarrow why" */
    A_NEWS = 1 << 29,   /* with "on" or "about" and a mark: "update on Tarrow: INR 3" */
    A_TO = 1 << 30,
};
static const struct wordset_row rows[] = {
    { "is was will can could should would does did has had may might must shall", A_OPENS },
    { "how when why what where whether if since", A_WHICH },
    { "doing eligible allowed pregnant breastfeeding vaccinated immunized contagious infectious "
      "malingering septic febrile afebrile homeless swim drive fly exercise shower bathe "
      "breastfeed "
      "travel shovel walk eat drink sleep smoke lift bike jog ski pump worry feel remember speak "
      "understand ambulate bleed sunbathe consent dialyze fast return told seen discharged "
      "admitted intubated extubated immune compliant asthmatic diabetic hypertensive malnourished "
      "due qualify benefit get go last anemic hypoxic confused dizzy jaundiced tachycardic "
      "bradycardic hyponatremic hypokalemic weak tired swollen sleepy agitated delirious "
      "constipated "
      "itchy wheezing coughing vomiting bleeding depressed suicidal obese cachectic",
      A_DOES },
    { "need have take stop start meet tolerate able ready old safe still "
      "resume restart hold switch continue going taking wait a an on off too being at",
      A_NEEDS },
    { "be been", A_BE },
    { "lipase labs lab chart creatinine potassium sodium hemoglobin haemoglobin hematocrit a1c "
      "hba1c "
      "inr troponin platelets lactate bilirubin tsh ferritin glucose sugars sugar magnesium "
      "calcium "
      "phosphorus bicarb egfr gfr psa wbc anc bnp esr crp lft lfts rash fever pain "
      "pericarditis pneumonia cellulitis meds medications medication prescription prescriptions "
      "refill refills immunization immunizations immunisation vaccine vaccines vaccination shots "
      "appointment appointments visit results mri ct xray echo echocardiogram ekg ecg eeg emg "
      "biopsy ultrasound mammogram colonoscopy case surgery admission discharge weight bp urine "
      "seizure seizures insulin diabetes asthma cancer tumor pregnancy lungs heart kidney "
      "kidneys liver knee knees hip hips shoulder back eyes eye ear ears throat teeth stool murmur "
      "headaches headache migraines nausea vomiting diarrhea constipation anemia "
      "hypertension hypotension cirrhosis gout copd chf uti dvt covid flu anxiety depression "
      "insomnia dementia delirium allergy allergies vitals oxygen sats chemo chemotherapy "
      "radiation "
      "dialysis transplant catheter picc port pacemaker icd pump trach ostomy feeding feeds diet "
      "inhaler antibiotics steroids anticoagulation warfarin statin "
      "mother mom mum father dad parents wife husband son daughter sister brother family aunt "
      "uncle "
      "pcp cardiologist oncologist nurse doctor caregiver guardian insurance claim paperwork "
      "hospitalization stay bloodwork symptoms progress recovery prognosis diagnosis allergist "
      "age birthday dob address phone voicemail consent",
      A_HAS },
    { "level levels dose doses pressure count counts scan scans record records result "
      "report pain infection transplant injury therapy cancer",
      A_MEASURED },
    { "patient pt teenager teen runner lady woman man gentleman boy girl baby newborn infant "
      "toddler "
      "child kid veteran student nurse abstractor technician resident intern widow widower "
      "twin client colleague mother father sister brother son daughter aunt uncle cousin niece "
      "nephew neighbor neighbour friend tenant inmate driver pianist teacher farmer pilot cook "
      "welder "
      "dancer singer athlete swimmer cyclist refugee immigrant visitor volunteer caller passenger "
      "biller scheduler receptionist pharmacist therapist hygienist doula midwife scribe coder",
      A_PERSON },
    { "patients ladies gentlemen guys babies residents veterans nurses interns students clients "
      "inmates donors recipients cases",
      A_PERSONS },
    { "and or", A_JOINS },
    { "for about regarding with on to from of", A_FOR },
    { "before after while because until once when who since as if that so and but given", A_WHEN },
    { "she he her his him they", A_PRONOUN },
    { "gave give giving given write", A_GIVES },
    { "sent send sending brought bring took take drove referred transferred discharged admitted",
      A_SENDS },
    { "home in back over out away up to here", A_WAY },
    { "summarize summarise review reviewing present rewrite condense explain abstract code audit",
      A_SUMS },
    { "admission hospitalization chart stay visit course labs notes discharge encounter handoff "
      "hospitalisation progress workup",
      A_STAY },
    { "the our my your bay bed room", A_ARTICLE },
    { "icu picu nicu micu sicu ccu er ed clinic unit ward office lobby waiting hallway or pacu",
      A_UNIT },
    { "me him her", A_CALLED },
    { "call called calls", A_SAID },
    { "last latest recent current new repeat previous prior next first morning", A_LATEST },
    { "admitted discharged seeing intubated extubated saw", A_ADMITS },
    { "started put switched begun restarted", A_STARTS },
    { "message remind reassure notify inform tell thank schedule reschedule", A_BIDS },
    { "that to for why how about if whether", A_THAT },
    { "explain explaining reply say speak respond apologize apologise talk", A_SPEAKS },
    { "update updates news worried anxious concerned", A_NEWS },
    { "to", A_TO },
    { "still already really now also ever actually even currently just", A_ADVERB },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* The same, of a word in small letters on the line of what stands before it. */
static uint32_t goes_on(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->flags & TOK_LOWER && !(t->flags & TOK_LINE) ? cls(d, i) : 0;
}

/* "Could Tarrow swim", "How is Tarrow doing", "Had Tarrow been vaccinated". */
SELDOM static bool is_asked(const struct doc *d, int64_t i, uint32_t last)
{
    const struct token *t = doc_tok(d, i);
    const bool opens = t->flags & (TOK_CAP | TOK_LINE) || !i || cls(d, i - 1) & A_WHICH;
    int64_t verb = (int64_t)last + 1;
    if (!opens) /* "How much Tylenol can Tarrow take?" */
        return doc_is_mark(d, verb + 1, '?') && goes_on(d, verb) & (A_DOES | A_NEEDS);
    if (goes_on(d, verb) & A_ADVERB) verb++;
    if (goes_on(d, verb) & A_BE) verb++;
    const uint32_t does = goes_on(d, verb);
    if (doc_is_word(d, verb, VIEW("a")) && doc_is_word(d, verb + 1, VIEW("candidate"))) return true;
    return does & A_DOES || (does & A_NEEDS && name_is_usual(d, last));
}

/* "Tarrow's lipase", "Tarrow's lead level". A medicine is somebody's too, or its maker's. */
SELDOM static bool has_own(const struct doc *d, uint32_t last)
{
    uint32_t thing = shape_after_possessive(d, last);
    if (thing <= last + 1 || thing >= d->n) return false;
    if (doc_is_word(d, thing, VIEW("last"))) return true; /* "Tarrow's last A1c" */
    if (goes_on(d, thing) & A_LATEST) thing++;
    if (cls(d, thing) & A_HAS && !(doc_tok(d, thing)->flags & TOK_LINE) &&
        (d->tok[thing].flags & TOK_LOWER || d->tok[thing].len < 5)) /* "INR", "A1c" */
        return true;
    return (goes_on(d, (int64_t)thing + 1) & A_MEASURED && d->tok[thing].flags & TOK_LOWER) ||
           (doc_bits(d, thing) & LEX(DRUG) && name_is_usual(d, last));
}

/* "A patient of mine, Tarrow, wants", "The lady in the waiting room, Tarrow, says": the comma stands at token i. */
SELDOM static bool is_apposed(const struct doc *d, int64_t i, uint32_t last)
{
    enum { FAR = 6 };
    const int64_t next = (int64_t)last + 1;
    if (cls(d, i - 1) & A_PERSONS) return cls(d, next) & A_JOINS || doc_is_mark(d, next, ',');
    if (!doc_is_mark(d, next, ',') || doc_joined(d, next + 1)) return false;
    const struct token *then = doc_tok(d, next + 1);
    if (!(then->flags & TOK_LOWER) || then->flags & TOK_LINE || cls(d, next + 1) & A_JOINS)
        return false;
    for (int64_t k = i - 1; k >= 0 && i - k <= FAR; k--) {
        const struct token *t = doc_tok(d, k);
        /* "Patient, Tarrow, …" is a form's, "Pt of mine, Tarrow, …" is not */
        if (cls(d, k) & A_PERSON)
            return t->flags & TOK_LOWER || (k < i - 1 && shape_starts_sentence(d, k));
        if (t->flags & TOK_LINE || t->kind == TOK_MARK) return false;
    }
    return false;
}

/* The word "for", "about" … at token i. */
SELDOM static bool is_meant(const struct doc *d, int64_t i, uint32_t last)
{
    const int64_t next = (int64_t)last + 1;
    const uint32_t is = goes_on(d, next), then = cls(d, next + 1);
    if (cls(d, i - 1) & A_NEWS && doc_tok(d, next)->kind == TOK_MARK)
        return !doc_joined(d, next + 1) || next + 1 >= (int64_t)d->n; /* "worried about Tarrow." */
    if (is & A_WHEN) return then & A_PRONOUN;
    if (doc_is_mark(d, next, ',')) /* "For Tarrow, what dose" */
        return then & A_PRONOUN || (then & (A_OPENS | A_WHICH) && doc_is_word(d, i, VIEW("for")));
    return doc_is_word(d, next, VIEW("in")) && then & A_ARTICLE &&
           (cls(d, next + 2) & A_UNIT || doc_tok(d, next + 2)->kind == TOK_NUMBER);
}

/* The second of two: "my patients, Tarrow or Ilvana": the joining word stands at token i. */
SELDOM static bool is_second(const struct doc *d, int64_t i)
{
    if (i < 3) return false;
    const uint32_t begin = shape_word_begin(d, (uint32_t)i - 1);
    return begin > 1 && shape_of(d, begin) == SHAPE_TITLE &&
           doc_is_mark(d, (int64_t)begin - 1, ',') && cls(d, (int64_t)begin - 2) & A_PERSONS;
}

int64_t name_frame_asked(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t i = (int64_t)first - 1, next = (int64_t)last + 1;
    const struct token *before = doc_tok(d, i), *after = doc_tok(d, next);
    const bool owns = doc_is_mark(d, next, '\'') && doc_joined(d, next);
    const bool comma = before->kind == TOK_MARK && before->hash == ',' &&
                       (after->kind == TOK_MARK ? after->hash == ',' : after->len <= 3);
    const uint32_t is = before->kind == TOK_WORD ? cls(d, i) : 0;
    const bool pair = after->len == 3 && doc_is_word(d, next, VIEW("and")) &&
                      cls(d, next + 1) & A_PRONOUN && doc_bits(d, next + 2) & LEX(RELATIVE);
    if ((!owns && !comma && !is && !pair) || shape_of(d, last) != SHAPE_TITLE || d->shield[last] ||
        !name_is_new_or_usual(d, last))
        return -1;
    if (pair || (owns && has_own(d, last))) return next; /* "Tarrow and his wife" */
    if (d->tok[first].flags & TOK_LINE) return -1;
    if (comma) return is_apposed(d, i, last) ? i - 1 : -1;
    const uint32_t then = goes_on(d, next);
    if (is & A_OPENS && is_asked(d, i, last)) return i;
    if (is & A_JOINS && is_second(d, i)) return i;
    if (is & A_FOR && is_meant(d, i, last)) return i;
    if (is & A_GIVES && !(after->flags & TOK_LINE) &&
        (after->kind == TOK_NUMBER || doc_bits(d, next) & LEX(DRUG) ||
         doc_is_word(d, next, VIEW("a")))) /* "write Tarrow a letter" */
        return i;
    if (is & A_ADMITS && (after->kind == TOK_MARK || after->flags & TOK_LOWER)) return i;
    if (is & A_STARTS && doc_is_word(d, next, VIEW("on")) && doc_bits(d, next + 1) & LEX(DRUG))
        return i;
    if (is & A_BIDS && then & A_THAT) return i;
    if (is & A_TO && cls(d, i - 1) & A_SPEAKS && (then & A_THAT || after->kind == TOK_MARK))
        return i;
    if (doc_is_word(d, i, VIEW("of")) && doc_tok(d, i - 1)->flags & TOK_LOWER &&
        doc_bits(d, i - 1) & LEX(RELATIVE))
        return i - 1; /* "the wife of Tarrow" */
    if (is & A_SENDS && then & A_WAY) return i;
    if (is & A_SUMS && then & A_STAY) return i;
    if (is & A_CALLED && cls(d, i - 1) & A_SAID) return i;
    if (doc_is_word(d, i, VIEW("was")) && cls(d, i - 1) & A_PRONOUN &&
        doc_is_word(d, i - 2, VIEW("said")))
        return i;
    return -1;
}
