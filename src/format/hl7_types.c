/* format/hl7_types.c — what the parts of data types are (HL7 v2.8 chapter 2A; older ones begin alike). */
#include "format/hl7_table.h"

/* clang-format off */
#define PARTS(...) { sizeof((const uint8_t[]){ __VA_ARGS__ }), (const uint8_t[]){ __VA_ARGS__ } }
static const struct hl7_parts composites[T_COUNT - T_LEAVES] = {
    [T_AUI - T_LEAVES] = PARTS(T_NUMBER, T_DTM, T_ORG),
    [T_AD - T_LEAVES] = PARTS(T_STREET, T_STREET, T_TOWN, T_STATE, T_ZIP, T_ID, T_ID, T_TOWN),
    [T_CCD - T_LEAVES] = PARTS(T_ID, T_DTM),
    [T_CNN - T_LEAVES] = PARTS(T_NUMBER, T_FAMILY, T_GIVEN, T_GIVEN, T_TX, T_TX, T_TX, T_IS, T_TX, T_UID, T_ID),
    [T_CP - T_LEAVES] = PARTS(T_MO, T_ID, T_NM, T_NM, T_CWE, T_ID),
    [T_CQ - T_LEAVES] = PARTS(T_NM, T_CWE),
    [T_CWE - T_LEAVES] = PARTS(T_CODE, T_TX, T_ID, T_CODE, T_TX, T_ID, T_ID, T_ID, T_TX, T_CODE, T_TX, T_ID,
                               T_ID, T_UID, T_UID, T_ID, T_UID, T_UID, T_ID, T_UID, T_UID, T_ID),
    [T_CWO - T_LEAVES] = PARTS(T_ORG, T_ORG, T_ID, T_ORG, T_ORG, T_ID, T_ID, T_ID, T_ORG), /* of an organization */
    [T_CX - T_LEAVES] = PARTS(T_NUMBER, T_ID, T_ID, T_HDA, T_ID, T_HDO, T_DTM, T_DTM, T_CWE, T_CWE, T_NUMBER, T_ID),
    [T_DDI - T_LEAVES] = PARTS(T_NM, T_MO, T_NM),
    [T_DIN - T_LEAVES] = PARTS(T_DTM, T_CWE),
    [T_DLD - T_LEAVES] = PARTS(T_CWE, T_DTM),
    [T_DLN - T_LEAVES] = PARTS(T_LICENSE, T_CWE, T_DTM),
    [T_DR - T_LEAVES] = PARTS(T_DTM, T_DTM),
    [T_DTN - T_LEAVES] = PARTS(T_CWE, T_NM),
    [T_ED - T_LEAVES] = PARTS(T_HD, T_ID, T_ID, T_ID, T_DATA),
    [T_EI - T_LEAVES] = PARTS(T_NUMBER, T_TX, T_UID, T_ID),
    [T_EIP - T_LEAVES] = PARTS(T_EI, T_EI),
    [T_ERL - T_LEAVES] = PARTS(T_ID, T_NM, T_NM, T_NM, T_NM, T_NM),
    [T_FC - T_LEAVES] = PARTS(T_CWE, T_DTM),
    [T_FN - T_LEAVES] = PARTS(T_FAMILY, T_FAMILY, T_FAMILY, T_FAMILY, T_FAMILY),
    [T_GTS - T_LEAVES] = PARTS(T_TX),
    [T_HD - T_LEAVES] = PARTS(T_TX, T_UID, T_ID),
    [T_HDA - T_LEAVES] = PARTS(T_REGISTER, T_UID, T_ID), /* who gave a number out */
    [T_HDO - T_LEAVES] = PARTS(T_ORG, T_UID, T_ID),
    [T_ICD - T_LEAVES] = PARTS(T_CWE, T_ID, T_DTM),
    [T_JCC - T_LEAVES] = PARTS(T_CWE, T_CWE, T_TX),
    [T_LA1 - T_LEAVES] = PARTS(T_TX, T_TX, T_TX, T_HDO, T_IS, T_IS, T_ORG, T_TX, T_AD),
    [T_LA2 - T_LEAVES] = PARTS(T_TX, T_TX, T_TX, T_HDO, T_IS, T_IS, T_ORG, T_TX, T_STREET, T_STREET, T_TOWN,
                               T_STATE, T_ZIP, T_ID, T_ID, T_TOWN),
    [T_MO - T_LEAVES] = PARTS(T_NM, T_ID),
    [T_MOC - T_LEAVES] = PARTS(T_MO, T_CWE),
    [T_MOP - T_LEAVES] = PARTS(T_ID, T_NM, T_ID),
    [T_MSG - T_LEAVES] = PARTS(T_KEEP, T_KEEP, T_KEEP),
    [T_NDL - T_LEAVES] = PARTS(T_CNN, T_DTM, T_DTM, T_TX, T_TX, T_TX, T_HDO, T_IS, T_IS, T_ORG, T_TX),
    [T_NR - T_LEAVES] = PARTS(T_NM, T_NM),
    [T_OCD - T_LEAVES] = PARTS(T_CWE, T_DTM),
    [T_OSD - T_LEAVES] = PARTS(T_ID, T_NUMBER, T_TX, T_NUMBER, T_TX, T_TX, T_NM, T_UID, T_ID, T_UID, T_ID),
    [T_OSP - T_LEAVES] = PARTS(T_CWE, T_DTM, T_DTM),
    [T_PIP - T_LEAVES] = PARTS(T_CWE, T_CWE, T_DTM, T_DTM, T_EI),
    [T_PL - T_LEAVES] = PARTS(T_HD, T_HD, T_HD, T_HDO, T_IS, T_IS, T_HDO, T_HD, T_TX, T_EI, T_HD),
    [T_PLN - T_LEAVES] = PARTS(T_LICENSE, T_CWE, T_TX, T_DTM),
    [T_PPN - T_LEAVES] = PARTS(T_NUMBER, T_FN, T_GIVEN, T_GIVEN, T_TX, T_TX, T_TX, T_CWE, T_HD, T_ID, T_ID, T_ID,
                               T_ID, T_HDO, T_DTM, T_ID, T_CWE, T_DR, T_ID, T_DTM, T_DTM, T_TX, T_CWE, T_CWE,
                               T_NUMBER, T_ID),
    [T_PRL - T_LEAVES] = PARTS(T_CWE, T_TX, T_TX),
    [T_PT - T_LEAVES] = PARTS(T_KEEP, T_KEEP),
    [T_PTA - T_LEAVES] = PARTS(T_CWE, T_CWE, T_NM, T_MOP),
    [T_QIP - T_LEAVES] = PARTS(T_TX, T_TX, T_TX, T_TX),
    [T_RI - T_LEAVES] = PARTS(T_CWE, T_TX),
    [T_RMC - T_LEAVES] = PARTS(T_CWE, T_CWE, T_NM, T_MOP),
    [T_RP - T_LEAVES] = PARTS(T_POINTER, T_HD, T_ID, T_ID),
    [T_RPT - T_LEAVES] = PARTS(T_CWE, T_ID, T_NM, T_NM, T_NM, T_CWE, T_ID, T_ID, T_NM, T_CWE, T_TX),
    [T_SAD - T_LEAVES] = PARTS(T_STREET, T_STREET, T_STREET),
    [T_SCV - T_LEAVES] = PARTS(T_CWE, T_TX),
    [T_SN - T_LEAVES] = PARTS(T_KEEP, T_NM, T_KEEP, T_NM),
    [T_SPD - T_LEAVES] = PARTS(T_TX, T_TX, T_ID, T_DTM),
    [T_SPS - T_LEAVES] = PARTS(T_CWE, T_CWE, T_TX, T_CWE, T_CWE, T_CWE, T_CWE),
    [T_SRT - T_LEAVES] = PARTS(T_TX, T_ID),
    [T_TQ - T_LEAVES] = PARTS(T_CQ, T_RI, T_ID, T_DTM, T_DTM, T_ID, T_TX, T_TX, T_ID, T_OSD, T_CWE, T_NM),
    [T_UVC - T_LEAVES] = PARTS(T_CWE, T_MO, T_NM, T_CWE),
    [T_VID - T_LEAVES] = PARTS(T_KEEP, T_CWE, T_CWE),
    [T_VR - T_LEAVES] = PARTS(T_TX, T_TX),
    [T_XAD - T_LEAVES] = PARTS(T_SAD, T_STREET, T_TOWN, T_STATE, T_ZIP, T_ID, T_ID, T_TOWN, T_TOWN, T_NUMBER,
                               T_ID, T_DR, T_DTM, T_DTM, T_CWE, T_ID, T_ID, T_ID, T_NAME, T_TX, T_NM, T_CWE,
                               T_EI),
    [T_XCN - T_LEAVES] = PARTS(T_NUMBER, T_FN, T_GIVEN, T_GIVEN, T_TX, T_TX, T_TX, T_CWE, T_HDA, T_ID, T_ID, T_ID,
                               T_ID, T_HDO, T_ID, T_CWE, T_DR, T_ID, T_DTM, T_DTM, T_TX, T_CWE, T_CWE, T_NUMBER,
                               T_ID),
    [T_XON - T_LEAVES] = PARTS(T_ORG, T_CWE, T_NUMBER, T_NM, T_ID, T_HD, T_ID, T_HDO, T_ID, T_NUMBER),
    [T_XPN - T_LEAVES] = PARTS(T_FN, T_GIVEN, T_GIVEN, T_TX, T_TX, T_TX, T_ID, T_ID, T_CWE, T_DR, T_ID, T_DTM,
                               T_DTM, T_TX, T_GIVEN),
    [T_XTN - T_LEAVES] = PARTS(T_PHONE, T_ID, T_ID, T_ADDRESS, T_ID, T_PHONE, T_PHONE, T_PHONE, T_TX, T_ID,
                               T_PHONE, T_PHONE, T_DTM, T_DTM, T_CWE, T_CWE, T_EI, T_NM),
};

