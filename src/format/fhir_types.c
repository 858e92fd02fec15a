/* format/fhir_types.c — one open hash table over (type, key). */
#include "format/fhir_types.h"

#include "format/fhir_table.h"

static uint64_t load(const char *p, unsigned n)
{
    uint64_t x = 0;
    memcpy(&x, p, n);
    return x;
}

/* As in table.py: length, the first and the last bytes. */
static uint32_t key_hash(view key)
{
    uint64_t a = 0, b = 0, n = key.n;
    if (n >= 8) {
        a = load(key.p, 8);
        b = load(key.p + n - 8, 8);
    } else if (n >= 4) {
        a = load(key.p, 4);
        b = load(key.p + n - 4, 4);
    } else if (n) {
        a = (unsigned char)key.p[0];
        b = (uint64_t)(unsigned char)key.p[n / 2] | (uint64_t)(unsigned char)key.p[n - 1] << 8;
    }
    uint64_t m = (a ^ UINT64_C(0x9E3779B97F4A7C15)) * ((b + n * UINT64_C(0xD6E8FEB86659FD93)) | 1);
    return (uint32_t)(m ^ m >> 32);
}

static const struct fhir_element *find(unsigned type, view key, uint32_t hash)
{
    for (uint32_t i = hash ^ type * 0x9E3779B1U;; i++) {
        const struct fhir_element *e = &fhir_slots[i & (FHIR_SLOTS - 1)];
        if (e->kind == FHIR_EMPTY) return NULL;
        if (e->owner != type) continue;
        const struct fhir_key *k = &fhir_keys[e->key];
        if (k->n == key.n && memcmp(fhir_pool + k->at, key.p, key.n) == 0) return e;
    }
}

const struct fhir_element *fhir_element(unsigned type, view key)
{
    const struct fhir_element *e;
    uint32_t hash = key_hash(key);
    BUG_IF(type >= COUNT_OF(fhir_base));
    for (unsigned t = type; t; t = fhir_base[t])
        if ((e = find(t, key, hash))) return e;
    if ((e = find(FHIR_T_UNKNOWN, key, hash))) return e;
    for (unsigned t = fhir_base[FHIR_T_UNKNOWN]; t; t = fhir_base[t])
        if ((e = find(t, key, hash))) return e;
    return NULL;
}

unsigned fhir_resource(view name, bool *is_definition)
{
    const struct fhir_element *e = find(FHIR_T_ROOTS, name, key_hash(name));
    if (is_definition) *is_definition = e && e->hint;
    return e ? e->type : FHIR_T_UNKNOWN;
}

static view key_text(unsigned key)
{
    return view_of(fhir_pool + fhir_keys[key].at, fhir_keys[key].n);
}

view fhir_element_name(const struct fhir_element *e)
{
    return key_text(e->key);
}

view fhir_resource_name(unsigned type)
{
    BUG_IF(type >= COUNT_OF(fhir_root_key));
    return fhir_root_key[type] ? key_text(fhir_root_key[type] - 1U) : VIEW("?");
}

bool fhir_is_any_resource(unsigned type)
{
    return type == FHIR_T_Resource || type == FHIR_T_DomainResource || type == FHIR_T_UNKNOWN;
}
