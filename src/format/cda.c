/* format/cda.c — clinical documents (CDA R2, C-CDA, fragments of them), and other XML as text in tags.
 *
 * A record is the whole input. Identifiers, names, addresses and times go by their element
 * (cda_table.h); of XML that is none of HL7's every text and attribute is looked at.
 */
#include <expat.h>

#include "format/attachment_options.h"
#include "format/cda_table.h"
#include "format/cda_walk.h"
#include "format/format_options.h"
#include "format/formats.h"
#include "format/xml_tag.h"

struct first_tag {
    bool seen, is_known;
};

static void XMLCALL on_start(void *ctx, const XML_Char *name, const XML_Char **atts)
{
    struct first_tag *t = ctx;
    if (t->seen) return;
    t->seen = true;
    t->is_known = cda_is_element(xml_local(view_of_str(name)));
    for (; *atts; atts += 2)
        t->is_known |= view_starts(view_of_str(atts[1]), VIEW("urn:hl7-org:"));
}

/* XML says so in its first line, or its first element is one of HL7's, or it is XML as far as the head
 * goes. */
static bool sniff(view head)
{
    enum { HEAD_IS_CUT = 4096 };
    static const XML_Memory_Handling_Suite heap = { mem_alloc, mem_resize, mem_free };
    struct first_tag t = { 0 };
    size_t at = view_starts(head, VIEW("\xEF\xBB\xBF")) ? 3 : 0;
    if (view_starts(view_sub(head, at, head.n), VIEW("<?xml")) ||
        view_starts(head, (view){ "\xFF\xFE<\0?\0x\0m\0", 10 }) ||
        view_starts(head, (view){ "\xFE\xFF\0<\0?\0x\0m", 10 }))
        return true;
    while (at < head.n && ascii_is_space(head.p[at]))
        at++;
    if (at == head.n || head.p[at] != '<') return false;
    XML_Parser p = XML_ParserCreate_MM(NULL, &heap, NULL);
    if (!p) return false;
    XML_SetUserData(p, &t);
    XML_SetStartElementHandler(p, on_start);
    bool is_well =
        XML_Parse(p, head.p + at, (int)(head.n - at), head.n < HEAD_IS_CUT) == XML_STATUS_OK;
    XML_ParserFree(p);
    return t.is_known || is_well;
}

static const struct format format_dropping;

static err decode(const struct format *self, view bytes, enum encoding enc, struct arena *a,
                  struct record *out, struct diag *d)
{
    (void)enc;
    struct record r = { .bytes = bytes };
    err e = cda_walk(bytes, self == &format_dropping, a, &r, d);
    if (!e) *out = r;
    return e;
}

static const struct format format_dropping = {
    .name = "cda", .has_fields = true, .sniff = sniff, .decode = decode
};

static err open_with(const struct format *self, const struct format_options *o, view head,
                     struct arena *a, const struct format **out, struct diag *d)
{
    (void)head, (void)a, (void)d;
    bool drops = o->attachments && o->attachments->drop_attachments;
    *out = drops ? &format_dropping : self;
    return OK;
}

const struct format format_cda = { .name = "cda",
                                   .has_fields = true,
                                   .opens_bare = true,
                                   .sniff = sniff,
                                   .open = open_with,
                                   .decode = decode };
