/* csv_columns.c — what a column holds, from the words of its name and a look at its first cells.
 *
 * A name is cut into words ("PatLastNm", "date_of_birth", "zipcode" by the words known), each word has
 * classes, and the first rule that the classes satisfy decides. Content may turn a decision where the
 * name allows two readings ("patient": a name or a number), and decides alone where values have a form
 * that nothing else has. What no rule knows is prose: looked at, never passed.
 */
#include "format/csv_inside.h"

/* clang-format off */
#define BIT(n) (UINT64_C(1) << (n))
#define PATIENT   BIT(0)
#define RELATIVE  BIT(1)
#define CLINICIAN BIT(2)
#define EMPLOYER  BIT(3)
#define NAME      BIT(4)
#define GIVEN     BIT(5)
#define FAMILY    BIT(6)
#define WHOLE     BIT(7)  /* full, legal: of a name */
#define BIRTH     BIT(8)  /* beside a date */
#define DOB       BIT(9)  /* says it all */
#define DATE      BIT(10)
#define TIME      BIT(11)
#define EVENT     BIT(12) /* things that happen on a date and have numbers */
#define ID        BIT(13)
#define MRN       BIT(14)
#define RECORD    BIT(15)
#define SSN       BIT(16)
#define PHONE     BIT(17)
#define FAX       BIT(18)
#define EMAIL     BIT(19)
#define URL       BIT(20)
#define IP        BIT(21)
#define STREET    BIT(22)
#define TOWN      BIT(23)
#define STATE     BIT(24)
#define ZIP       BIT(25)
#define ACCOUNT   BIT(26)
#define PLAN      BIT(27)
#define LICENSE   BIT(28)
#define DEVICE    BIT(29)
#define VEHICLE   BIT(30)
#define BIOMETRIC BIT(31)
#define ORG       BIT(32)
#define AGE       BIT(33)
#define PROSE     BIT(34)
#define CODE      BIT(35)
#define MEASURE   BIT(36)
#define CATEGORY  BIT(37)
#define HOW       BIT(38) /* home, primary, line: says nothing of the kind */
#define THING     BIT(39) /* drug, test: has a name, and is nobody */
#define SMALL     BIT(40) /* of, at, the */
#define MEDICAL   BIT(41)
#define UNIT      BIT(42) /* years: beside age */
#define NUMBER    BIT(43) /* accession: a number though no word says so */
#define MIDDLE    BIT(44) /* initial, suffix: part of a name */
/* clang-format on */
#define PERSONS (PATIENT | RELATIVE | CLINICIAN)

