/* detect/rules.h — every reason for a finding, with the sentence that --explain prints.
 * One block a detector, in the order of detect/detectors.c; append to your detector's block. */
#pragma once
#include "base/base.h"

#define RULES_CORE(X) X(NONE, "no rule")
#define RULES_DATE(X)                                                                              \
    X(DATE_FULL, "a day, month and year")                                                          \
    X(DATE_DAY, "a day and month")                                                                 \
    X(DATE_MONTH, "a month and year")                                                              \
    X(DATE_CUE, "two numbers that the words around them make a date")                              \
    X(DATE_DIGITS, "digits in the order of a date or time stamp")                                  \
    X(DATE_MONTH_ALONE, "a month after a word such as in or since")                                \
    X(DATE_PERIOD, "a season or quarter with its year")                                            \
    X(DATE_HOLIDAY, "a holiday")                                                                   \
    X(DATE_WEEKDAY, "a weekday and a day of the month")                                            \
    X(DATE_BIRTH_YEAR, "a year of birth that shows an age over 89")
#define RULES_AGE(X)                                                                               \
    X(AGE_NUMBER, "a number over 89 as an age")                                                    \
    X(AGE_WORDS, "an age over 89 in words")
#define RULES_CONTACT(X)                                                                           \
    X(PHONE_CUE, "a number after a word such as phone, call or fax")                               \
    X(PHONE_SHAPE, "a number in the form of a telephone number")                                   \
    X(PHONE_EXTENSION, "an extension")                                                             \
    X(EMAIL_SHAPE, "an e-mail address")                                                            \
    X(EMAIL_SPELLED, "an e-mail address spelled out or without its marks")                         \
    X(URL_SCHEME, "a web address with its scheme or www")                                          \
    X(URL_DOMAIN, "a domain name with a path, or after a word such as website")                    \
    X(URL_HANDLE, "a name after @, as pages for sharing have them")                                \
    X(IP_SHAPE, "an internet address")                                                             \
    X(IP_MAC, "a hardware address of a device")
#define RULES_NUMBER(X)                                                                            \
    X(SSN_SHAPE, "a number in the form of a social security number")                               \
    X(SSN_CUE, "a number after a word for social security")                                        \
    X(SSN_LAST, "the last digits of a social security number")                                     \
    X(ID_CUE, "a value after a word that announces an identifier")                                 \
    X(ID_LIST, "a value listed beside an identifier of the same form")                             \
    X(ID_FIELD, "the value of a field for identifiers")                                            \
    X(ID_NPI, "a provider number whose check digit holds")                                         \
    X(ID_DEA, "a DEA number whose check digit holds")                                              \
    X(ID_MBI, "the form of a Medicare beneficiary number")                                         \
    X(ID_VIN, "a vehicle number whose check digit holds")                                          \
    X(ID_CARD, "a payment card number whose check digit holds")                                    \
    X(ID_NHS, "an NHS number whose check digit holds")                                             \
    X(ID_HASH, "a number marked with #")                                                           \
    X(ID_CODE, "letters and digits in the form of an identifier")                                  \
    X(ID_FILE, "a number in the name of a file")                                                   \
    X(ID_BESIDE, "a number in the column beside a person's name")                                  \
    X(ID_LONG, "a long run of digits that is no measure, date or amount")                          \
    X(ID_ENCODED, "base64, which nobody can look into")
#define RULES_ADDRESS(X)                                                                           \
    X(STREET_NUMBER, "a house number, a name and a word such as street")                           \
    X(STREET_NAME, "a name and a word such as street")                                             \
    X(STREET_BOX, "a post office box or rural route")                                              \
    X(STREET_UNIT, "an apartment, suite or unit of an address")                                    \
    X(STREET_ROAD, "a numbered highway or route of an address")                                    \
    X(ZIP_STATE, "a ZIP code after a state or town")                                               \
    X(ZIP_CUE, "a ZIP code after a word such as ZIP")                                              \
    X(ZIP_FOUR, "a nine-digit ZIP code")
