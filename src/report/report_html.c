/* The report as one HTML file: style inside, no script, nothing loaded from anywhere, readable without
 * colour, on paper (A4) and by a screen reader. A long table is folded on the screen; paper shows it (in
 * browsers without ::details-content, what is open). */
#include <math.h>

#include "report/document.h"
#include "report/html_text.h"

enum { FOLD_AFTER = 100 };

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b2733;--soft:#5b6875;--line:#d9dfe5;--paper:#fff;"
    "--band:#f4f6f8;--mark:#1f5f8b;--bar:#a9c7dc}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#9aa7b4;--line:#36424e;"
    "--paper:#151c23;--band:#1d262f;--mark:#82b8dc;--bar:#3a6484}}\n"
    "*{box-sizing:border-box}\n"
    "body{margin:0 auto;padding:2.5rem 1.5rem 4rem;max-width:60rem;background:var(--paper);"
    "color:var(--ink);font:15px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Liberation Sans\",Arial,"
    "sans-serif}\n"
    "header{border-bottom:3px solid var(--mark);padding-bottom:.9rem}\n"
    "h1{font-size:1.65rem;line-height:1.2;margin:0;font-weight:650}\n"
    "header p{margin:.3rem 0 0;color:var(--soft)}\n"
    "h2{font-size:1.12rem;margin:2.2rem 0 .6rem;color:var(--mark);font-weight:650}\n"
    "p{margin:.5rem 0;max-width:46rem}\n"
    ".tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin:1.2rem 0 0;padding:0}\n"
    ".tiles div{flex:1 1 8rem;background:var(--band);border-radius:6px;padding:.65rem .9rem}\n"
    ".tiles dt{color:var(--soft);font-size:.85rem}\n"
    ".tiles dd{margin:0;font-size:1.35rem;font-weight:600;font-variant-numeric:tabular-nums}\n"
    "table{width:100%;border-collapse:collapse;margin:.6rem 0 1.2rem;"
    "font-variant-numeric:tabular-nums}\n"
    "caption,summary{text-align:left;font-weight:600;padding:.3rem 0}\n"
    "summary{cursor:pointer}\n"
    "th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;"
    "border-bottom:1px solid var(--line)}\n"
    "thead th.bar{padding-left:.9rem}\n"
    "thead th{color:var(--soft);font-weight:600;font-size:.85rem;vertical-align:bottom;"
    "border-bottom:1.5px solid var(--soft)}\n"
    "tbody th{font-weight:400}\n"
    ".facts th{width:15rem;color:var(--soft)}\n"
    ".n{text-align:right;white-space:nowrap}\n"
    ".bar{width:12rem;white-space:nowrap}\n"
    ".bar b{display:inline-block;width:4.2rem;font-weight:400;text-align:right;"
    "margin-right:.5rem}\n"
    ".bar i{display:inline-block;height:.65em;min-width:1px;background:var(--bar);"
    "border-radius:2px}\n"
    "code{font:.88em/1.45 ui-monospace,\"Liberation Mono\",Menlo,monospace;"
    "overflow-wrap:anywhere}\n"
    "pre{font:.8rem/1.45 ui-monospace,\"Liberation Mono\",Menlo,monospace;white-space:pre-wrap;"
    "overflow-wrap:anywhere;background:var(--band);border-radius:6px;padding:.65rem .9rem;margin:"
    ".3rem 0 1rem}\n"
    "th code{white-space:nowrap}\n"
    "svg{vertical-align:middle}\n"
    ".none,.unit{color:var(--soft)}\n"
    ".ci{white-space:nowrap}td .ci{font-size:.92em}.ci .unit{font-size:.92em}\n"
    ".tiles dd .unit{font-size:.85rem;font-weight:400}\n"
    ".write{display:inline-block;width:20rem;max-width:100%;height:1.7em;"
    "border-bottom:1px solid var(--ink)}\n"
    ".facts b{font-weight:400}\n"
    "@media(max-width:40rem){body{padding:1.2rem 1rem 3rem}.facts th{width:42%}"
    "section{overflow-x:auto}.bar{width:auto}}\n"
    "footer{margin-top:3rem;color:var(--soft);font-size:.85rem}\n"
    "@page{size:A4;margin:18mm 16mm}\n"
    "@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;"
    "--band:#f2f2f2;--mark:#123f5f;--bar:#a9c7dc}"
    ":root{font-size:11px}body{padding:0;max-width:none;font-size:11.5px}h2,caption{break-after:"
    "avoid}"
    "details::details-content{content-visibility:visible;display:block}pre{padding:0;background:"
    "none;font-size:8px}"
    "tr,.tiles div,p{break-inside:avoid}thead{display:table-header-group}"
    ".bar i,.tiles div{print-color-adjust:exact;-webkit-print-color-adjust:exact}}\n";

