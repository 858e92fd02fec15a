#include "detect/tag_model.h"

#include "base/hash.h"
#include "detect/tag_judge.h"

enum { SLOTS_MAX = 1 << 24, TREES_BASE_MOST = 1 << 24 };

static uint64_t aligned(uint64_t n)
{
    return (n + (TAG_ALIGN - 1)) & ~(uint64_t)(TAG_ALIGN - 1);
}

struct tag_layout tag_layout_of(uint32_t n_labels, uint32_t width, uint32_t n_slots,
                                uint32_t n_trees)
{
    struct tag_layout o;
    o.labels = sizeof(struct tag_header);
    o.links = aligned(o.labels + (uint64_t)n_labels * sizeof(struct tag_label));
    o.checks = aligned(o.links + (2 + 2 * (uint64_t)n_labels) * width * sizeof(int16_t));
    o.rows = aligned(o.checks + (uint64_t)n_slots * sizeof(uint16_t));
    o.trees = aligned(o.rows + (uint64_t)n_slots * width);
    o.sum = o.trees + (uint64_t)n_trees * sizeof(struct tag_tree);
    o.size = o.sum + TAG_SUM_LEN;
    return o;
}

void tag_model_attach(struct tag_model *m, view image)
{
    const char *bytes = image.p;
    const struct tag_header *h = (const struct tag_header *)(const void *)bytes;
    struct tag_layout o = tag_layout_of(h->n_labels, h->width, h->n_slots, h->n_trees);
    *m = (struct tag_model){
        .kind = tag_kind_of(view_of_str(h->language)),
        .labels = (const void *)(bytes + o.labels),
        .links = (const void *)(bytes + o.links),
        .checks = (const void *)(bytes + o.checks),
        .rows = (const void *)(bytes + o.rows),
        .n_labels = h->n_labels,
        .n_tags = 1 + 2 * h->n_labels,
        .width = h->width,
        .n_slots = h->n_slots,
        .bias = h->bias,
        .unit = (float)h->unit / 65536.0F,
        .curve = h->curve,
        .trees = (const void *)(bytes + o.trees),
        .n_trees = h->n_trees,
        .trees_base = h->trees_base,
        .sum = view_of(bytes + o.sum, TAG_SUM_LEN),
    };
}

static bool sum_is_right(view bytes, view sum)
{
    uint8_t is[32];
    char hex[64];
    checksum32(bytes, is);
    checksum_hex(is, hex);
    return view_eq(view_of(hex, sizeof hex), sum);
}

static bool labels_are_sound(const struct tag_model *m)
{
    for (uint32_t i = 0; i < m->n_labels; i++) {
        const struct tag_label *l = &m->labels[i];
        if (!l->name[0] || l->name[TAG_NAME_LEN - 1]) return false;
        if (l->label >= LABEL_COUNT && l->label != TAG_NO_LABEL) return false;
        if (l->role > WHO_CLINICIAN || l->part > PART_YEAR) return false;
    }
    return true;
}

static bool table_is_sound(const struct tag_model *m)
{
    bool ends = false;
    for (uint32_t i = 0; i < m->n_slots; i++)
        ends |= m->checks[i] == 0;
    for (uint32_t i = 1; i < TAG_KNOTS; i++)
        ends &= m->curve[i - 1] <= m->curve[i];
    return ends;
}

err tag_model_open(struct tag_model *out, view bytes, struct diag *d)
{
    struct tag_header h;
    if (bytes.n < sizeof h + TAG_SUM_LEN) return DIAG(d, ERR_CORRUPT, "the model is too short");
    if ((uintptr_t)bytes.p % 16 != 0)
        return DIAG(d, ERR_CORRUPT, "the model is not aligned in memory");
    memcpy(&h, bytes.p, sizeof h);
    if (memcmp(h.magic, TAG_MAGIC, sizeof h.magic) != 0)
        return DIAG(d, ERR_CORRUPT, "not a model of Cordon's");
    if (h.version != TAG_VERSION || h.order != TAG_ORDER || h.features != TAG_FEATURES_VERSION)
        return DIAG(d, ERR_VERSION, "a model of another version or kind of machine");
    if (!h.n_labels || h.n_labels > TAG_LABELS_MAX || h.width != (2 * h.n_labels + 16) / 16 * 16 ||
        !h.n_slots || h.n_slots > SLOTS_MAX || h.n_trees > TAG_TREES_MAX || h.size != bytes.n ||
        tag_layout_of(h.n_labels, h.width, h.n_slots, h.n_trees).size != bytes.n)
        return DIAG(d, ERR_CORRUPT, "the model's sizes do not agree: it is damaged or cut short");
    struct tag_model m;
    tag_model_attach(&m, bytes);
    if (!sum_is_right(view_sub(bytes, 0, bytes.n - TAG_SUM_LEN), m.sum))
        return DIAG(d, ERR_CORRUPT, "the model's checksum does not hold");
    if (h.language[7] || !m.kind || h.templates != m.kind->templates)
        return DIAG(d, ERR_UNSUPPORTED, "a model of a language that this program does not know");
    if (!labels_are_sound(&m) || !table_is_sound(&m) || !h.unit || h.bias < -30000 ||
        h.bias > 30000)
        return DIAG(d, ERR_CORRUPT, "the model's tables do not hold together");
    if (h.n_trees && h.n_facts != TAG_FACTS)
        return DIAG(d, ERR_VERSION, "a model whose trees are of another version");
    if (!tag_trees_are_sound(m.trees, m.n_trees, TAG_FACTS) || h.trees_base < -TREES_BASE_MOST ||
        h.trees_base > TREES_BASE_MOST)
        return DIAG(d, ERR_CORRUPT, "the model's trees do not hold together");
    *out = m;
    return OK;
}
