#include "detect/name_initials_inside.h"
#include "detect/wordset.h"

static const struct wordset_row rows[] = {
    { "by per cc attn", W_BY },
    { "initials pt patient subject participant", W_LABEL },
    { "initials tech technician scribe typist rn lpn nurse md provider pharmacist pharm rph "
      "witness ma triage qa chaperone verifier proctor aide "
      "signature interpreter phlebotomist drawn collected administered verified",
      W_SIGNS },
    { "rn lpn nurse witness signature", W_ROLE },
    { "re client resident friend roommate signature", W_LABEL },
    { "reviewed signed verified initialed checked read cosigned", W_CHECKED },
    { "sec secretary prepared transcr typist keyed", W_MARK },
    { "transcribed typed transcriptionist entered keyed user login username", W_TYPED },
    { "with w to from for by per told asked met saw and sitter advised instructed that", W_LEADS },
    { "is was has had will", W_BE },
    /* what is done to a person and to no instrument, drug or test */
    { "told seen brought admitted discharged intubated extubated taken asked advised born referred "
      "transferred counseled instructed evaluated anesthetized awakened informed notified "
      "contacted "
      "interviewed reassured updated consulted paged",
      W_DONE },
    { "underwent denies denied states stated says said reports reported complains complained "
      "presented presents returns returned tolerated agrees agreed lives endorses notes feels "
      "continues wishes understands arrived",
      W_SAYS },
    { "dd dt d t dictated job doc transcribed typed tr", W_MARK },
    { "single married divorced widowed unmarried engaged retired unemployed employed homeless "
      "pregnant alert oriented",
      W_STATE },
    { "placed positioned", W_PLACED },
    { "prone supine lithotomy decubitus sitting seated trendelenburg", W_LYING },
    { "us uk usa va ny dc er or pt ot md do rn np pa dr la", W_OWNS },
    { "who whom whose", W_WHO },
    { "problem problems history illness issue burden process course survival habit risk interval",
      W_LASTS },
    { "informed questioned counseled counselled interviewed reassured thanked let reminded",
      W_INFORMS },
    /* what is written with full stops and is no person */
    { "iv or er ed bp ng dc us mri ct ekg ecg pt ot icu tv hr rn md do ac po prn bm st tpn csf dvt "
      "uk la eeg emg gi gu ob gyn ent im sq ad lad rca lv ef av pa ap iq ph rr vs ua cbc wbc rbc "
      "bun "
      "dm ra ms hf ca mr np er dx rx tx fx sx hx cp sz ha ht wt bm uo io cn ns ln lv rv ar as ai "
      "tr ps "
      "vt vf fu ch db fc ok na cl ll ad ph rh xr mm "
      "xyz abc xxx rtw npo prn bid tid qid qhs qd qod qam qpm dob dod ssn nkda gcs loc rom cc hpi "
      "pmh "
      "psh ros sob doe pnd dnr dni pcp ama aka bka usa ne nw se sw "
      "ms am pm ob jp et id kub iud ivp cv cva cns cpr mi pe pid tb uti ii iii",
      W_DOTTED },
};
static struct wordset words = WORDSET(rows);

uint32_t name_initials_class_of(const struct token *t)
{
    return wordset_class(wordset_ready(&words), t);
}

err name_initials_add(const struct doc *d, uint32_t first, uint32_t last, float score,
                      enum finding_role role, struct findings *out)
{
    return doc_add_name(d, first, last, RULE_NAME_INITIALS, score, role, out);
}