static err add_str(struct buf *b, const char *s)
{
    return html_add(b, view_of_str(s));
}

static err add_grouped(struct buf *b, uint64_t n)
{
    err e = OK;
    uint64_t unit = 1;
    while (n / unit >= 1000)
        unit *= 1000;
    TRY(buf_add_u64(b, n / unit));
    while (unit > 1) {
        n %= unit;
        unit /= 1000;
        TRY(buf_add_char(b, ','));
        TRY(buf_add_u64_pad(b, n / unit, 3));
    }
out:
    return e;
}

static err add_bytes(struct buf *b, uint64_t n)
{
    static const char *const units[] = { "", "KB", "MB", "GB", "TB" };
    err e = OK;
    double size = (double)n;
    size_t u = 0;
    TRY(add_grouped(b, n));
    for (; size >= 1000 && u + 1 < COUNT_OF(units); u++)
        size /= 1000;
    if (u == 0) return OK;
    TRY(buf_add(b, VIEW(" <span class=\"unit\">(")));
    TRY(buf_add_fixed(b, size, 1));
    TRY(buf_add_char(b, ' '));
    TRY(add_str(b, units[u]));
    TRY(buf_add(b, VIEW(")</span>")));
out:
    return e;
}

/* The share, and a bar as long. */
static err add_share(struct buf *b, double x)
{
    err e = OK;
    double shown = x < 0 ? 0 : x > 1 ? 1 : x;
    TRY(buf_add(b, VIEW("<b>")));
    TRY(buf_add_fixed(b, x * 100, 1));
    TRY(buf_add(b, VIEW(" %</b>")));
    if (shown > 0) {
        TRY(buf_add(b, VIEW("<i style=\"width:")));
        TRY(buf_add_fixed(b, shown * 6, 2));
        TRY(buf_add(b, VIEW("rem\"></i>")));
    }
out:
    return e;
}

/* Where the line of an interval begins: at 0, or -1 where something is below. */
static double line_from(const struct cell *c)
{
    return c->kind == CELL_INTERVAL && (c->number < 0 || c->low < 0) ? -1 : 0;
}

/* Places on a line from `from` to 1, as on a forest plot; a line from below 0 has a mark there. */
static err add_plot(struct buf *b, const struct cell *c, double from)
{
    err e = OK;
    const double unit = 112 / (1 - from);
    TRY(buf_add(b,
                VIEW("<svg width=\"124\" height=\"14\" aria-hidden=\"true\"><path d=\"M6 7h112\" "
                     "stroke=\"var(--line)\"/>")));
    if (from < 0) TRY(buf_add(b, VIEW("<path d=\"M62 2v10\" stroke=\"var(--line)\"/>")));
    if (isfinite(c->low) && isfinite(c->high)) {
        TRY(buf_add(b, VIEW("<path stroke=\"var(--mark)\" stroke-width=\"2\" d=\"M")));
        TRY(buf_add_fixed(b, 6 + (c->low - from) * unit, 1));
        TRY(buf_add(b, VIEW(" 7H")));
        TRY(buf_add_fixed(b, 6 + (c->high - from) * unit, 1));
        TRY(buf_add(b, VIEW("\"/>")));
    }
    TRY(buf_add(b, VIEW("<circle r=\"4\" cy=\"7\" fill=\"var(--mark)\" cx=\"")));
    TRY(buf_add_fixed(b, 6 + (c->number - from) * unit, 1));
    TRY(buf_add(b, VIEW("\"/></svg>")));
out:
    return e;
}

static err add_interval(struct buf *b, const struct cell *c, double from)
{
    err e = OK;
    TRY(add_plot(b, c, from));
    TRY(buf_add(b, VIEW(" <span class=\"ci\">")));
    TRY(buf_add_fixed(b, c->number, 3));
    if (isfinite(c->low) && isfinite(c->high)) {
        TRY(buf_add(b, VIEW(" <span class=\"unit\">[")));
        TRY(buf_add_fixed(b, c->low, 3));
        TRY(buf_add(b, VIEW(", ")));
        TRY(buf_add_fixed(b, c->high, 3));
        TRY(buf_add(b, VIEW("]</span>")));
    }
    TRY(buf_add(b, VIEW("</span>")));
out:
    return e;
}

