#include "format/cda_table.h"

/* clang-format off */
static const struct cda_element elements[] = { /* ascending */
    { "ClinicalDocument", CDA_OTHER, 0, 0 },
    { "a", CDA_INLINE, 0, 0 },
    { "additionalLocator", CDA_ROLE, ROLE_STREET, 0 },
    { "addr", CDA_ROLE, ROLE_STREET, 0 },
    { "asOrganizationPartOf", CDA_ORGANIZATION, 0, 0 },
    { "assignedAuthor", CDA_PERSON, 0, OF_CLINICIAN },
    { "assignedAuthoringDevice", CDA_THING, 0, 0 },
    { "assignedEntity", CDA_PERSON, 0, OF_CLINICIAN },
    { "associatedEntity", CDA_ROLE_BY_CODE, 0, OF_UNKNOWN },
    { "author", CDA_OTHER, 0, 0 },
    { "authorization", CDA_OTHER, 0, 0 },
    { "b", CDA_INLINE, 0, 0 },
    { "birthTime", CDA_BIRTH, 0, 0 },
    { "birthplace", CDA_OTHER, 0, 0 },
    { "buildingNumberSuffix", CDA_ROLE, ROLE_STREET, 0 },
    { "careOf", CDA_ROLE, ROLE_NAME, 0 },
    { "censusTract", CDA_ROLE, ROLE_TOWN, 0 },
    { "center", CDA_PART, 0, 0 },
    { "city", CDA_ROLE, ROLE_TOWN, 0 },
    { "component", CDA_OTHER, 0, 0 },
    { "componentOf", CDA_OTHER, 0, 0 },
    { "consumable", CDA_OTHER, 0, 0 },
    { "content", CDA_INLINE, 0, 0 },
    { "county", CDA_ROLE, ROLE_TOWN, 0 },
    { "custodian", CDA_OTHER, 0, 0 },
    { "dataEnterer", CDA_OTHER, 0, 0 },
    { "deceasedTime", CDA_TIME, 0, 0 },
    { "deliveryAddressLine", CDA_ROLE, ROLE_STREET, 0 },
    { "desc", CDA_PROSE, 0, 0 },
    { "direction", CDA_ROLE, ROLE_STREET, 0 },
    { "documentationOf", CDA_OTHER, 0, 0 },
    { "effectiveTime", CDA_TIME, 0, 0 },
    { "em", CDA_INLINE, 0, 0 },
    { "encounter", CDA_OTHER, 0, 0 },
    { "entry", CDA_OTHER, 0, 0 },
    { "entryRelationship", CDA_OTHER, 0, 0 },
    { "expirationTime", CDA_TIME, 0, 0 },
    { "family", CDA_ROLE, ROLE_FAMILY, 0 },
    { "font", CDA_INLINE, 0, 0 },
    { "footnoteRef", CDA_INLINE, 0, 0 },
    { "given", CDA_ROLE, ROLE_GIVEN, 0 },
    { "guardian", CDA_PERSON, 0, OF_RELATIVE },
    { "guardianOrganization", CDA_ORGANIZATION, 0, 0 },
    { "healthCareFacility", CDA_ORGANIZATION, 0, 0 },
    { "high", CDA_PART, 0, 0 },
    { "houseNumber", CDA_ROLE, ROLE_STREET, 0 },
    { "houseNumberNumeric", CDA_ROLE, ROLE_STREET, 0 },
    { "i", CDA_INLINE, 0, 0 },
    { "id", CDA_ID, 0, 0 },
    { "inFulfillmentOf", CDA_OTHER, 0, 0 },
    { "informant", CDA_OTHER, 0, 0 },
    { "informationRecipient", CDA_OTHER, 0, 0 },
    { "ingredientSubstance", CDA_THING, 0, 0 },
    { "intendedRecipient", CDA_PERSON, 0, OF_CLINICIAN },
    { "legalAuthenticator", CDA_OTHER, 0, 0 },
    { "linkHtml", CDA_INLINE, 0, 0 },
    { "location", CDA_ORGANIZATION, 0, 0 },
    { "low", CDA_PART, 0, 0 },
    { "manufacturedLabeledDrug", CDA_THING, 0, 0 },
    { "manufacturedMaterial", CDA_THING, 0, 0 },
    { "manufacturedProduct", CDA_THING, 0, 0 },
    { "manufacturerOrganization", CDA_ORGANIZATION, 0, 0 },
    { "name", CDA_NAME, 0, 0 },
    { "observation", CDA_OTHER, 0, 0 },
    { "organizer", CDA_OTHER, 0, 0 },
    { "originalText", CDA_PROSE, 0, 0 },
    { "parentDocument", CDA_OTHER, 0, 0 },
    { "participant", CDA_OTHER, 0, 0 },
    { "participantRole", CDA_ROLE_BY_CODE, 0, OF_UNKNOWN },
    { "patient", CDA_PERSON, 0, OF_PATIENT },
    { "patientRole", CDA_PERSON, 0, OF_PATIENT },
    { "performer", CDA_OTHER, 0, 0 },
    { "place", CDA_PLACE, 0, 0 },
    { "playingDevice", CDA_THING, 0, 0 },
    { "postBox", CDA_ROLE, ROLE_STREET, 0 },
    { "postalCode", CDA_ROLE, ROLE_ZIP, 0 },
    { "precinct", CDA_ROLE, ROLE_TOWN, 0 },
    { "procedure", CDA_OTHER, 0, 0 },
    { "providerOrganization", CDA_ORGANIZATION, 0, 0 },
    { "receivedOrganization", CDA_ORGANIZATION, 0, 0 },
    { "recordTarget", CDA_OTHER, 0, 0 },
    { "reference", CDA_POINTER, 0, 0 },
    { "relatedDocument", CDA_OTHER, 0, 0 },
    { "relatedEntity", CDA_PERSON, 0, OF_RELATIVE },
    { "relatedSubject", CDA_PERSON, 0, OF_RELATIVE },
    { "representedCustodianOrganization", CDA_ORGANIZATION, 0, 0 },
    { "representedOrganization", CDA_ORGANIZATION, 0, 0 },
    { "scopingEntity", CDA_ORGANIZATION, 0, 0 },
    { "scopingOrganization", CDA_ORGANIZATION, 0, 0 },
    { "section", CDA_OTHER, 0, 0 },
    { "serviceEvent", CDA_OTHER, 0, 0 },
    { "serviceProviderOrganization", CDA_ORGANIZATION, 0, 0 },
    { "setId", CDA_ID, 0, 0 },
    { "signatureText", CDA_BINARY, 0, 0 },
    { "span", CDA_INLINE, 0, 0 },
    { "state", CDA_ROLE, ROLE_STATE, 0 },
    { "streetAddressLine", CDA_ROLE, ROLE_STREET, 0 },
    { "streetName", CDA_ROLE, ROLE_STREET, 0 },
    { "streetNameBase", CDA_ROLE, ROLE_STREET, 0 },
    { "streetNameType", CDA_ROLE, ROLE_STREET, 0 },
    { "strong", CDA_INLINE, 0, 0 },
    { "structuredBody", CDA_OTHER, 0, 0 },
    { "sub", CDA_INLINE, 0, 0 },
    { "substanceAdministration", CDA_OTHER, 0, 0 },
    { "sup", CDA_INLINE, 0, 0 },
    { "supply", CDA_OTHER, 0, 0 },
    { "telecom", CDA_TELECOM, 0, 0 },
    { "templateId", CDA_KEEP_ID, 0, 0 },
    { "text", CDA_PROSE, 0, 0 },
    { "thumbnail", CDA_PROSE, 0, 0 },
    { "time", CDA_TIME, 0, 0 },
    { "title", CDA_PROSE, 0, 0 },
    { "typeId", CDA_KEEP_ID, 0, 0 },
    { "u", CDA_INLINE, 0, 0 },
    { "unitID", CDA_ROLE, ROLE_STREET, 0 },
    { "unitType", CDA_ROLE, ROLE_STREET, 0 },
    { "useablePeriod", CDA_TIME, 0, 0 },
    { "validTime", CDA_TIME, 0, 0 },
    { "wholeOrganization", CDA_ORGANIZATION, 0, 0 },
};