static const struct { char name[8]; uint8_t type; } names[] = {
    { "AD", T_AD }, { "AUI", T_AUI }, { "CCD", T_CCD }, { "CE", T_CWE }, { "CF", T_CWE }, { "CK", T_CX },
    { "CN", T_XCN }, { "CNE", T_CWE }, { "CNN", T_CNN }, { "CP", T_CP }, { "CQ", T_CQ }, { "CWE", T_CWE },
    { "CX", T_CX }, { "DLD", T_DLD }, { "DLN", T_DLN }, { "DR", T_DR }, { "DT", T_DTM }, { "DTM", T_DTM },
    { "ED", T_ED }, { "EI", T_EI }, { "EIP", T_EIP }, { "FC", T_FC }, { "FN", T_FN }, { "FT", T_TX },
    { "HD", T_HD }, { "ID", T_ID }, { "IS", T_IS }, { "JCC", T_JCC }, { "LA1", T_LA1 }, { "LA2", T_LA2 },
    { "MO", T_MO }, { "MOC", T_MOC }, { "MOP", T_MOP }, { "NA", T_NM }, { "MA", T_NM }, { "NDL", T_NDL },
    { "NM", T_NM }, { "NR", T_NR }, { "PL", T_PL }, { "PLN", T_PLN }, { "PN", T_XPN }, { "PPN", T_PPN },
    { "RP", T_RP }, { "RPT", T_RPT }, { "SAD", T_SAD }, { "SI", T_SI }, { "SN", T_SN }, { "SPS", T_SPS },
    { "ST", T_ST }, { "TM", T_TM }, { "TN", T_XTN }, { "TQ", T_TQ }, { "TS", T_DTM }, { "TX", T_TX },
    { "XAD", T_XAD }, { "XCN", T_XCN }, { "XON", T_XON }, { "XPN", T_XPN }, { "XTN", T_XTN },
};
/* clang-format on */

struct hl7_parts hl7_type_parts(enum hl7_type t)
{
    if (t < T_LEAVES) return (struct hl7_parts){ 0 };
    return composites[t - T_LEAVES];
}

enum hl7_type hl7_type_part(enum hl7_type t, uint32_t i)
{
    if (t < T_LEAVES) return t;
    struct hl7_parts parts = composites[t - T_LEAVES];
    return i < parts.n ? (enum hl7_type)parts.types[i] : T_TX;
}

enum hl7_type hl7_type_leaf(enum hl7_type t)
{
    while (t >= T_LEAVES)
        t = hl7_type_part(t, 0);
    return t;
}

enum hl7_type hl7_type_by_name(view name)
{
    for (size_t i = 0; i < COUNT_OF(names); i++)
        if (view_eq_nocase(name, view_of_str(names[i].name))) return names[i].type;
    return T_TX;
}
