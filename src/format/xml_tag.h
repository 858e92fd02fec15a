/* format/xml_tag.h — the attributes of a tag with their places, which no XML library gives.
 * Threads: pure. */
#pragma once
#include "format/format.h"

enum { XML_ATTRIBUTES_MAX = 64 };
struct xml_attribute {
    view name;             /* with its prefix */
    view text;             /* entities resolved */
    struct offset_map map; /* to the record, from `base` */
    uint32_t base;
};
struct xml_tag {
    view name; /* with its prefix; lives as long as the arena and the record */
    struct xml_attribute v[XML_ATTRIBUTES_MAX];
    uint32_t n;
};

/* The start tag in bytes [from, to) of the record, which a parser has found well-formed, in a document
 * without entities of its own. ERR_LIMIT for more attributes, ERR_MEMORY, ERR_ENCODING. */
MUST_USE err xml_tag_read(view bytes, uint32_t from, uint32_t to, enum encoding enc,
                          struct arena *a, struct xml_tag *out);
/* The text of an attribute; "" when there is none. */
view xml_tag_get(const struct xml_tag *t, view name);
/* Behind the prefix. */
view xml_local(view name);
