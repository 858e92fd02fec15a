/* csv_words.c — the words that columns are named by, and the cutting of names into them. */
#include "format/csv_words.h"

#include <pthread.h>

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
    /* tables of Spain, Portugal, France, Italy, Germany and the Netherlands */
    { "paciente patiente paziente", PATIENT },
    { "esposo esposa marido padre madre hijo hija familiar tutor conjoint ehepartner", RELATIVE },
    { "medico médico enfermera médecin arzt medecin behandler", CLINICIAN },
    { "nombre nombres nom nome", NAME },
    { "vorname prenom prénom voornaam prenome", GIVEN },
    { "apellido apellidos nachname familienname achternaam cognome sobrenome", FAMILY },
    { "nacimiento nascimento naissance nascita geburt", BIRTH },
    { "fechanacimiento fnac geburtsdatum geburtstag gebdatum gebdat geboortedatum", DOB },
    { "fecha datum", DATE },
    { "ingreso alta aufnahme entlassung", EVENT },
    { "nhc", MRN },
    { "dni nie nif cpf svnr codicefiscale", SSN },
    { "telefono teléfono telefon telefone téléphone movil móvil handy", PHONE },
    { "correo courriel", EMAIL },
    { "direccion dirección domicilio calle adresse strasse straße indirizzo endereco endereço",
      STREET },
    { "ciudad poblacion población municipio localidad cidade ville stadt wohnort plaats", TOWN },
    { "provincia", STATE },
    { "codigopostal plz postleitzahl", ZIP },
    { "observaciones notas comentario comentarios evolucion evolución bemerkung bemerkungen befund "
      "anamnese notiz remarque remarques",
      PROSE },
    { "sexo sexe sesso geschlecht geslacht", CATEGORY },
    { "edad alter leeftijd", AGE },
    { "primer segundo", HOW },
    { "de del la el", SMALL },
};

enum { WORD_MAX = 24 };

/* The words of the rows, found by their hash: labels of fields are asked for one by one. */
enum { SLOTS = 2048 };
static struct slot {
    view word; /* "": empty */
    uint64_t classes;
} column_words[SLOTS];
static pthread_once_t column_words_once = PTHREAD_ONCE_INIT;

/* The slot of a word, or the empty one where it would be. */
static struct slot *slot_of(view word)
{
    uint32_t h = 2166136261U; /* FNV-1a, letters without case */
    for (size_t i = 0; i < word.n; i++)
        h = (h ^ (uint8_t)ascii_lower(word.p[i])) * 16777619U;
    struct slot *s = &column_words[h % SLOTS];
    while (s->word.n && !view_eq_nocase(s->word, word))
        s = s + 1 == column_words + SLOTS ? column_words : s + 1;
    return s;
}

static void fill_slots(void)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        view list = view_of_str(rows[i].words);
        for (size_t at = 0, end; at < list.n; at = end + 1) {
            end = view_find_byte(list, at, ' ');
            struct slot *s = slot_of(view_sub(list, at, end));
            n += !s->word.n;
            BUG_IF(n > SLOTS / 2);
            s->word = view_sub(list, at, end);
            s->classes |= rows[i].classes;
        }
    }
}

static uint64_t classes_of(view word)
{
    pthread_once(&column_words_once, fill_slots);
    return word.n ? slot_of(word)->classes : 0;
}

static void add_word(struct csv_words *w, view word, uint64_t classes)
{
    if (w->n == CSV_WORDS_MAX) {
        w->has_unknown = true;
        return;
    }
    w->v[w->n] = word;
    w->c[w->n++] = classes;
}

/* A word that is none of ours may be several written as one: "patientlastname". Fewest words win. */
static bool cut_word(struct csv_words *w, view word, unsigned depth)
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

static void take_word(struct csv_words *w, view word)
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

/* Or a digit; all that is no ASCII is a letter with a mark, or of other letters. */
static bool is_letter(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

void csv_words_split(view name, struct csv_words *w)
{
    *w = (struct csv_words){ 0 };
    for (size_t i = 0; i < name.n;) {
        size_t end = i;
        while (end < name.n && is_letter(name.p[end])) {
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
        else
            end = i + 1;
        i = end;
    }
}
