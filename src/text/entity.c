#include "text/entity.h"

#include "base/base.h"

enum { ENTITY_MAX = 12 };

/* U+00A0 to U+00FF in order (HTML 4.01, 24.2). */
static const char latin1[] =
    "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn "
    "sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave "
    "Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml "
    "ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN "
    "szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave "
    "iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute "
    "ucirc uuml yacute thorn yuml ";

static const struct {
    const char *name;
    uint32_t cp;
} others[] = {
    { "amp", '&' },       { "lt", '<' },       { "gt", '>' },       { "quot", '"' },
    { "apos", '\'' },     { "OElig", 0x152 },  { "oelig", 0x153 },  { "Scaron", 0x160 },
    { "scaron", 0x161 },  { "Yuml", 0x178 },   { "ensp", 0x2002 },  { "emsp", 0x2003 },
    { "thinsp", 0x2009 }, { "zwnj", 0x200C },  { "zwj", 0x200D },   { "ndash", 0x2013 },
    { "mdash", 0x2014 },  { "lsquo", 0x2018 }, { "rsquo", 0x2019 }, { "sbquo", 0x201A },
    { "ldquo", 0x201C },  { "rdquo", 0x201D }, { "bdquo", 0x201E }, { "bull", 0x2022 },
    { "hellip", 0x2026 }, { "prime", 0x2032 }, { "euro", 0x20AC },  { "trade", 0x2122 },
};

static uint32_t named(view name)
{
    uint32_t cp = 0xA0;
    for (size_t at = 0; at < sizeof latin1 - 1; cp++) {
        size_t end = view_find_byte(view_of_str(latin1), at, ' ');
        if (view_eq(name, view_sub(view_of_str(latin1), at, end))) return cp;
        at = end + 1;
    }
    for (size_t i = 0; i < COUNT_OF(others); i++)
        if (view_eq(name, view_of_str(others[i].name))) return others[i].cp;
    return 0;
}

static uint32_t numbered(view v)
{
    bool hex = v.n && ascii_lower(v.p[0]) == 'x';
    uint32_t cp = 0;
    for (size_t i = hex; i < v.n; i++) {
        char c = ascii_lower(v.p[i]);
        bool letter = hex && c >= 'a' && c <= 'f';
        if (!ascii_is_digit(c) && !letter) return 0;
        cp = cp * (hex ? 16 : 10) + (uint32_t)(letter ? c - 'a' + 10 : c - '0');
        if (cp > 0x10FFFF) return 0;
    }
    return cp >= 0xD800 && cp <= 0xDFFF ? 0 : cp;
}

size_t entity_at(view in, size_t at, uint32_t *cp)
{
    size_t end = view_find_byte(view_sub(in, 0, at + ENTITY_MAX), at, ';');
    if (end >= in.n || in.p[end] != ';') return 0;
    view name = view_sub(in, at + 1, end);
    *cp = name.n > 1 && name.p[0] == '#' ? numbered(view_sub(name, 1, name.n)) : named(name);
    return *cp ? end + 1 - at : 0;
}