static const struct {
    const char *words;
    uint64_t classes;
} rows[] = {
    { "patient pat pt subject person client resident", PATIENT },
    { "pt", MEASURE }, /* prothrombin time */
    { "mother father parent spouse wife husband partner guardian child sibling relative kin nok "
      "next "
      "contact emergency caregiver mom dad son daughter brother sister guarantor insured "
      "subscriber",
      RELATIVE },
    { "provider physician doctor nurse attending surgeon clinician author pcp therapist dr md "
      "radiologist pathologist practitioner performer midwife dentist anesthesiologist consultant "
      "dictator transcriptionist pharmacist psychologist prescriber signer cosigner technologist "
      "technician interpreter referrer reviewer verifier approver referring ordering performing "
      "admitting consulting dictating interpreting",
      CLINICIAN },
    { "employer occupation company workplace", EMPLOYER },
    { "name names nm", NAME },
    { "first given fname forename firstname givenname", GIVEN },
    { "middle mname initial mi suffix nickname", MIDDLE },
    { "last family lname surname lastname maiden", FAMILY },
    { "full legal preferred former alias nick complete display", WHOLE },
    { "birth born", BIRTH },
    { "dob birthdate birthday yob bdate birthdt dateofbirth birthyear", DOB },
    { "date dates dt datetime timestamp ts", DATE },
    { "time tm day when", TIME },
    { "admit admitted admission discharge discharged visit encounter service order ordered "
      "collected collection specimen created updated modified onset procedure start started end "
      "ended stop death died expired scheduled seen registered appointment appt received reported "
      "signed performed study exam resulted result observation chart note report document message "
      "referral case claim episode stay requisition prescription rx sample series transfer surgery "
      "operation scan consult effective entry enrollment event follow followup last diagnosis dx "
      "arrival departure dispensed administered given immunization vaccination deceased",
      EVENT },
    { "id ids identifier no num number nbr nr key uid guid uuid pk oid ident", ID },
    { "mrn empi mpi urn nhs pid mpiid crn upi subjectid chi medrec patid ptid", MRN },
    { "record rec", RECORD },
    { "medical med hospital", MEDICAL },
    { "ssn sin nino socialsecurity ssnum", SSN },
    { "social security", SSN },
    { "phone telephone tel mobile cellphone pager beeper ph", PHONE },
    { "fax facsimile", FAX },
    { "email mail", EMAIL },
    { "url website web homepage link uri portal", URL },
    { "ip ipaddress", IP },
    { "street address addr addr1 addr2 streetaddress road house apartment apt", STREET },
    { "city town municipality village county parish borough suburb district hometown birthplace",
      TOWN },
    { "state province region", STATE },
    { "zip zipcode postal postcode zip5 zip4", ZIP },
    { "account acct fin har billing", ACCOUNT },
    { "policy plan insurance medicaid medicare beneficiary hic mbi hicn coverage group", PLAN },
    { "license licence npi dea certificate upin licensure", LICENSE },
    { "device serial udi implant pacemaker imei mac", DEVICE },
    { "vin plate vehicle", VEHICLE },
    { "fingerprint photo voice retina iris biometric voiceprint face faceid", BIOMETRIC },
    { "hospital facility clinic organization organisation institution practice payer payor insurer "
      "site school lab laboratory pharmacy agency church college university",
      ORG },
    { "age ages", AGE },
    { "year years yr yrs y month months", UNIT },
    { "text note notes report narrative comment comments description desc impression findings "
      "finding history hpi assessment summary body content transcription transcript message "
      "subjective objective plan sig instructions reason complaint remarks remark dictation letter "
      "discussion interpretation conclusion recommendation recommendations indication details "
      "detail freetext answer value_text question utterance conversation prompt response",
      PROSE },
    { "icd icd9 icd10 diag cpt hcpcs snomed loinc rxnorm ndc drg atc code codes cd msdrg cvx ccs",
      CODE },
    { "bp sbp dbp systolic diastolic pulse hr heart temp temperature spo2 sao2 o2 weight wt height "
      "ht bmi glucose sodium potassium chloride bicarbonate co2 bun creatinine calcium magnesium "
      "phosphate hgb hemoglobin haemoglobin hct hematocrit wbc rbc platelet platelets plt inr ptt "
      "albumin bilirubin alt ast alp troponin lactate a1c hba1c cholesterol hdl ldl triglycerides "
      "egfr gfr psa tsh crp esr ferritin bnp value result count cnt dose dosage strength score "
      "rate ratio percent percentage pct level los days hours hrs minutes min max mean median avg "
      "average total sum amount quantity qty volume length size width depth duration interval "
      "offset refills units rr respiratory respiration map ph po2 pco2 fio2 gcs apache sofa "
      "charlson elixhauser "
      "probability prob outcome target measure measurement range lower upper low high threshold "
      "n freq frequency sd std cost charge charges price visits readmissions procedures "
      "medications diagnoses admissions inpatient outpatient emergencies latitude1",
      MEASURE },
    { "sex gender race ethnicity ethnic marital language smoking smoker status type unit class "
      "flag priority department dept specialty specialist disposition category severity stage "
      "grade route form ward service abnormal laterality modality acuity indicator is has "
      "readmitted "
      "religion education insurancetype payertype vital deceasedflag valueunit uom change "
      "diabetesmed",
      CATEGORY },
    { "home work mailing residential permanent primary secondary business cell daytime evening "
      "personal alternate current line other street1 present mobile1 location main",
      HOW },
    { "drug test medication product file variable item field column table component analyte "
      "panel procedure diagnosis condition disease problem allergy allergen vaccine gene protein "
      "unit department ward category event brand generic display code concept program trial "
      "protocol class user login screen room bed",
      THING },
    { "of at in the on for is and to by s", SMALL },
    { "accession csn hadm fin encounterid visitid orderid", NUMBER },
};

