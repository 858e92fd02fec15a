#include "base/err.h"

static const char *const names[] = {
#define X(name, text) #name,
    ERR_MAP(X)
#undef X
};
static const char *const texts[] = {
#define X(name, text) text,
    ERR_MAP(X)
#undef X
};
enum { ERR_COUNT = sizeof names / sizeof names[0] };

/* A code from outside the table is a bug of the caller's, but this runs while something else is
 * being reported already: say so instead of stopping. */
const char *err_name(err e)
{
    return (unsigned)e < ERR_COUNT ? names[e] : "ERR_UNKNOWN";
}
const char *err_text(err e)
{
    return (unsigned)e < ERR_COUNT ? texts[e] : "unknown error";
}
