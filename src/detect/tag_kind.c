/* tag_kind.c — what the model of a language is made of, and what its labels mean to Cordon. */
#include "detect/tag_model.h"

struct row {
    const char *name;          /* in the texts */
    const char *as;            /* what the model learns; NULL: the same */
    uint8_t label, role, part; /* what that means */
};

/* The rules know addresses of machines, ages and check digits; the tagger learns what stands in prose. Kinds
 * of numbers differ by their cue, which the rules read: for the tagger they are one. */
static const struct row english[] = {
    { "NAME", NULL, LABEL_NAME },
    { "LOCATION", NULL, LABEL_LOCATION },
    { "ORGANIZATION", NULL, LABEL_ORGANIZATION },
    { "DATE", NULL, LABEL_DATE },
    { "PHONE", NULL, LABEL_PHONE },
    { "FAX", "PHONE", LABEL_PHONE },
    { "ID", NULL, LABEL_ID },
    { "MRN", "ID", LABEL_ID },
    { "PLAN", "ID", LABEL_ID },
    { "ACCOUNT", "ID", LABEL_ID },
    { "LICENSE", "ID", LABEL_ID },
    { "VEHICLE", "ID", LABEL_ID },
    { "DEVICE", "ID", LABEL_ID },
    { "BIOMETRIC", "ID", LABEL_ID },
    { "SSN", "ID", LABEL_ID },
};

/* The labels of MEDDOCAN (Marimon and others, IberLEF 2019). Sex, country and occupation are no identifiers
 * here; they are learned because they stand where identifiers do. */
static const struct row spanish[] = {
    { "NOMBRE_SUJETO_ASISTENCIA", NULL, LABEL_NAME, WHO_PATIENT, PART_WHOLE },
    { "NOMBRE_PERSONAL_SANITARIO", NULL, LABEL_NAME, WHO_CLINICIAN, PART_WHOLE },
    { "FAMILIARES_SUJETO_ASISTENCIA", NULL, LABEL_NAME, WHO_RELATIVE, PART_WHOLE },
    { "FECHAS", NULL, LABEL_DATE },
    { "EDAD_SUJETO_ASISTENCIA", NULL, LABEL_AGE },
    { "TERRITORIO", NULL, LABEL_LOCATION },
    { "CALLE", NULL, LABEL_LOCATION, WHO_UNKNOWN, PART_STREET },
    { "HOSPITAL", NULL, LABEL_ORGANIZATION },
    { "INSTITUCION", NULL, LABEL_ORGANIZATION },
    { "CENTRO_SALUD", NULL, LABEL_ORGANIZATION },
    { "ID_SUJETO_ASISTENCIA", NULL, LABEL_MRN },
    { "ID_CONTACTO_ASISTENCIAL", NULL, LABEL_ID },
    { "ID_ASEGURAMIENTO", NULL, LABEL_PLAN },
    { "ID_TITULACION_PERSONAL_SANITARIO", NULL, LABEL_LICENSE },
    { "ID_EMPLEO_PERSONAL_SANITARIO", NULL, LABEL_ID },
    { "IDENTIF_VEHICULOS_NRSERIE_PLACAS", NULL, LABEL_VEHICLE },
    { "IDENTIF_DISPOSITIVOS_NRSERIE", NULL, LABEL_DEVICE },
    { "NUMERO_TELEFONO", NULL, LABEL_PHONE },
    { "NUMERO_FAX", NULL, LABEL_FAX },
    { "CORREO_ELECTRONICO", NULL, LABEL_EMAIL },
    { "URL_WEB", NULL, LABEL_URL },
    { "DIREC_PROT_INTERNET", NULL, LABEL_IP },
    { "OTROS_SUJETO_ASISTENCIA", NULL, LABEL_ID },
};

static const struct {
    struct tag_kind kind;
    const struct row *rows;
    size_t n;
    bool only_these; /* other labels of the texts are not learned */
} kinds[] = {
    { { "en", TAG_REACH_WINDOWS, RULES_ALL, TAG_SET_ENGLISH }, english, COUNT_OF(english), true },
    { { "es", TAG_REACH_ALL, RULES_NEUTRAL, TAG_SET_ALL }, spanish, COUNT_OF(spanish), false },
};

const struct tag_kind *tag_kind_of(view language)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (view_eq(language, view_of_str(kinds[i].kind.language))) return &kinds[i].kind;
    return NULL;
}

static size_t index_of(const struct tag_kind *k)
{
    for (size_t i = 0; i < COUNT_OF(kinds); i++)
        if (strcmp(k->language, kinds[i].kind.language) == 0) return i;
    BUG_IF(true);
}

bool tag_kind_label(const struct tag_kind *k, view *name)
{
    size_t at = index_of(k);
    for (size_t i = 0; i < kinds[at].n; i++) {
        const struct row *r = &kinds[at].rows[i];
        if (!view_eq(*name, view_of_str(r->name))) continue;
        if (r->as) *name = view_of_str(r->as);
        return true;
    }
    return !kinds[at].only_these;
}

void tag_kind_mean(const struct tag_kind *k, view name, struct tag_label *out)
{
    size_t at = index_of(k);
    out->label = TAG_NO_LABEL;
    out->role = WHO_UNKNOWN;
    out->part = PART_WHOLE;
    for (size_t i = 0; i < kinds[at].n; i++) {
        const struct row *r = &kinds[at].rows[i];
        if (!view_eq(name, view_of_str(r->as ? r->as : r->name))) continue;
        out->label = r->label;
        out->role = r->role;
        out->part = r->part;
    }
}
