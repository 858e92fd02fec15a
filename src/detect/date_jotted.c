/* detect/date_jotted.c — see date_jotted.h. */
#include "detect/date_jotted.h"

#include "detect/date_context.h"
#include "detect/wordset.h"

enum {
    J_TOLD = 1,    /* straight before a day: what happened then and has no size */
    J_LAST = 2,    /* makes a day of what follows the word behind it */
    J_RECORD = 4,  /* behind a day: what was written or done then */
    J_BEFORE = 8,  /* "of", "to" and the like: the word before them tells */
    J_PERIOD = 16, /* before J_BEFORE */
    J_PER = 32,    /* behind a day: a person follows */
};

static const struct wordset_row rows[] = {
    { "complaint interviewed wrote consent reaction hospice portal since until till wknd weekend "
      "interview baptized anointed notarized expelled suspended arraigned sentenced booked jailed "
      "randomised randomized screened enrolled consented onset refilled restarted recollected "
      "resubmitted reopened closed asked replied emailed texted phoned voicemail potluck picnic "
      "wedding funeral party wake reunion crash wreck rollover fire ama eloped escaped absconded "
      "mmr dtap tdap td hpv ipv hib varicella menactra prevnar pneumovax shingrix rotavirus "
      "returned mailed faxed shipped delivered signed cosigned dated filed hired laid retired "
      "divorced separated moved evicted paroled released deported naturalized graduated",
      J_TOLD },
    { "last missed", J_LAST },
    { "entry entries visit visits note notes letter addendum appt appointment clinic email message "
      "voicemail encounter consult consultation labs mammogram colonoscopy",
      J_RECORD },
    { "of", J_BEFORE },
    { "to", J_BEFORE },
    { "weekend wk week wkend month los download downloads extended through late delayed",
      J_PERIOD },
    { "per", J_PER },
};
static struct wordset set = WORDSET(rows);

static uint32_t cls(const struct doc *d, int64_t i)
{
    return wordset_class(wordset_ready(&set), doc_tok(d, i));
}

static bool ends_line(const struct doc *d, uint32_t i)
{
    return i >= d->n || d->tok[i].flags & TOK_LINE;
}

/* "--A. Mohr 8/8": who wrote it signs the last line with the day. */
static bool is_signature(const struct doc *d, uint32_t first, uint32_t last)
{
    enum { REACH = 6 };
    if (!ends_line(d, last + 1) || !(doc_tok(d, (int64_t)first - 1)->flags & TOK_CAP)) return false;
    for (int64_t i = (int64_t)first - 1; i >= 0 && i + REACH >= first; i--) {
        const struct token *t = &d->tok[i];
        if (t->kind == TOK_MARK && (t->hash == '-' || t->hash == '~' || t->hash == 0x2014))
            return t->flags & TOK_LINE || doc_tok(d, i - 1)->flags & TOK_LINE;
        if (t->flags & TOK_LINE ||
            (t->kind == TOK_WORD ? !(t->flags & TOK_CAP) : t->hash != '.' && t->hash != ','))
            return false;
    }
    return false;
}

/* Nothing is counted or measured behind it. */
static bool ends_clause(const struct doc *d, uint32_t last)
{
    const struct token *t = doc_tok(d, (int64_t)last + 1);
    if (ends_line(d, last + 1)) return true;
    if (t->kind == TOK_MARK)
        return t->hash < 0x80 && strchr(".,;:)\"", (int)t->hash) && !doc_joined(d, last + 2);
    return t->kind == TOK_WORD && !doc_joined(d, last + 1) &&
           doc_bits(d, (int64_t)last + 1) & LEX(FUNCTION) &&
           !(date_class(d, (int64_t)last + 1) & (DATE_UNIT | DATE_GRADE | DATE_LINK));
}

bool date_is_jotted(const struct doc *d, uint32_t first, uint32_t last)
{
    const int64_t before = (int64_t)first - 1, after = (int64_t)last + 1;
    if (d->tok[first].flags & TOK_LINE || doc_joined(d, first)) return false;
    const uint32_t led = cls(d, before), follows = cls(d, after);
    if (follows & J_PER && doc_tok(d, after + 1)->flags & TOK_CAP)
        return !(doc_bits(d, before) & LEX(DRUG));
    if (follows & J_RECORD && !(doc_tok(d, after)->flags & TOK_LINE)) return !doc_joined(d, after);
    if (!ends_clause(d, last)) return false;
    if (led & J_TOLD) return true;
    if (led & J_BEFORE) return cls(d, before - 1) & J_PERIOD;
    if (cls(d, before - 1) & J_LAST)
        return doc_tok(d, before)->kind == TOK_WORD &&
               !(doc_bits(d, before) & (LEX(UNIT) | LEX(DRUG))) &&
               !(date_class(d, before) & (DATE_AGAINST | DATE_UNIT));
    return is_signature(d, first, last);
}
