/* Engine and session: what is shared, and what a thread has for itself. */
#include "api/library.h"

#include "deid/site_config.h"

_Static_assert((size_t)DOCUMENT_MAX == CORDON_TEXT_MAX, "the public limit is what detectors take");

void cordon_params_init(struct cordon_params *p, size_t size)
{
    const struct cordon_params defaults = {
        .struct_size = size,
        .profile = CORDON_SAFE_HARBOR,
        .style = CORDON_STYLE_DEFAULT,
        .max_text_bytes = CORDON_TEXT_MAX,
    };
    if (!p || size < sizeof p->struct_size) return;
    /* A caller of another version has another size: his params are his to hold, and cordon_engine_new
     * refuses them. */
    memset(p, 0, size);
    memcpy(p, &defaults, MIN(size, sizeof defaults));
}

static bool profile_of(enum cordon_profile p, enum profile *out)
{
    switch (p) {
    case CORDON_SAFE_HARBOR: return *out = PROFILE_SAFE_HARBOR, true;
    case CORDON_EXPERT: return *out = PROFILE_EXPERT, true;
    case CORDON_LIMITED: return *out = PROFILE_LIMITED, true;
    case CORDON_TRANSPORT: return *out = PROFILE_TRANSPORT, true;
    }
    return false;
}

static bool style_of(enum cordon_style s, enum style *out)
{
    switch (s) {
    case CORDON_STYLE_DEFAULT: return *out = STYLE_DEFAULT, true;
    case CORDON_STYLE_MASK: return *out = STYLE_MASK, true;
    case CORDON_STYLE_TAG: return *out = STYLE_TAG, true;
    case CORDON_STYLE_SURROGATE: return *out = STYLE_SURROGATE, true;
    }
    return false;
}

static bool order_of(enum cordon_date_order o, struct deid_params *out)
{
    switch (o) {
    case CORDON_DATES_DEFAULT: return true;
    case CORDON_DATES_MDY:
    case CORDON_DATES_DMY:
        out->has_date_order = true;
        out->date_order = o == CORDON_DATES_DMY ? DATE_DAY_FIRST : DATE_MONTH_FIRST;
        return true;
    }
    return false;
}

static err open_site(const struct cordon_params *p, struct site_config **out, struct diag *d)
{
    if (p->site_file && p->site_yaml)
        return DIAG(d, ERR_CONFIG, "a site has one file: site_file or site_yaml");
    if (p->site_file) return site_config_open(out, p->site_file, d);
    if (p->site_yaml)
        return site_config_read(out, view_of(p->site_yaml, p->site_yaml_bytes), NULL, d);
    return OK;
}

/* What deid/ needs to know; the key is opened by the caller of this. */
static err params_of(const struct cordon_params *p, struct deid_params *out, struct diag *d)
{
    *out = deid_default_params();
    if (p->struct_size != sizeof *p)
        return DIAG(d, ERR_VERSION,
                    "the params were made by another version of cordon.h, or not by "
                    "cordon_default_params");
    if (!profile_of(p->profile, &out->profile)) return DIAG(d, ERR_CONFIG, "no such profile");
    if (!style_of(p->style, &out->style)) return DIAG(d, ERR_CONFIG, "no such style");
    if (p->max_text_bytes == 0 || p->max_text_bytes > CORDON_TEXT_MAX)
        return DIAG(d, ERR_CONFIG, "max_text_bytes must be from 1 to CORDON_TEXT_MAX");
    if (!order_of(p->date_order, out)) return DIAG(d, ERR_CONFIG, "no such order of dates");
    out->shift_whole_weeks = p->shift_weeks != 0;
    if (p->project) out->project = view_of_str(p->project);
    out->max_document = p->max_text_bytes;
    out->keep_clinicians = p->keep_clinicians != 0;
    return OK;
}

enum cordon_error cordon_engine_new(struct cordon_engine **out, const struct cordon_params *params,
                                    struct cordon_problem *problem)
{
    err e = OK;
    struct diag d = { 0 };
    struct deid_params p;
    struct cordon_engine *engine = NULL;
    if (out) *out = NULL;
    if (!out || !params) TRY(DIAG(&d, ERR_USAGE, "cordon_engine_new needs params and a place"));
    TRY(params_of(params, &p, &d));
    engine = mem_alloc_zero(sizeof *engine);
    if (!engine) TRY(ERR_MEMORY);
    engine->max_text = p.max_document;
    engine->profile = p.profile;
    if (params->key_file) TRY(key_open_file(&engine->key, params->key_file, &d));
    p.key = engine->key;
    TRY(open_site(params, &engine->site, &d));
    p.site = engine->site;
    TRY(deid_new(&engine->deid, &p, &d));
    *out = engine;
    engine = NULL;
out:
    cordon_engine_free(engine);
    return library_result(e, &d, problem);
}

void cordon_engine_free(struct cordon_engine *engine)
{
    if (!engine) return;
    deid_free(engine->deid); /* before the key that it borrows */
    site_config_free(engine->site);
    key_free(engine->key);
    mem_free(engine);
}

const char *cordon_engine_claim(const struct cordon_engine *engine)
{
    return engine ? profile_claim(engine->profile) : "";
}

enum cordon_error cordon_session_new(struct cordon_session **out,
                                     const struct cordon_engine *engine,
                                     struct cordon_problem *problem)
{
    enum { SCRATCH_MAX = 1 << 30 };
    err e = OK;
    struct diag d = { 0 };
    struct cordon_session *s = NULL;
    if (out) *out = NULL;
    if (!out || !engine) TRY(DIAG(&d, ERR_USAGE, "cordon_session_new needs an engine and a place"));
    s = mem_alloc_zero(sizeof *s);
    if (!s) TRY(ERR_MEMORY);
    s->engine = engine;
    arena_init(&s->arena, SCRATCH_MAX);
    findings_init(&s->found, DETECT_MAX);
    TRY(deid_scratch_new(&s->deid));
    TRY(detect_scratch_new(&s->detect));
    *out = s;
    s = NULL;
out:
    cordon_session_free(s);
    return library_result(e, &d, problem);
}

void cordon_session_free(struct cordon_session *s)
{
    if (!s) return;
    deid_scratch_free(s->deid);
    detect_scratch_free(s->detect);
    arena_clear(&s->arena);
    findings_clear(&s->found);
    mem_free(s->list);
    mem_free(s);
}
