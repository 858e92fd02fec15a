/* detect/organization_everybodys.c — see organization_everybodys.h. */
#include "detect/organization_everybodys.h"

#include "detect/wordset.h"
#include "detect/workplace.h"

/* Networks and makers tell of somebody who works there alone; carriers where they carry: "sent via FedEx", "Uber driver
 * left", not "an Uber driver". */
enum {
    W_THEY = 1,
    W_WORK = 2,
    W_SHIP = 4,
    W_BY = 8,
    W_LOAD = 16,
    W_ONE = 32,
    W_PAYS = 64,     /* insurers that treat nobody, and public programmes */
    W_HEAD = 128,    /* those of several words: one of these, … */
    W_FIRST = 256,   /* … or the first … */
    W_SECOND = 512,  /* … and the second of two */
    W_JOINT = 1024,  /* what else is in their names */
    W_TREATS = 2048, /* insurers with hospitals of their own: where somebody is billed */
    W_PLAN = 4096,
    W_ASKS = 8192,  /* heads of the field for it */
    W_DESK = 16384, /* … and who answers there */
    REACH = 5
};
static const struct wordset_row rows[] = {
    { "instagram facebook whatsapp snapchat tiktok twitter youtube reddit discord venmo paypal "
      "zelle cashapp cerner meditech allscripts medtronic biotronik guidant abiomed zoll google "
      "ebay netflix microsoft openai fitbit zocdoc teladoc honda toyota nissan chevrolet "
      "chrysler hyundai kia mazda subaru tesla bmw volkswagen volvo pfizer merck moderna novartis "
      "eclinicalworks athenahealth astrazeneca gsk sanofi genentech amgen gilead bayer abbvie "
      "regeneron biogen",
      W_THEY },
    { "uber lyft fedex ups usps dhl", W_SHIP },
    { "via by per", W_BY },
    { "driver ride rides tracking health label package box shipment", W_LOAD },
    { "a an as is was", W_ONE },
    { "occ occupation job jobs work works worked working drive drives driving drove employed "
      "employer employment career retired rep reps representative hired fired shift shifts "
      "gig excuse excused hr fmla",
      W_WORK },
    { "aetna cigna humana bcbs highmark unitedhealthcare unitedhealth uhc wellcare centene "
      "amerigroup wellpoint emblemhealth healthnet ambetter carelon premera regence caresource "
      "carefirst bluecross blueshield geico allstate statefarm medicare medicaid "
      "tricare champva mainecare badgercare masshealth tenncare ucare soonercare peachcare "
      "healthfirst bupa dcfs usmc usaf fbi cghs sassa cdc fda nih cms fema osha epa hhs dhs "
      "optum caremark",
      W_PAYS },
    { "cross shield", W_HEAD },
    { "united state peace marine express", W_FIRST }, /* "State Farm", "Peace Corps" */
    { "healthcare farm corps scripts", W_SECOND },
    { "kaiser healthpartners geisinger upmc", W_TREATS },
    { "health plan", W_PLAN },
    { "carrier ins insurance insurer payer payor coverage plan carriers payers", W_ASKS },
    { "case care management pharmacy member provider services relations utilization review dental "
      "vision claims appeals",
      W_DESK },
    { "blue anthem horizon independence empire and of", W_JOINT },
};
static struct wordset set = WORDSET(rows);

/* "Aetna", "Blue Cross and Blue Shield", "United Healthcare". */
static bool is_insurer(const struct wordset *w, const struct doc *d, uint32_t first, uint32_t last)
{
    uint32_t all = 0;
    while (last > first && wordset_class(w, &d->tok[last]) & W_DESK)
        last--; /* "Humana Case Management" */
    if (first == last) return wordset_class(w, &d->tok[first]) & W_PAYS;
    if (last == first + 1 && wordset_class(w, &d->tok[first]) & W_FIRST)
        return wordset_class(w, &d->tok[last]) & W_SECOND;
    for (uint32_t i = first; i <= last; i++) {
        const uint32_t class = wordset_class(w, &d->tok[i]) & (W_PAYS | W_HEAD | W_JOINT);
        if (!class) return false;
        all |= class;
    }
    return all & W_HEAD;
}