enum { WORDS_MAX = 12, WORD_MAX = 24 };

static uint64_t classes_of(view word)
{
    uint64_t classes = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        view list = view_of_str(rows[i].words);
        for (size_t at = 0; at < list.n;) {
            size_t end = view_find_byte(list, at, ' ');
            if (view_eq_nocase(view_sub(list, at, end), word)) classes |= rows[i].classes;
            at = end + 1;
        }
    }
    return classes;
}

struct name_words {
    uint64_t c[WORDS_MAX];
    view v[WORDS_MAX];
    unsigned n;
    bool has_unknown;
};

static void add_word(struct name_words *w, view word, uint64_t classes)
{
    if (w->n == WORDS_MAX) {
        w->has_unknown = true;
        return;
    }
    w->v[w->n] = word;
    w->c[w->n++] = classes;
}

/* A word that is none of ours may be several written as one: "patientlastname". Fewest words win. */
static bool cut_word(struct name_words *w, view word, unsigned depth)
{
    enum { SHORTEST = 2, DEEPEST = 4 };
    if (depth == DEEPEST) return false;
    unsigned before = w->n;
    for (size_t n = word.n - SHORTEST; n >= SHORTEST && n < word.n; n--) {
        view head = view_sub(word, 0, n), tail = view_sub(word, n, word.n);
        uint64_t classes = classes_of(head);
        if (!classes || (n < 3 && !(classes & (PATIENT | SMALL)))) continue;
        add_word(w, head, classes);
        uint64_t rest = classes_of(tail);
        if (rest) {
            add_word(w, tail, rest);
            return true;
        }
        if (tail.n > 2 * SHORTEST && cut_word(w, tail, depth + 1)) return true;
        w->n = before;
    }
    return false;
}

static void take_word(struct name_words *w, view word)
{
    uint64_t classes = classes_of(word);
    size_t letters = word.n;
    while (!classes && letters && ascii_is_digit(word.p[letters - 1]))
        letters--;        /* address1, zip4 */
    if (!letters) return; /* a number says nothing */
    if (!classes) classes = classes_of(view_sub(word, 0, letters));
    word = view_sub(word, 0, letters);
    if (!classes && word.n > 4 && ascii_lower(word.p[word.n - 1]) == 's') /* mother's */
        classes = classes_of(view_sub(word, 0, word.n - 1));
    if (classes)
        add_word(w, word, classes);
    else if (word.n > WORD_MAX || word.n < 4 || !cut_word(w, word, 0))
        w->has_unknown = true;
}

/* A word begins after anything but letters and digits, and at a capital after a small letter. */
static void split_name(view name, struct name_words *w)
{
    *w = (struct name_words){ 0 };
    for (size_t i = 0; i < name.n;) {
        size_t end = i;
        while (end < name.n && (ascii_is_alpha(name.p[end]) || ascii_is_digit(name.p[end]))) {
            bool upper = name.p[end] >= 'A' && name.p[end] <= 'Z';
            bool after_small = end > i && name.p[end - 1] >= 'a' && name.p[end - 1] <= 'z';
            bool ends_capitals = upper && end > i && end + 1 < name.n && name.p[end + 1] >= 'a' &&
                                 name.p[end + 1] <= 'z' && name.p[end - 1] >= 'A' &&
                                 name.p[end - 1] <= 'Z';
            if (upper && (after_small || ends_capitals)) break;
            end++;
        }
        if (end > i)
            take_word(w, view_sub(name, i, end));
        else {
            if ((unsigned char)name.p[i] >= 0x80) w->has_unknown = true;
            end = i + 1;
        }
        i = end;
    }
}

