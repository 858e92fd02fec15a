#include "detect/name_signs_patient.h"

#include "detect/letters_of_care.h"
#include "detect/name_initials.h"
#include "detect/name_signs_described.h"
#include "detect/shape.h"
#include "detect/wordset.h"

enum {
    T_WHO = 1 << 0,    /* whose letters follow */
    T_THING = 1 << 1,  /* measures, tests, services, places, diseases, and what opens a list */
    T_BE = 1 << 2,     /* is, was */
    T_HAVE = 1 << 3,   /* has, had */
    T_WILL = 1 << 4,   /* will, should */
    T_BEEN = 1 << 5,   /* be, been */
    T_SO = 1 << 6,     /* between that and … */
    T_DONE = 1 << 7,   /* … what is done to persons only, or what only they are */
    T_SEEN = 1 << 8,   /* … what is done to things too */
    T_LAID = 1 << 9,   /* with … */
    T_HOW = 1 << 10,   /* … how a person lies */
    T_SAYS = 1 << 11,  /* what only persons do */
    T_DOES = 1 << 12,  /* what things do too */
    T_NO = 1 << 13,    /* "has no …", "has a history" */
    T_OWN = 1 << 14,   /* what a person has and a thing has not */
    T_TASK = 1 << 15,  /* "is to have", "will return" */
    T_BODY = 1 << 16,  /* behind a possessive */
    T_SLEEP = 1 << 17, /* under general anesthesia */
    T_THAT = 1 << 20,
    T_WITH = 1 << 21,
    T_URGED = 1 << 19, /* … to do something */
    T_HEARD = 1 << 18, /* … what a service is too: "ENT was asked" */
};
static const struct wordset_row rows[] = {
    { "bp hr rr inr ptt pt ot st slp wbc rbc hgb hb hct plt bmi loc rom ekg ecg eeg emg ct mri mra "
      "mr us cta pet cxr kub bx poc iop fev gcs ef o2 sat wt ht na cr bun bg fs bs ph esr crp "
      "tsh ast alt alp ggt ldh cpk ck bnp psa cea abg vbg csf ua pcr pe ros hpi pmh psh fh sh cc "
      "id mrn dob ssn icu ccu er ed or pacu rn md np pa do dr cna lpn sw cm rd msw lcsw rph ok ee "
      "le ue rle lle rue lue mom dad pcp poa vs tx rx dx "
      "hx sx fx dm htn chf cad ckd tia cva mi dvt af uti tb hiv hcv hbv bph osa cp sob ms pd als "
      "gi gu cv ent ob gyn nkda dnr dni cpr lp iv im po sq ng og et ett ac pr qt la lv ra rv lvh "
      "jvd avm sah sdh ich mva mvc gsw bm los eta pod hd pta ii iii iv the he she it we they who "
      "xyz xxx you and but not now all no yes ad al ae ai os od ou",
      T_THING },
    { "is was", T_BE },
    { "has had", T_HAVE },
    { "will should may would could can must", T_WILL },
    { "be been", T_BEEN },
    { "then also again subsequently initially recently not now being satisfactorily sterilely "
      "emergently urgently electively immediately promptly safely very currently otherwise still "
      "reportedly successfully just",
      T_SO },
    { "brought admitted discharged intubated extubated born "
      "transferred transported counseled counselled instructed anesthetized awakened "
      "reassured accompanied awake alert hospitalized ambulating "
      "complaining unresponsive cooperative oriented nonverbal tearful anxious interviewed "
      "consented reminded encouraged thanked escorted incarcerated widowed divorced single "
      "married pregnant pleasant sleeping asleep",
      T_DONE },
    { "encouraged urged advised asked told counseled instructed want wants like ask tell",
      T_URGED },
    { "told asked informed advised referred able unable comfortable here consulted", T_HEARD },
    { "seen followed evaluated prepped treated examined given observed monitored started noted "
      "identified rescheduled here doing resting sitting on in at well stable off back home now",
      T_SEEN },
    { "placed positioned laid taken", T_LAID },
    { "supine prone lithotomy decubitus sitting seated trendelenburg operating recovery table "
      "stretcher theater theatre bed position stirrups",
      T_HOW },
    { "understood understands denies denied tolerated describes wishes agreed verbalized "
      "verbalizes complained complains states stated mentioned spoke relates resides ambulates "
      "ambulated stood sat cried laughed slept eats drinks smokes spends walked walks regained "
      "moves believes admits endorses refused declined likes thinks lives underwent "
      "insists recalls wants asked answered moved got spit coughed",
      T_SAYS },
    { "feels felt reports reported presents presented returns returned received receives says said "
      "takes took "
      "did does continues continued attempted deteriorated rates needs became began came comes "
      "went goes appears remains used uses follows stopped started who "
      "arrived attended completed",
      T_DOES },
    { "no a an any had done not", T_NO },
    { "complaints complaint history known difficulty help concerns questions allergies children "
      "well siblings insight appetite trouble",
      T_OWN },
    { "have keep take call return follow see wait continue benefit need undergo come go remain "
      "receive resume avoid start bring discuss stay",
      T_TASK },
    { "right left abdomen bladder vagina height weight heart blood pain leg legs arm arms head "
      "neck back chest lower upper eyes mouth skin labor mother father wife husband son daughter "
      "sister brother sisters brothers parents mom dad family home room symptoms speech mood "
      "breathing behavior teacher school hair uterus cervix stomach knee hip shoulder wound "
      "incision scrotum perineum medications vital",
      T_BODY },
    { "under properly adequately anesthetized sedated asleep supine prone fully", T_SLEEP },
};
static struct wordset words = WORDSET(rows);
WORDSET_CLASS_AT(cls, words)