/* "Kaiser", "Geisinger Health Plan" from the token `first` on. */
static bool may_bill(const struct wordset *w, const struct doc *d, uint32_t first, uint32_t last)
{
    if (!(wordset_class(w, &d->tok[first]) & W_TREATS)) return false;
    for (uint32_t i = first + 1; i <= last; i++)
        if (!(wordset_class(w, &d->tok[i]) & W_PLAN)) return false;
    return true;
}

/* "Ins: Kaiser" */
static bool is_asked_for(const struct wordset *w, const struct doc *d, uint32_t first)
{
    return doc_is_mark(d, (int64_t)first - 1, ':') && !(d->tok[first].flags & TOK_LINE) &&
           wordset_class(w, doc_tok(d, (int64_t)first - 2)) & W_ASKS;
}

/* In a field for it, "insured by" or called a plan, or before its number: "HealthPartners ID 980333497". */
static bool is_billed(const struct wordset *w, const struct doc *d, uint32_t first, uint32_t last)
{
    enum { DIGITS = 6 };
    if (is_asked_for(w, d, first) || doc_is_word(d, last, VIEW("plan")) ||
        doc_is_word(d, (int64_t)last + 1, VIEW("plan")) ||
        (doc_is_word(d, (int64_t)first - 1, VIEW("by")) &&
         doc_is_word(d, (int64_t)first - 2, VIEW("insured"))))
        return true;
    uint32_t i = last + 1;
    if (i < d->n && d->tok[i].flags & TOK_LINE) return false;
    if (doc_is_word(d, i, VIEW("id")) || doc_is_word(d, i, VIEW("member"))) return true;
    if (doc_tok(d, i)->kind == TOK_WORD && doc_joined(d, (int64_t)i + 1)) i++; /* PM025536 */
    return doc_tok(d, i)->kind == TOK_NUMBER && d->tok[i].len >= DIGITS;
}

/* "via FedEx", "Uber driver left", "UPS 1Z999": what carried somebody or something. */
static bool is_ridden(const struct wordset *w, const struct doc *d, uint32_t i)
{
    const struct token *next = doc_tok(d, (int64_t)i + 1);
    const uint32_t before = wordset_class(w, doc_tok(d, (int64_t)i - 1));
    return before & W_BY ||
           (!(before & W_ONE) && (wordset_class(w, next) & W_LOAD || next->kind == TOK_NUMBER));
}

bool organization_is_everybodys(const struct doc *d, uint32_t first, uint32_t last)
{
    const struct wordset *w = wordset_ready(&set);
    if (first < last && wordset_class(w, &d->tok[first]) & W_ASKS) first++; /* "Ins Aetna" */
    const uint32_t class = first == last ? wordset_class(w, &d->tok[first]) : 0;
    const bool pays = is_insurer(w, d, first, last) ||
                      (may_bill(w, d, first, last) && is_billed(w, d, first, last));
    if (!pays && !(class & (W_THEY | W_SHIP))) return false;
    if (class & W_SHIP && !is_ridden(w, d, first)) return false;
    if (pays && is_asked_for(w, d, first)) return true;
    const bool by = pays && doc_is_word(d, (int64_t)first - 1, VIEW("by")); /* "insured by Aetna" */
    const bool at = !pays && doc_is_word(d, (int64_t)first - 1, VIEW("at"));
    if (at || (!by && workplace_before(d, first))) return false;
    for (int64_t step = -1; step <= 1; step += 2) {
        const int64_t from = step < 0 ? first : last;
        for (int64_t k = from + step; k != from + step * REACH; k += step) {
            if (doc_is_mark(d, k, '.')) break;
            if (wordset_class(w, doc_tok(d, k)) & W_WORK) return false;
        }
    }
    return true;
}
