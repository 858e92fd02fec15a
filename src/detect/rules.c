#include "detect/rules.h"

static const struct {
    const char *name, *text;
} rules[] = {
#define X(name, text) { #name, text },
    RULE_MAP(X)
#undef X
};

const char *rule_name(enum rule r)
{
    BUG_IF((unsigned)r >= RULE_COUNT);
    return rules[r].name;
}

const char *rule_text(enum rule r)
{
    BUG_IF((unsigned)r >= RULE_COUNT);
    return rules[r].text;
}