/* What stands before the letters, by itself: few words have to be looked up for it. */
static const struct wordset_row lead_rows[] = {
    { "pt patient client resident participant veteran inmate", T_WHO },
    { "that", T_THAT },
    { "with", T_WITH },
};
static struct wordset leads = WORDSET(lead_rows);

const struct wordset *name_signs_leads(void)
{
    return wordset_ready(&leads);
}

static bool is_thing(const struct doc *d, int64_t i)
{
    return cls(d, i) & T_THING || letters_of_care(d, (uint32_t)i);
}

/* "was placed in the supine position" from the verb on. */
static bool is_laid(const struct doc *d, int64_t i)
{
    enum { REACH = 8 };
    for (int64_t k = i + 1; k < i + REACH && doc_tok(d, k)->kind == TOK_WORD; k++)
        if (cls(d, k) & T_HOW) return true;
    return false;
}

/* "a 40-year-old", "a pleasant", "an elderly" behind "is". */
static bool is_described(const struct doc *d, int64_t i)
{
    enum { REACH = 6 };
    if (!doc_is_word(d, i, VIEW("a")) && !doc_is_word(d, i, VIEW("an"))) return false;
    for (int64_t k = i + 1; k < i + REACH; k++) {
        if (name_signs_is_age(d, k) || doc_is_word(d, k, VIEW("pleasant"))) return true;
        if (doc_tok(d, k)->kind != TOK_WORD && !doc_is_mark(d, k, ',')) return false;
    }
    return false;
}

/* Behind "is" or "was", "has been", "will be" of token i. `thing`: the letters s are one too; letters that are nothing else
 * may be seen and followed as well. */
static bool is_so(const struct doc *d, int64_t i, uint32_t s, bool thing)
{
    const uint32_t c = cls(d, i);
    if (c & T_SEEN && name_letters_mean_nothing(d, s)) return true;
    if (c & T_DONE) return true;
    if (!thing && (c & T_HEARD || is_described(d, i))) return true;
    if (c & T_LAID) return is_laid(d, i);
    return !thing && doc_is_word(d, i, VIEW("to")) && cls(d, i + 1) & (T_TASK | T_BEEN | T_HAVE);
}

/* "is alert", "has been counseled", "will return", "denies" behind the letters s: nothing but a person is or does so. */
static bool is_of_person(const struct doc *d, uint32_t s, bool thing)
{
    int64_t i = (int64_t)s + 1;
    if (!(doc_tok(d, i)->flags & TOK_LOWER) || doc_tok(d, i)->flags & TOK_LINE) return false;
    if (cls(d, i) & T_SO) i++;
    uint32_t c = cls(d, i);
    if (c & T_SAYS) return true;
    if (!(c & (T_BE | T_HAVE | T_WILL)))
        return !thing && doc_is_word(d, i, VIEW("to")) && cls(d, i + 1) & T_TASK;
    int64_t next = i + 1;
    while (cls(d, next) & (T_SO | T_BEEN) && next < i + 4)
        next++;
    if (c & T_BE || next > i + 1) {
        if (is_so(d, next, s, thing)) return true;
    }
    if (c & T_WILL) return !thing && cls(d, next) & T_TASK;
    if (!(c & T_HAVE) || thing) return false;
    while (cls(d, next) & T_NO && next < i + 4)
        next++;
    return next > i + 1 && cls(d, next) & T_OWN;
}

