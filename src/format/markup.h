/* format/markup.h — XHTML and other tagged text as the text that a reader sees.
 *
 *      Jo<b>hn</b> &amp; Jos&eacute;<br/>Doe      John & José⏎Doe
 *
 * Tags have no text of their own, so a name across them is one name; those that end a line or a cell
 * (all but the inline elements of HTML) put a line end between texts. Values of attributes and
 * comments that could hold prose come apart. Lenient: what is no tag and no entity is text, so that
 * nothing is passed because it is broken.   Threads: pure.
 */
#pragma once
#include "base/arena.h"
#include "text/offsets.h"

struct markup_value {
    view name; /* of the attribute; "" for a comment and what else stands between < and > */
    view text; /* decoded */
    struct offset_map map;
};
struct markup {
    view text;
    struct offset_map map; /* its gaps are the tags */
    struct markup_value *values;
    uint32_t n, cap;
};

/* `in` is UTF-8 and borrowed, its own bytes come from `under` (an identity when under->n is 0): the maps
 * of the result lead to the source of `under`. ERR_MEMORY, ERR_LIMIT. */
MUST_USE err markup_read(view in, const struct offset_map *under, struct arena *a,
                         struct markup *out);