/* ---- rules ---- */

static bool any(const struct name_words *w, uint64_t classes)
{
    for (unsigned i = 0; i < w->n; i++)
        if (w->c[i] & classes) return true;
    return false;
}

/* All words are known and of these classes. */
static bool only(const struct name_words *w, uint64_t classes)
{
    for (unsigned i = 0; i < w->n; i++)
        if (!(w->c[i] & classes)) return false;
    return w->n > 0 && !w->has_unknown;
}

/* At least nine in ten of the filled cells, and two of them. */
static bool most(uint32_t n, const struct csv_sample *s)
{
    return s->filled >= 2 && n * 10 >= s->filled * 9;
}

struct verdict {
    enum piece_role role;
    enum csv_pass pass;
    const char *why;
};
#define IS(r, reason) ((struct verdict){ .role = (r), .why = "" reason })
#define PASSES(p, reason) ((struct verdict){ .role = ROLE_TEXT, .pass = (p), .why = "" reason })

static struct verdict judge_contact(const struct name_words *w)
{
    if (any(w, SSN)) return IS(ROLE_SSN, "its name");
    if (any(w, URL) && !any(w, EMAIL | IP)) return IS(ROLE_URL, "its name");
    if (any(w, IP) && only(w, IP | STREET | PERSONS | HOW | ID)) return IS(ROLE_IP, "its name");
    if (any(w, EMAIL) && !any(w, DATE) && (only(w, EMAIL | STREET | PERSONS | HOW | ID | EMPLOYER)))
        return IS(ROLE_EMAIL, "its name");
    if (any(w, FAX)) return IS(ROLE_FAX, "its name");
    /* "ph" is also a measure: alone it is one. */
    if (any(w, PHONE) && !only(w, MEASURE)) return IS(ROLE_PHONE, "its name");
    if (any(w, ZIP)) return IS(ROLE_ZIP, "its name");
    if (any(w, TOWN) && !any(w, CODE & ~ID)) return IS(ROLE_TOWN, "its name");
    if (any(w, STATE) &&
        only(w, STATE | STREET | PERSONS | HOW | BIRTH | CODE | ORG | EMPLOYER | SMALL))
        return IS(ROLE_STATE, "its name");
    if (any(w, STREET) && !any(w, PROSE & ~EVENT)) return IS(ROLE_STREET, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_number(const struct name_words *w, const struct csv_sample *s)
{
    bool id = any(w, ID);
    if (any(w, MRN)) return IS(ROLE_MRN, "its name");
    if (any(w, RECORD) && (any(w, MEDICAL | PATIENT) || id)) return IS(ROLE_MRN, "its name");
    if (any(w, MEDICAL & ~ORG) && id && only(w, MEDICAL | ORG | ID | PATIENT))
        return IS(ROLE_MRN, "its name");
    if (any(w, LICENSE)) return IS(ROLE_LICENSE, "its name");
    if (any(w, ACCOUNT) && !any(w, DATE | MEASURE | PROSE)) return IS(ROLE_ACCOUNT, "its name");
    if (any(w, PLAN) && id) return IS(ROLE_PLAN, "its name");
    if (any(w, RELATIVE) && id && !any(w, NAME))
        return most(s->phones, s) ? IS(ROLE_PHONE, "name and content") : IS(ROLE_PLAN, "its name");
    if (any(w, PATIENT) && id && only(w, PATIENT | ID | HOW | SMALL | CODE))
        return IS(ROLE_MRN, "its name");
    if (any(w, DEVICE) && (id || only(w, DEVICE | HOW))) return IS(ROLE_DEVICE, "its name");
    if (any(w, VEHICLE)) return IS(ROLE_VEHICLE, "its name");
    if (any(w, BIOMETRIC)) return IS(ROLE_BIOMETRIC, "its name");
    if (any(w, NUMBER)) return IS(ROLE_NUMBER, "its name");
    if (id && any(w, CATEGORY) && !any(w, PERSONS)) return PASSES(CSV_CODE, "its name");
    if (id && any(w, EVENT | CLINICIAN)) return IS(ROLE_NUMBER, "its name");
    if (id && w->n == 1 && !w->has_unknown) return IS(ROLE_ID, "its name");
    if (only(w, ID | RECORD | THING | SMALL) && id && !any(w, THING))
        return IS(ROLE_ID, "its name");
    if (id && any(w, THING | ORG | CODE | CATEGORY)) return PASSES(CSV_CODE, "its name");
    if (any(w, MEASURE) && id &&
        only(w, MEASURE | ID | SMALL | EVENT | THING | CATEGORY | HOW | UNIT))
        return (struct verdict){ 0 }; /* number of procedures */
    if (id && !most(s->prose, s))
        return IS(ROLE_NUMBER, "its name says an identifier of some kind");
    return (struct verdict){ 0 };
}

static struct verdict judge_time(const struct name_words *w, const struct csv_sample *s)
{
    bool birth = any(w, BIRTH), numbers = most(s->numbers, s) && !most(s->years, s);
    if (any(w, DOB)) return IS(ROLE_BIRTH, "its name");
    if (birth && any(w, MEASURE | CATEGORY)) return (struct verdict){ 0 };
    if (birth && only(w, BIRTH | DATE | TIME | UNIT | PERSONS | SMALL | HOW))
        return IS(ROLE_BIRTH, "its name");
    if (any(w, AGE) && only(w, AGE | UNIT | PERSONS | SMALL | EVENT | DATE | ID | HOW))
        return IS(ROLE_AGE, "its name");
    if (any(w, DATE) && !numbers) return IS(ROLE_DATE, "its name");
    if (any(w, DATE | TIME | EVENT) && most(s->dates, s)) return IS(ROLE_DATE, "name and content");
    if (any(w, TIME) && any(w, EVENT) && !numbers && !any(w, MEASURE))
        return IS(ROLE_DATE, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_name(const struct name_words *w, const struct csv_sample *s)
{
    bool name = any(w, NAME);
    uint64_t around = NAME | PERSONS | WHOLE | HOW | SMALL | EMPLOYER | STREET;
    bool is_measure = w->n == 1 && (w->c[0] & MEASURE);
    if ((any(w, THING) && !any(w, PERSONS)) || is_measure) return (struct verdict){ 0 };
    if (most(s->numbers, s) && any(w, GIVEN | MIDDLE | FAMILY | NAME)) return (struct verdict){ 0 };
    if (any(w, GIVEN | MIDDLE) && only(w, GIVEN | MIDDLE | around) && (name || !any(w, EVENT)))
        return any(w, FAMILY) ? IS(ROLE_NAME, "its name") : IS(ROLE_GIVEN, "its name");
    if (any(w, FAMILY) && only(w, FAMILY | around) && (name || w->n == 1 || any(w, PERSONS)))
        return IS(ROLE_FAMILY, "its name");
    if (any(w, GIVEN) && any(w, FAMILY) && name) return IS(ROLE_NAME, "its name");
    if (name && any(w, ORG | EMPLOYER | PLAN)) return IS(ROLE_ORGANIZATION, "its name");
    if (name && any(w, PERSONS | WHOLE)) return IS(ROLE_NAME, "its name");
    if (name && only(w, NAME | HOW)) return IS(ROLE_NAME, "its name");
    if (any(w, PATIENT) && only(w, PATIENT | HOW))
        return most(s->numbers, s) || most(s->codes, s) || most(s->long_numbers, s)
                   ? IS(ROLE_MRN, "name and content")
                   : IS(ROLE_NAME, "its name");
    if (only(w, RELATIVE | CLINICIAN | HOW | SMALL) && any(w, PERSONS))
        return most(s->numbers, s) || most(s->long_numbers, s) ? IS(ROLE_NUMBER, "name and content")
                                                               : IS(ROLE_NAME, "its name");
    if (any(w, ORG | EMPLOYER) && only(w, ORG | EMPLOYER | HOW | PATIENT))
        return most(s->numbers, s) || most(s->codes, s) ? PASSES(CSV_CODE, "name and content")
                                                        : IS(ROLE_ORGANIZATION, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_rest(const struct name_words *w, const struct csv_sample *s)
{
    uint64_t plain = MEASURE | CODE | CATEGORY | EVENT | THING | SMALL | UNIT | HOW | ID | TIME |
                     PATIENT | PROSE | MEDICAL | BIRTH | MIDDLE | GIVEN | FAMILY;
    if (any(w, CATEGORY) && only(w, plain) && !any(w, CODE | MEASURE))
        return PASSES(CSV_CATEGORY, "its name");
    if (any(w, CODE) && only(w, plain)) return PASSES(CSV_CODE, "its name");
    if (any(w, MEASURE) && !most(s->prose, s) && !any(w, PROSE & ~MEASURE))
        return PASSES(CSV_MEASURE, "its name");
    if (any(w, CODE)) return PASSES(CSV_CODE, "a word of its name");
    if (any(w, PROSE)) return IS(ROLE_TEXT, "its name");
    return (struct verdict){ 0 };
}

static struct verdict judge_words(const struct name_words *w, const struct csv_sample *s)
{
    struct verdict v = { 0 };
    if (!w->n) return v;
    /* Prose wins where its word comes last: "discharge note", "history of birth". */
    bool is_prose = (w->c[w->n - 1] & PROSE) && !any(w, ID | DATE);
    if (is_prose && !(w->c[w->n - 1] & (MEASURE | CATEGORY))) return IS(ROLE_TEXT, "its name");
    v = judge_time(w, s);
    if (!v.why) v = judge_contact(w);
    if (!v.why) v = judge_number(w, s);
    if (!v.why) v = judge_name(w, s);
    if (!v.why) v = judge_rest(w, s);
    return v;
}

static struct verdict judge_content(const struct csv_sample *s)
{
    if (most(s->ssns, s)) return IS(ROLE_SSN, "its content");
    if (most(s->emails, s)) return IS(ROLE_EMAIL, "its content");
    if (most(s->phones, s)) return IS(ROLE_PHONE, "its content");
    if (most(s->urls, s)) return IS(ROLE_URL, "its content");
    if (most(s->dates, s)) return IS(ROLE_DATE, "its content");
    if (most(s->ips, s)) return IS(ROLE_IP, "its content");
    if (most(s->long_numbers, s)) return IS(ROLE_NUMBER, "its content");
    return (struct verdict){ .why = "unclear: looked at as prose" };
}

static enum piece_who whose(const struct name_words *w, enum piece_role role)
{
    if (role < ROLE_NAME) return OF_UNKNOWN;
    if (any(w, CLINICIAN)) return OF_CLINICIAN;
    if (any(w, RELATIVE)) return OF_RELATIVE;
    if (any(w, EMPLOYER)) return OF_EMPLOYER;
    if (role == ROLE_ORGANIZATION || role == ROLE_LICENSE || any(w, ORG & ~MEDICAL))
        return OF_UNKNOWN;
    return OF_PATIENT;
}

bool csv_column_infer(struct csv_column *c, const struct csv_sample *s)
{
    struct name_words w;
    split_name(c->name, &w);
    struct verdict v = judge_words(&w, s);
    bool known = v.why != NULL;
    if (!known) v = judge_content(s);
    c->role = v.role;
    c->pass = v.pass;
    c->why = v.why;
    c->who = whose(&w, v.role);
    return known;
}

/* The first word that says so: referring_provider and referring_phone are one person's. */
uint32_t csv_column_person(view name)
{
    struct name_words w;
    split_name(name, &w);
    for (unsigned i = 0; i < w.n; i++) {
        if (!(w.c[i] & (RELATIVE | CLINICIAN | EMPLOYER))) continue;
        uint32_t h = 1;
        for (size_t k = 0; k < w.v[i].n; k++)
            h = h * 31 + (unsigned char)ascii_lower(w.v[i].p[k]);
        return h ? h : 1;
    }
    return 0;
}