/* Besides xmlns, xml:… and xsi:type. */
static const char *const structural[] = {
    "ID", "IDREF", "alignment", "align", "border", "cellpadding", "cellspacing", "char", "charoff",
    "classCode", "colspan", "compression", "contextConductionInd", "contextControlCode",
    "determinerCode", "frame", "headers", "independentInd", "inclusive", "institutionSpecified",
    "integrityCheckAlgorithm", "inversionInd", "language", "listType", "mediaType", "moodCode",
    "negationInd", "nullFlavor", "operator", "partType", "qualifier", "representation", "revised",
    "rowspan", "rules", "scope", "seperatableInd", "span", "styleCode", "typeCode", "unit", "use",
    "valign", "width",
};

static const struct { const char *code; uint8_t who; } classes[] = {
    { "AGNT", OF_RELATIVE }, { "ASSIGNED", OF_CLINICIAN }, { "CAREGIVER", OF_RELATIVE },
    { "CIT", OF_UNKNOWN }, { "COVPTY", OF_PATIENT }, { "ECON", OF_RELATIVE }, { "GUAR", OF_HOUSEHOLD },
    { "GUARD", OF_RELATIVE }, { "LIC", OF_CLINICIAN }, { "NOK", OF_RELATIVE }, { "PAT", OF_PATIENT },
    { "POLHOLD", OF_HOUSEHOLD }, { "PROV", OF_CLINICIAN }, { "PRS", OF_RELATIVE },
    { "QUAL", OF_CLINICIAN }, { "SELF", OF_PATIENT }, { "SUBSCR", OF_HOUSEHOLD },
};

