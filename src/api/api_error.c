/* Errors as the public header numbers them. Those numbers are kept for ever; enum err's are not, so they
 * are translated one by one. */
#include "api/library.h"

static enum cordon_error public_code(err e)
{
    switch (e) {
    case OK: return CORDON_OK;
    case ERR_MEMORY: return CORDON_ERROR_MEMORY;
    case ERR_LIMIT: return CORDON_ERROR_LIMIT;
    case ERR_ENCODING: return CORDON_ERROR_ENCODING;
    case ERR_USAGE: return CORDON_ERROR_USAGE;
    case ERR_VERSION: return CORDON_ERROR_VERSION;
    case ERR_CONFIG: return CORDON_ERROR_CONFIG;
    case ERR_KEY:
    case ERR_FORMAT:
    case ERR_CORRUPT:
    case ERR_IO:
    case ERR_NOT_FOUND:
    case ERR_PERMISSION: return CORDON_ERROR_KEY; /* the site's faults are ERR_CONFIG */
    case ERR_NO_SPACE:
    case ERR_EXISTS:
    case ERR_UNSUPPORTED:
    case ERR_CANCELLED:
    case ERR_TIMEOUT:
    case ERR_SYSTEM:
    case ERR_MODEL: break;
    }
    return CORDON_ERROR_SYSTEM;
}

const char *cordon_error_text(enum cordon_error e)
{
    switch (e) {
    case CORDON_OK: return err_text(OK);
    case CORDON_ERROR_MEMORY: return err_text(ERR_MEMORY);
    case CORDON_ERROR_LIMIT: return err_text(ERR_LIMIT);
    case CORDON_ERROR_ENCODING: return err_text(ERR_ENCODING);
    case CORDON_ERROR_USAGE: return err_text(ERR_USAGE);
    case CORDON_ERROR_VERSION: return "made for another version";
    case CORDON_ERROR_CONFIG: return err_text(ERR_CONFIG);
    case CORDON_ERROR_KEY: return err_text(ERR_KEY);
    case CORDON_ERROR_SYSTEM: return err_text(ERR_SYSTEM);
    }
    return "an error of another version";
}

const char *cordon_version(void)
{
    return CORDON_VERSION_TEXT;
}

enum cordon_error library_result(err e, const struct diag *d, struct cordon_problem *problem)
{
    enum cordon_error code = public_code(e);
    if (!problem) return code;
    *problem = (struct cordon_problem){ .error = code, .what = "" };
    if (e == OK) return code;
    problem->what = d->what ? d->what : cordon_error_text(code);
    problem->os_error = d->os;
    problem->has_offset = d->has_offset;
    problem->line = d->line;
    problem->column = d->column;
    if (d->has_offset) {
        problem->offset = (size_t)d->offset;
        problem->length = (size_t)d->length;
    }
    return code;
}

err library_text(const char *p, size_t n, size_t max, view *out, struct diag *d)
{
    if (!p && n > 0) return DIAG(d, ERR_USAGE, "no text where there should be one");
    if (n > max) return DIAG(d, ERR_LIMIT, "the text is longer than max_text_bytes");
    *out = p ? view_of(p, n) : VIEW("");
    return OK;
}

void cordon_free(char *text)
{
    mem_free(text); /* wipes */
}
