/* detect/rules.h — every reason for a finding, with the sentence that --explain prints.
 * One block a detector, in the order of detect/detectors.c; append to your detector's block. */
#pragma once
#include "base/base.h"

#define RULES_CORE(X) X(NONE, "no rule")
#define RULES_DATE(X)
#define RULES_AGE(X)
#define RULES_CONTACT(X) /* phone, fax, e-mail, url, ip */
#define RULES_NUMBER(X)  /* ssn, ids */
#define RULES_ADDRESS(X) /* street, ZIP */
#define RULES_PLACE(X)
#define RULES_ORGANIZATION(X)
#define RULES_NAME(X)

#define RULE_MAP(X)                                                                                \
    RULES_CORE(X) RULES_DATE(X) RULES_AGE(X) RULES_CONTACT(X) RULES_NUMBER(X) RULES_ADDRESS(X)     \
    RULES_PLACE(X) RULES_ORGANIZATION(X) RULES_NAME(X)
enum rule {
#define X(name, text) RULE_##name,
    RULE_MAP(X)
#undef X
    RULE_COUNT
};
const char *rule_name(enum rule r); /* "NAME_TITLE" */
const char *rule_text(enum rule r); /* "a name after a title" */