static err add_cell(struct buf *b, const struct cell *c, double from)
{
    err e = OK;
    if (report_cell_is_none(c)) return buf_add(b, VIEW("<span class=\"none\">\xe2\x80\x93</span>"));
    switch (c->kind) {
    case CELL_NONE: break;
    case CELL_BLANK:
        TRY(buf_add(b, VIEW("<span class=\"write\" aria-label=\"to be filled in\"></span>")));
        break;
    case CELL_TEXT: TRY(html_add(b, c->text)); break;
    case CELL_CODE:
        TRY(buf_add(b, VIEW("<code>")));
        TRY(html_add(b, c->text));
        TRY(buf_add(b, VIEW("</code>")));
        break;
    case CELL_BOOL: TRY(buf_add(b, c->count ? VIEW("yes") : VIEW("no"))); break;
    case CELL_COUNT: TRY(add_grouped(b, c->count)); break;
    case CELL_BYTES: TRY(add_bytes(b, c->count)); break;
    case CELL_SECONDS:
        TRY(buf_add_fixed(b, c->number, 2));
        TRY(buf_add(b, VIEW(" s")));
        break;
    case CELL_SHARE: TRY(add_share(b, c->number)); break;
    case CELL_INTERVAL: TRY(add_interval(b, c, from)); break;
    }
out:
    return e;
}

static const char *class_of(enum cell_kind k)
{
    switch (k) {
    case CELL_COUNT:
    case CELL_BYTES:
    case CELL_SECONDS: return " class=\"n\"";
    case CELL_SHARE: return " class=\"bar\"";
    default: return "";
    }
}

static err add_tiles(struct buf *b, const struct report_fact *f)
{
    err e = OK;
    if (!f) return OK;
    TRY(buf_add(b, VIEW("<dl class=\"tiles\">\n")));
    for (; f; f = f->next) {
        TRY(buf_add(b, VIEW("<div><dt>")));
        TRY(add_str(b, f->label));
        TRY(buf_add(b, VIEW("</dt><dd>")));
        TRY(add_cell(b, &f->cell, line_from(&f->cell)));
        TRY(buf_add(b, VIEW("</dd></div>\n")));
    }
    TRY(buf_add(b, VIEW("</dl>\n")));
out:
    return e;
}

static err add_facts(struct buf *b, const struct report_fact *f)
{
    err e = OK;
    if (!f) return OK;
    TRY(buf_add(b, VIEW("<table class=\"facts\"><tbody>\n")));
    for (; f; f = f->next) {
        TRY(buf_add(b, VIEW("<tr><th scope=\"row\">")));
        TRY(add_str(b, f->label));
        TRY(buf_add(b, VIEW("</th><td>")));
        TRY(add_cell(b, &f->cell, line_from(&f->cell)));
        TRY(buf_add(b, VIEW("</td></tr>\n")));
    }
    TRY(buf_add(b, VIEW("</tbody></table>\n")));
out:
    return e;
}

/* One line for all intervals of a column, or they could not be compared by eye. */
static double column_from(const struct report_grid *g, size_t column)
{
    double from = 0;
    for (const struct report_cells *row = g->first; row; row = row->next)
        from = fmin(from, line_from(&row->v[column]));
    return from;
}

static err add_row(struct buf *b, const struct report_grid *g, const struct report_cells *row,
                   const double *from)
{
    err e = OK;
    TRY(buf_add(b, VIEW("<tr>")));
    for (size_t i = 0; i < g->n_columns; i++) {
        TRY(buf_add(b, i ? VIEW("<td") : VIEW("<th scope=\"row\"")));
        TRY(buf_add(b, view_of_str(class_of(g->column[i].kind))));
        TRY(buf_add_char(b, '>'));
        TRY(add_cell(b, &row->v[i], from[i]));
        TRY(buf_add(b, i ? VIEW("</td>") : VIEW("</th>")));
    }
    TRY(buf_add(b, VIEW("</tr>\n")));
out:
    return e;
}

