/* tests/unit/redact/redacted.h — one value through redact_text, and what it became. */
#pragma once
#include "unit.h"

#include "redact/key_secret.h"
#include "redact/redact.h"

/* The key whose output the frozen tables hold. */
static inline struct key *frozen_key(uint8_t first)
{
    uint8_t secret[KEY_SECRET_LEN] = { first };
    struct key *k;
    for (int i = 1; i < KEY_SECRET_LEN; i++)
        secret[i] = (uint8_t)(i * 7);
    assert_ok(key_from_secret(&k, secret, false));
    return k;
}

struct redacted {
    struct redact_params params;
    struct redact_domains domains;
    struct arena arena;
    struct findings found;
    char text[4096]; /* terminated */
    size_t n;
    uint64_t done, masked;
};

static inline void redacted_init(struct redacted *r, const struct key *k, enum action action)
{
    memset(r, 0, sizeof *r);
    r->params = redact_default_params();
    for (int l = 0; l < LABEL_COUNT; l++)
        r->params.action[l] = action;
    r->params.key = k;
    r->domains = (struct redact_domains){ VIEW("project"), VIEW("patient") };
    arena_init(&r->arena, 16 << 20);
    findings_init(&r->found, 16);
}

static inline void redacted_clear(struct redacted *r)
{
    findings_clear(&r->found);
    arena_clear(&r->arena);
}

/* The value after its replacement, in r->text. */
static inline const char *redacted(struct redacted *r, enum label l, int part, const char *value)
{
    struct edits e;
    uint64_t done[LABEL_COUNT] = { 0 }, masked[LABEL_COUNT] = { 0 };
    view v = view_of_str(value);
    uint32_t at = 0;
    arena_reset(&r->arena);
    r->found.n = 0;
    assert_ok(findings_add(
        &r->found,
        (struct finding){ .end = (uint32_t)v.n, .label = (uint8_t)l, .part = (uint8_t)part }));
    assert_ok(redact_text(&r->params, &r->domains, v, &r->found, &r->arena, &e, done, masked));
    r->n = 0;
    for (uint32_t i = 0; i <= e.n; i++) {
        uint32_t start = i < e.n ? e.v[i].start : (uint32_t)v.n;
        assert_true(start >= at && r->n + (start - at) < sizeof r->text);
        memcpy(r->text + r->n, v.p + at, start - at);
        r->n += start - at;
        if (i == e.n) break;
        assert_true(r->n + e.v[i].with.n < sizeof r->text);
        if (e.v[i].with.n) memcpy(r->text + r->n, e.v[i].with.p, e.v[i].with.n);
        r->n += e.v[i].with.n;
        at = e.v[i].end;
    }
    r->text[r->n] = 0;
    r->done = done[l];
    r->masked = masked[l];
    return r->text;
}

/* Copies what redacted() gave, which lives until its next call. */
static inline void copy_text(char *to, size_t room, const char *from)
{
    size_t n = strlen(from);
    assert_true(n < room);
    memcpy(to, from, n + 1);
}
#define COPY(to, from) copy_text((to), sizeof(to), (from))
