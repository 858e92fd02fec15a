#include "detect/workplace.h"

#include "detect/wordset.h"

enum { REACH = 3 }; /* words between what somebody does and its preposition: "works full time at" */
enum { W_PREP = 1, W_JOB = 2, W_FIELD = 4, W_THE = 8 };
static const struct wordset_row rows[] = {
    { "at for with by from of", W_PREP },
    { "the our his her their", W_THE },
    { "works worked work working employed employee employees employment job jobs hired fired "
      "retired "
      "retires laid drives drove driver manager managed manages managing supervisor supervises "
      "foreman "
      "owner owns runs welder machinist mechanic electrician plumber carpenter roofer cashier "
      "clerk "
      "cook chef waitress waiter server bartender dishwasher teacher teaches taught nurse janitor "
      "custodian guard engineer programmer developer accountant attorney lawyer paralegal "
      "secretary "
      "receptionist technician operator laborer worker painter mason butcher baker barber stylist "
      "pilot attendant pharmacist salesman saleswoman salesperson realtor teller analyst "
      "consultant "
      "director president ceo partner intern interns apprentice volunteer volunteers dispatcher "
      "loader packer packs stocker stocks picker inspector shift shifts position career farmhand "
      "assembler fabricator installer technologist scientist librarian coach counselor musician "
      "bookkeeper cleaner housekeeper landscaper trucker hauls delivers courier firefighter "
      "paramedic officer coworker coworkers boss colleague phlebotomist aide cna lpn lvn scribe "
      "pipefitter lineman rigger roughneck miner logger rancher shepherd deckhand fisherman "
      "longshoreman steward conductor dealer bouncer caterer hostess barista sorter seamstress "
      "tailor upholsterer groomer zookeeper lifeguard instructor tutor professor lecturer postdoc "
      "pastor usher organist caseworker advocate adjuster agent broker underwriter banker auditor "
      "buyer recruiter superintendent hygienist optician student students attends attended "
      "enrolled "
      "freshman sophomore junior towed insured plays pitches "
      "undertaker maintenance",
      W_JOB },
    { "employer employers workplace employment pharmacy facility school agency company snf ems "
      "church "
      "daycare preschool supplier dme emp work job gym undertaker mortuary carrier lender vendor "
      "insurer nursery orphanage convent hospice shelter",
      W_FIELD },
};
static struct wordset words = WORDSET(rows);

bool workplace_called(const struct doc *d, uint32_t first)
{
    const struct token *t = doc_tok(d, (int64_t)first - 1);
    return t->flags & TOK_LOWER && !(doc_tok(d, first)->flags & TOK_LINE) &&
           wordset_class(wordset_ready(&words), t) & W_FIELD;
}

bool workplace_before(const struct doc *d, uint32_t first)
{
    const struct wordset *w = wordset_ready(&words);
    int64_t i = (int64_t)first - 1;
    if (doc_tok(d, first)->flags & TOK_LINE) return false;
    const struct token *before = doc_tok(d, i);
    if (before->kind != TOK_WORD) {
        if (doc_is_mark(d, i, ':')) return wordset_class(w, doc_tok(d, i - 1)) & W_FIELD;
        if (doc_is_mark(d, i, '(')) /* "at work (Tinsel Cinema)", "welder (Gulf Fab)" */
            return wordset_class(w, doc_tok(d, i - 1)) & (W_FIELD | W_JOB);
        /* "Occupation: welder, …" */
        return doc_is_mark(d, i, ',') && doc_is_mark(d, i - 2, ':') &&
               wordset_class(w, doc_tok(d, i - 1)) & W_JOB;
    }
    uint32_t class = wordset_class(w, before);
    if (class & W_THE) class = wordset_class(w, doc_tok(d, --i));
    if (!(class & W_PREP)) return false;
    for (int64_t j = i - 1; j >= 0 && j >= i - 1 - REACH; j--) {
        if (doc_tok(d, j)->kind != TOK_WORD) return false;
        if (wordset_class(w, doc_tok(d, j)) & W_JOB) return true;
        if (doc_tok(d, j)->flags & TOK_LINE) return false;
    }
    return false;
}