static err add_grid(struct buf *b, const struct report_grid *g)
{
    err e = OK;
    bool folded = g->n_rows > FOLD_AFTER;
    double from[REPORT_COLUMNS_MAX];
    if (g->n_rows == 0) return OK;
    for (size_t i = 0; i < g->n_columns; i++)
        from[i] = column_from(g, i);
    if (folded) {
        TRY(buf_add(b, VIEW("<details><summary>")));
        TRY(add_str(b, g->title));
        TRY(buf_add(b, VIEW(" (")));
        TRY(add_grouped(b, g->n_rows));
        TRY(buf_add(b, VIEW(" rows)</summary>\n")));
    }
    TRY(buf_add(b, VIEW("<table>\n<caption>")));
    TRY(add_str(b, g->title));
    TRY(buf_add(b, VIEW("</caption>\n<thead><tr>")));
    for (size_t i = 0; i < g->n_columns; i++) {
        TRY(buf_add(b, VIEW("<th scope=\"col\"")));
        TRY(buf_add(b, view_of_str(class_of(g->column[i].kind))));
        TRY(buf_add_char(b, '>'));
        TRY(add_str(b, g->column[i].title));
        TRY(buf_add(b, VIEW("</th>")));
    }
    TRY(buf_add(b, VIEW("</tr></thead>\n<tbody>\n")));
    for (const struct report_cells *row = g->first; row; row = row->next)
        TRY(add_row(b, g, row, from));
    TRY(buf_add(b, VIEW("</tbody></table>\n")));
    if (folded) TRY(buf_add(b, VIEW("</details>\n")));
out:
    return e;
}

/* html_add makes blanks of line ends; here they are what makes it readable. */
static err add_lines(struct buf *b, view v)
{
    err e = OK;
    for (size_t at = 0; at < v.n;) {
        size_t end = view_find_byte(v, at, '\n');
        TRY(html_add(b, view_sub(v, at, end)));
        TRY(buf_add_char(b, '\n'));
        at = end + 1;
    }
out:
    return e;
}

static err add_texts(struct buf *b, const struct report_json *t)
{
    err e = OK;
    for (; t; t = t->next) {
        TRY(buf_add(b, VIEW("<details><summary>")));
        TRY(add_str(b, t->title));
        TRY(buf_add(b, VIEW("</summary>\n<pre>")));
        TRY(add_lines(b, t->json));
        TRY(buf_add(b, VIEW("</pre></details>\n")));
    }
out:
    return e;
}

static err add_part(struct buf *b, const struct report_part *p)
{
    err e = OK;
    TRY(buf_add(b, VIEW("<section id=\"")));
    TRY(add_str(b, p->key));
    TRY(buf_add(b, VIEW("\">\n<h2>")));
    TRY(add_str(b, p->title));
    TRY(buf_add(b, VIEW("</h2>\n")));
    TRY(add_facts(b, p->facts));
    for (const struct report_text *t = p->notes; t; t = t->next) {
        TRY(buf_add(b, VIEW("<p>")));
        TRY(html_add(b, t->text));
        TRY(buf_add(b, VIEW("</p>\n")));
    }
    for (const struct report_grid *g = p->grids; g; g = g->next)
        TRY(add_grid(b, g));
    TRY(add_texts(b, p->texts));
    TRY(buf_add(b, VIEW("</section>\n")));
out:
    return e;
}

err report_html(const struct report *r, struct buf *out)
{
    err e = r->failed;
    size_t before = out->n;
    if (e) return e;
    TRY(buf_add(out,
                VIEW(REPORT_HTML_HEAD "<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                                      "<meta name=\"viewport\" content=\"width=device-width\">\n"
                                      "<meta http-equiv=\"Content-Security-Policy\" content=\""
                                      "default-src 'none'; style-src 'unsafe-inline'\">\n"
                                      "<title>")));
    TRY(html_add(out, r->title));
    TRY(buf_add(out, VIEW("</title>\n<style>\n")));
    TRY(buf_add(out, view_of_str(style)));
    TRY(buf_add(out, VIEW("</style></head>\n<body>\n<header>\n<h1>")));
    TRY(html_add(out, r->title));
    TRY(buf_add(out, VIEW("</h1>\n<p>")));
    TRY(html_add(out, r->subtitle));
    TRY(buf_add(out, VIEW("</p>\n</header>\n<main>\n")));
    TRY(add_tiles(out, r->tiles));
    for (const struct report_part *p = r->parts; p; p = p->next)
        TRY(add_part(out, p));
    TRY(buf_add(out, VIEW("</main>\n</body></html>\n")));
out:
    if (e) out->n = before;
    return e;
}