/* "Pt SS was": any verb goes, as the word before says who it is. */
static bool is_verb(const struct doc *d, int64_t i)
{
    const struct token *t = doc_tok(d, i);
    if (!(t->flags & TOK_LOWER) || t->flags & TOK_LINE) return false;
    return cls(d, i) & (T_BE | T_HAVE | T_WILL | T_SAYS | T_DOES | T_SO) ||
           doc_bits(d, i) & LEX(PERSON_VERB) ||
           (doc_is_word(d, i, VIEW("to")) && cls(d, i + 1) & (T_TASK | T_BEEN));
}

/* "encouraged Pt UB to work", "discussion with Pt SS and review" */
static bool is_spoken_to(const struct doc *d, int64_t i)
{
    return (cls(d, i - 2) & T_URGED && doc_is_word(d, i + 1, VIEW("to"))) ||
           (doc_is_word(d, i - 2, VIEW("with")) && doc_is_word(d, i + 1, VIEW("and")));
}

/* "NM's bladder" */
static bool is_owner(const struct doc *d, int64_t i)
{
    return doc_is_mark(d, i + 1, '\'') && doc_joined(d, i + 1) &&
           doc_is_word(d, i + 2, VIEW("s")) && cls(d, i + 3) & T_BODY;
}

/* "Pt US is a pleasant 56-year-old", "Pt OB was taken", but no "Pt PT is": who it is was said. */
static bool is_named(const struct doc *d, int64_t i)
{
    return cls(d, i + 1) & T_BE && !doc_is_word(d, i, VIEW("pt")) &&
           (is_described(d, i + 2) || doc_is_word(d, i + 2, VIEW("taken")));
}

/* "However, NM mentioned", "noted that NM stated" */
static bool is_amid(const struct doc *d, int64_t i)
{
    const bool comma = doc_is_mark(d, i - 1, ',') && doc_tok(d, i - 2)->flags & TOK_CAP &&
                       (i == 2 || shape_starts_sentence(d, i - 2));
    return (comma || doc_is_word(d, i - 1, VIEW("that"))) && cls(d, i + 1) & T_SAYS;
}

/* Of letters that begin a sentence, or what is said behind "that" and a comma. */
static bool is_subject(const struct doc *d, int64_t i)
{
    const uint32_t verbs = T_BE | T_HAVE | T_WILL | T_SAYS | T_SO;
    const uint32_t c = cls(d, i + 1);
    if (!(c & verbs) && !doc_is_word(d, i + 1, VIEW("to"))) return false;
    return (shape_starts_sentence(d, i) || is_amid(d, i)) &&
           is_of_person(d, (uint32_t)i, is_thing(d, i));
}

/* "Pt SS was" */
static bool is_led(const struct doc *d, int64_t i)
{
    /* "Pt RA sat 94%" */
    if (doc_is_word(d, i + 1, VIEW("sat")) && doc_tok(d, i + 2)->kind == TOK_NUMBER) return false;
    if (is_thing(d, i)) return is_of_person(d, (uint32_t)i, true) || is_named(d, i);
    return is_verb(d, i + 1) || is_spoken_to(d, i);
}

static bool is_patient(const struct doc *d, int64_t i)
{
    const struct token *before = doc_tok(d, i - 1), *next = doc_tok(d, i + 1);
    if (next->hash == '\'') return is_owner(d, i) && !is_thing(d, i);
    if (!(next->flags & TOK_LOWER) || next->flags & TOK_LINE) return false;
    if (before->kind != TOK_WORD || d->tok[i].flags & TOK_LINE) return is_subject(d, i);
    /* most of them stand behind another word */
    const uint32_t b = wordset_class(wordset_ready(&leads), before);
    if (LIKELY(!b)) return false;
    if (b & T_WHO) return is_led(d, i);
    if (b & T_THAT) return is_subject(d, i);
    return b & T_WITH && cls(d, i + 1) & T_SLEEP && shape_starts_sentence(d, i - 1) &&
           !is_thing(d, i);
}

err name_signs_patient(const struct doc *d, uint32_t i, const uint8_t *taken, struct findings *out)
{
    if (!is_patient(d, i) || d->shield[i] || taken[i] || d->tok[i].flags & TOK_WIDE ||
        d->is_caseless || d->lex[i]->bits & LEX(DRUG))
        return OK;
    return doc_add_name(d, i, i, RULE_NAME_INITIALS, 0.85F, WHO_PATIENT, out);
}
