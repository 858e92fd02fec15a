#include "format/patient_number.h"

unsigned patient_number_rank(view code, enum piece_role role)
{
    /* Of a visit, a bill, an order, a thing; unlike a code that only its hospital knows. */
    static const char *const others[] = { "VN",   "VS",   "AN",   "ANC", "ANT", "AM", "BA",
                                          "PLAC", "FILL", "ACSN", "PNT", "SNO", "SID" };
    enum { NEVER, ANY, PLAN, PATIENT, SSN, UNSAID, RECORD };
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (view_eq_nocase(code, view_of_str(others[i]))) return NEVER;
    if (view_eq_nocase(code, VIEW("MR"))) return RECORD;
    switch (role) {
    case ROLE_MRN: return code.n ? PATIENT : UNSAID;
    case ROLE_SSN: return SSN;
    case ROLE_PLAN: return PLAN;
    case ROLE_ACCOUNT:
    case ROLE_DEVICE: return NEVER;
    default: return ANY;
    }
}