#define RULES_PLACE(X)                                                                             \
    X(PLACE_STATE, "a town before its state")                                                      \
    X(PLACE_CUE, "a town after a word of place")                                                   \
    X(PLACE_KNOWN, "a well-known town")                                                            \
    X(PLACE_ADDRESS, "a town after a street address")                                              \
    X(PLACE_TOLD, "told as where somebody lives, comes from or goes")                              \
    X(PLACE_COUNTY, "a county")
#define RULES_ORGANIZATION(X)                                                                      \
    X(ORG_HEAD, "a name before hospital, clinic, school …")                                        \
    X(ORG_OF, "hospital, university … of a name")                                                  \
    X(ORG_KNOWN, "a known organisation")                                                           \
    X(ORG_AT, "capital words after \"at\"")                                                        \
    X(ORG_LIST, "the facility in a list of persons")                                               \
    X(ORG_SAINT, "a hospital named after a saint")                                                 \
    X(ORG_WORD, "a name before Medical, General, Health …")                                        \
    X(ORG_TRADE, "a name before Roofing, Imaging, Ambulance …")                                    \
    X(ORG_FRAME, "where nothing but an organisation stands: Employer: …")
#define RULES_NAME(X)                                                                              \
    X(NAME_TITLE, "a name after a title")                                                          \
    X(NAME_FIELD, "a name in a field for names")                                                   \
    X(NAME_CUE, "a name after a word that announces one")                                          \
    X(NAME_PERSON, "a name beside the description of a person")                                    \
    X(NAME_CREDENTIAL, "a name before a credential")                                               \
    X(NAME_HANDOVER, "a name as a hand-over, list or letter tells it")                             \
    X(NAME_LIST, "a name in a list of persons")                                                    \
    X(NAME_VERB, "a name before what a person does")                                               \
    X(NAME_FULL, "a given name and a family name")                                                 \
    X(NAME_INITIAL, "a name with an initial")                                                      \
    X(NAME_COMMA, "family name, comma, given name")                                                \
    X(NAME_ALONE, "a usual name by itself")                                                        \
    X(NAME_INITIALS, "initials of a person")                                                       \
    X(NAME_AGAIN, "a word of a name found elsewhere in the document")                              \
    X(NAME_FILE, "a name in the name of a file")                                                   \
    X(NAME_KEY, "a name that stands as the key of a record")                                       \
    X(FIELD_VALUE, "the value of a field for names, addresses or births")
#define RULES_KNOWN(X)                                                                             \
    X(FIELD, "a field whose format says what it holds")                                            \
    X(KNOWN_NAME, "a name that is known from fields about the same patient")                       \
    X(KNOWN_NICKNAME, "a short form of such a name")                                               \
    X(KNOWN_TYPO, "such a name with one letter wrong")                                             \
    X(KNOWN_INITIALS, "the initials of such a name")                                               \
    X(KNOWN_NUMBER, "a number that is known from fields about the same patient")                   \
    X(KNOWN_PHRASE, "an address or organisation that is known from such fields")                   \
    X(KNOWN_BIRTH, "the date of birth that such a field holds")
#define RULES_SITE(X)                                                                              \
    X(SITE_DENY, "a phrase of the site's own list")                                                \
    X(SITE_ROSTER, "a name or number of the site's rosters")                                       \
    X(SITE_ROSTER_WORD, "a part of a name of the site's rosters")                                  \
    X(SITE_PATTERN, "a pattern of the site")
#define RULES_READER(X) X(SECOND_READER, "named by the second reader, in what the others had left")
#define RULES_TAGGER(X)                                                                            \
    X(TAGGER, "learned from marked texts: the words, their form and their surroundings")

/* clang-format off */
#define RULE_MAP(X)                                                                                \
    RULES_CORE(X) RULES_DATE(X) RULES_AGE(X) RULES_CONTACT(X) RULES_NUMBER(X) RULES_ADDRESS(X)     \
    RULES_PLACE(X) RULES_ORGANIZATION(X) RULES_NAME(X) RULES_SITE(X) RULES_TAGGER(X) RULES_KNOWN(X)    \
    RULES_READER(X)
enum rule {
#define X(name, text) RULE_##name,
    RULE_MAP(X)
#undef X
    RULE_COUNT
};
/* clang-format on */
const char *rule_name(enum rule r); /* "NAME_TITLE" */
const char *rule_text(enum rule r); /* "a name after a title" */
