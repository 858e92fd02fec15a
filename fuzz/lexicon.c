/* lexicon_open on any bytes, once as they are and once with a right checksum, so that the checks
 * behind it are reached; then look-ups in what was accepted. */
#include "base/arena.h"
#include "base/mem.h"
#include "lexicon/image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look_up(const struct lexicon *l)
{
    struct arena a;
    struct tokens t;
    const struct lex_info *out;
    arena_init(&a, 1 << 16);
    if (token_split(VIEW("Ada Lee & St. Mary's, new-york down's syndrome"), &a, &t) == OK)
        for (uint32_t i = 0; i < t.n; i++)
            (void)lexicon_phrase(l, lexicon_find(l, t.v[i].hash), t.v + i, t.n - i, &out);
    arena_clear(&a);
}

static void open_bytes(const char *p, size_t n)
{
    struct lexicon *l = NULL;
    struct diag d = { 0 };
    if (lexicon_open(&l, view_of(p, n), &d) != OK) return;
    look_up(l);
    lexicon_close(l);
}

/* Numbers that only the writer could know: everything else of the header is the input's. */
static void repair(char *p, size_t n)
{
    struct lex_header h;
    uint8_t sum[32];
    memcpy(&h, p, sizeof h);
    memcpy(h.magic, LEX_MAGIC, sizeof h.magic);
    h.version = LEX_VERSION;
    h.order = LEX_ORDER;
    h.classes = lex_classes_hash();
    h.size = n;
    memcpy(p, &h, sizeof h);
    checksum32(view_of(p, n - LEX_SUM_LEN), sum);
    for (size_t i = 0; i < sizeof sum; i++) {
        p[n - LEX_SUM_LEN + 2 * i] = "0123456789abcdef"[sum[i] >> 4];
        p[n - LEX_SUM_LEN + 2 * i + 1] = "0123456789abcdef"[sum[i] & 15];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    char *copy = mem_alloc(n);
    if (!copy) return 0;
    memcpy(copy, data, n);
    open_bytes(copy, n);
    if (n >= sizeof(struct lex_header) + LEX_SUM_LEN) {
        repair(copy, n);
        open_bytes(copy, n);
    }
    mem_free(copy);
    return 0;
}