/* Registers of persons, or of things that one person has. */
static const struct { const char *root; uint8_t role; } roots[] = {
    { "2.16.840.1.113883.4.1", ROLE_SSN }, { "2.16.840.1.113883.4.6", ROLE_LICENSE },
    { "2.16.840.1.113883.4.814", ROLE_LICENSE }, { "2.16.840.1.113883.4.572", ROLE_PLAN },
    { "2.16.840.1.113883.4.927", ROLE_PLAN }, { "2.16.840.1.113883.3.3719", ROLE_DEVICE },
};
/* clang-format on */

static const struct cda_element other = { "", CDA_OTHER, 0, 0 };

static const struct cda_element *find(view name)
{
    size_t lo = 0, hi = COUNT_OF(elements);
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        int c = view_cmp(view_of_str(elements[mid].name), name);
        if (c == 0) return &elements[mid];
        if (c < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return NULL;
}

const struct cda_element *cda_element_find(view name)
{
    const struct cda_element *e = find(name);
    return e ? e : &other;
}

bool cda_is_element(view name)
{
    const struct cda_element *e = find(name);
    return (e && e->class != CDA_INLINE && e->class != CDA_PROSE && name.n > 5) ||
           view_eq(name, VIEW("act"));
}

bool cda_is_structural(view attribute)
{
    if (view_eq(attribute, VIEW("xmlns")) || view_starts(attribute, VIEW("xmlns:")) ||
        view_starts(attribute, VIEW("xml:")) || view_eq(attribute, VIEW("xsi:type")))
        return true;
    for (size_t i = 0; i < COUNT_OF(structural); i++)
        if (view_eq(attribute, view_of_str(structural[i]))) return true;
    return false;
}

enum piece_who cda_who_of_class(view code, enum piece_who usual)
{
    for (size_t i = 0; i < COUNT_OF(classes); i++)
        if (view_eq(code, view_of_str(classes[i].code))) return classes[i].who;
    return usual;
}

enum piece_role cda_role_of_root(view root)
{
    for (size_t i = 0; i < COUNT_OF(roots); i++)
        if (view_eq(root, view_of_str(roots[i].root))) return roots[i].role;
    return view_starts(root, VIEW("2.16.840.1.113883.4.3.")) ? ROLE_LICENSE : ROLE_NUMBER;
}
