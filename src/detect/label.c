#include "detect/label.h"

static const struct {
    const char *name, *letter;
} labels[] = {
#define X(name, letter) { #name, letter },
    LABEL_MAP(X)
#undef X
};

const char *label_name(enum label l)
{
    BUG_IF((unsigned)l >= LABEL_COUNT);
    return labels[l].name;
}

const char *label_letter(enum label l)
{
    BUG_IF((unsigned)l >= LABEL_COUNT);
    return labels[l].letter;
}

bool label_from_name(view name, enum label *out)
{
    for (unsigned i = 0; i < LABEL_COUNT; i++)
        if (view_eq(name, view_of_str(labels[i].name))) return *out = (enum label)i, true;
    return false;
}
