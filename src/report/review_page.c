#include "report/review_page.h"

#include "report/html_text.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1b2733;--soft:#5b6875;--line:#d9dfe5;--paper:#fff;--band:"
    "#f4f6f8;--r0:#bfe0f5;--r1:#f7d9a8;--r2:#cdebc4;--r3:#ecc9e6}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#9aa7b4;--line:#36424e;--paper:"
    "#151c23;--band:#1d262f;--r0:#1f5f8b;--r1:#7a5413;--r2:#2f6b22;--r3:#73386a}}\n"
    "body{margin:0 auto;padding:2rem 1.5rem 4rem;max-width:60rem;background:var(--paper);color:"
    "var(--ink);font:15px/1.55 system-ui,-apple-system,\"Segoe UI\",\"Liberation Sans\",Arial,"
    "sans-serif}\n"
    "h1{font-size:1.6rem;margin:0}header p{color:var(--soft)}\n"
    "article{border:1px solid var(--line);border-radius:6px;padding:.8rem 1rem;margin:1rem 0;"
    "break-inside:avoid}\n"
    "h2{font-size:1.05rem;margin:0 0 .4rem}h2 span{color:var(--soft);font-weight:400}\n"
    "ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;margin:.3rem 0;padding:0}\n"
    "li{padding:.1rem .6rem;border-radius:4px}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;background:var(--band);"
    "padding:.7rem .9rem;border-radius:6px;margin:.6rem 0 0}\n"
    "mark{color:inherit;padding:0 .1em;border-radius:3px;text-decoration:underline}\n"
    ".r0{background:var(--r0)}.r1{background:var(--r1)}.r2{background:var(--r2)}"
    ".r3{background:var(--r3)}.all{background:linear-gradient(90deg,var(--r0),var(--r1))}\n"
    "label{margin-right:1.2rem;white-space:nowrap}.verdict{margin-top:.6rem;color:var(--soft)}\n"
    "nav{position:sticky;top:0;background:var(--paper);border-bottom:1px solid var(--line);"
    "padding:.5rem 0;margin-top:1rem}button{font:inherit;padding:.25rem .9rem;margin-right:1rem}\n"
    "@media print{nav{display:none}}\n";

static const char how[] =
    "<p>Each is a report and a finding on which the readers differ, with the words that each "
    "meant. "
    "Choose what is right. <em>Save</em> writes a file with the reports on which nothing is open: "
    "a "
    "gold standard for <code>cordon eval extract</code>; where all readers agree, their answer "
    "stands in it. Closing the page loses what is not saved.</p></header>\n"
    "<nav><button id=\"save\" type=\"button\">Save</button><span id=\"count\"></span></nav>\n";

/* Statuses as review_page_report's codes have them. */
static const char script[] =
    "<script>\n'use strict';const S=['not_mentioned','absent','uncertain','present'],"
    "N=JSON.parse(document.body.dataset.names),A=[...document.querySelectorAll('article')],"
    "R=[...document.querySelectorAll('i[data-says]')];let saved=true;\n"
    "const said=a=>a.querySelector('input:checked')?.value;\n"
    /* By report: what was chosen, and which of them have something open. */
    "function look(){const v=new Map(),open=new Set();for(const a of A){const r=a.dataset.report,"
    "c=said(a);if(c===undefined)open.add(r);else{if(!v.has(r))v.set(r,[]);"
    "v.get(r).push([a.dataset.finding,c]);}}return[v,open];}\n"
    "function show(){const[,open]=look();document.getElementById('count').textContent="
    "A.filter(a=>said(a)!==undefined).length+' of '+A.length+' decided, '+"
    "R.filter(r=>!open.has(r.dataset.report)).length+' of '+R.length+' reports complete'+"
    "(saved?'':', not saved');}\n"
    "document.addEventListener('change',()=>{saved=false;show();});\n"
    "document.getElementById('save').onclick=()=>{const[v,open]=look();let t='';for(const r of R){"
    "const id=r.dataset.report;if(open.has(id))continue;const f={};[...r.dataset.says].forEach("
    "(c,i)=>{if(c!=='-')f[N[i]]=S[c];});for(const[i,c]of v.get(id)||[])f[N[i]]=S[c];"
    "t+=JSON.stringify({id:JSON.parse(id),findings:f})+'\\n';}const a=document.createElement('a');"
    "a.href=URL.createObjectURL(new Blob([t],{type:'application/x-ndjson'}));"
    "a.download='labels.jsonl';a.click();saved=true;show();};\n"
    "addEventListener('beforeunload',e=>{if(!saved)e.preventDefault();});show();\n</script>";

/* As JSON in an attribute: a page has no control characters, and what it saves has those of the id. */
static err add_id(struct buf *out, view id)
{
    enum { ID_MAX = 100 << 20 }; /* six bytes for each of the largest record */
    err e = OK;
    struct buf json;
    buf_init(&json, ID_MAX);
    TRY(buf_add_json(&json, id));
    TRY(html_add(out, buf_view(&json)));
out:
    buf_clear(&json);
    return e;
}

/* The names as a JSON array in an attribute. */
static err add_names(struct buf *out, const view *names, uint32_t n)
{
    enum { NAMES_MAX = 1 << 20 };
    err e = OK;
    struct buf json;
    buf_init(&json, NAMES_MAX);
    TRY(buf_add_char(&json, '['));
    for (uint32_t i = 0; i < n; i++) {
        if (i) TRY(buf_add_char(&json, ','));
        TRY(buf_add_json(&json, names[i]));
    }
    TRY(buf_add_char(&json, ']'));
    TRY(html_add(out, buf_view(&json)));
out:
    buf_clear(&json);
    return e;
}

err review_page_begin(struct buf *out, view title, const view *names, uint32_t n)
{
    err e = OK;
    TRY(buf_add(out, VIEW("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
                          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                          "'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
                          "<title>")));
    TRY(html_add(out, title));
    TRY(buf_add(out, VIEW("</title>\n<style>\n")));
    TRY(buf_add(out, view_of_str(style)));
    TRY(buf_add(out, VIEW("</style></head>\n<body data-names=\"")));
    TRY(add_names(out, names, n));
    TRY(buf_add(out, VIEW("\">\n<header><h1>")));
    TRY(html_add(out, title));
    TRY(buf_add(out, VIEW("</h1>")));
    TRY(buf_add(out, view_of_str(how)));
out:
    return e;
}

err review_page_report(struct buf *out, view id, view codes)
{
    err e = OK;
    TRY(buf_add(out, VIEW("<i hidden data-report=\"")));
    TRY(add_id(out, id));
    TRY(buf_add(out, VIEW("\" data-says=\"")));
    TRY(html_add(out, codes));
    TRY(buf_add(out, VIEW("\"></i>\n")));
out:
    return e;
}

err review_page_end(struct buf *out, uint64_t left_out, uint64_t unread)
{
    err e = OK;
    if (left_out) {
        TRY(buf_add(out, VIEW("<p>")));
        TRY(buf_add_u64(out, left_out));
        TRY(buf_add(out, VIEW(" more are not on this page; their reports are not saved.</p>\n")));
    }
    if (unread) {
        TRY(buf_add(out,
                    VIEW("<p>Reports that a reader could not read, and that are not saved: ")));
        TRY(buf_add_u64(out, unread));
        TRY(buf_add(out, VIEW(".</p>\n")));
    }
    TRY(buf_add(out, view_of_str(script)));
    TRY(buf_add(out, VIEW("</body></html>\n")));
out:
    return e;
}

static err add_class(struct buf *out, uint32_t readers)
{
    err e = OK;
    if (readers & (readers - 1)) return buf_add(out, VIEW("all"));
    TRY(buf_add_char(out, 'r'));
    TRY(buf_add_u64(out, (uint64_t)__builtin_ctz(readers) % 4));
out:
    return e;
}

/* Which readers meant the byte at `at`, and where that changes next. */
static uint32_t readers_at(const struct review_item *item, size_t at, size_t *until)
{
    uint32_t readers = 0;
    *until = item->text.n;
    for (uint32_t i = 0; i < item->n_marks; i++) {
        const struct review_mark *m = &item->marks[i];
        if (m->start <= at && at < m->end) readers |= UINT32_C(1) << m->reader;
        if (m->start > at) *until = MIN(*until, (size_t)m->start);
        if (m->end > at) *until = MIN(*until, (size_t)m->end);
    }
    return readers;
}

/* As html_add, and line ends stay. */
static err add_lines(struct buf *out, view v)
{
    err e = OK;
    while (v.n) {
        size_t end = view_find_byte(v, 0, '\n');
        TRY(html_add(out, view_sub(v, 0, end)));
        if (end < v.n) TRY(buf_add_char(out, '\n'));
        v = view_sub(v, end + 1, v.n);
    }
out:
    return e;
}

static err add_text(struct buf *out, const struct review_item *item)
{
    err e = OK;
    TRY(buf_add(out, VIEW("<pre>")));
    for (size_t at = 0, until; at < item->text.n; at = until) {
        uint32_t readers = readers_at(item, at, &until);
        if (readers) {
            TRY(buf_add(out, VIEW("<mark class=\"")));
            TRY(add_class(out, readers));
            TRY(buf_add(out, VIEW("\">")));
        }
        TRY(add_lines(out, view_sub(item->text, at, until)));
        if (readers) TRY(buf_add(out, VIEW("</mark>")));
    }
    TRY(buf_add(out, VIEW("</pre>\n")));
out:
    return e;
}

err review_page_item(struct buf *out, const struct review_item *item)
{
    static const struct {
        char code;
        const char *word;
    } verdicts[] = {
        { '3', "present" }, { '1', "absent" }, { '2', "uncertain" }, { '0', "not mentioned" }
    };
    err e = OK;
    BUG_IF(item->n_readers > REVIEW_READERS_MAX);
    TRY(buf_add(out, VIEW("<article data-report=\"")));
    TRY(add_id(out, item->id));
    TRY(buf_add(out, VIEW("\" data-finding=\"")));
    TRY(buf_add_u64(out, item->which));
    TRY(buf_add(out, VIEW("\">\n<h2>")));
    TRY(html_add(out, item->finding));
    TRY(buf_add(out, VIEW(" <span>report ")));
    TRY(html_add(out, item->id));
    TRY(buf_add(out, VIEW("</span></h2>\n<ul>")));
    for (uint32_t r = 0; r < item->n_readers; r++) {
        TRY(buf_add(out, VIEW("<li class=\"")));
        TRY(add_class(out, UINT32_C(1) << r));
        TRY(buf_add(out, VIEW("\">")));
        TRY(buf_add_char(out, (char)('A' + r)));
        TRY(buf_add(out, VIEW(": ")));
        TRY(html_add(out, view_of_str(item->says[r])));
        TRY(buf_add(out, VIEW("</li>")));
    }
    TRY(buf_add(out, VIEW("</ul>\n")));
    if (item->text.n) TRY(add_text(out, item));
    TRY(buf_add(out, VIEW("<div class=\"verdict\">Yours: ")));
    for (size_t i = 0; i < COUNT_OF(verdicts); i++) {
        TRY(buf_add(out, VIEW("<label><input type=\"radio\" name=\"v")));
        TRY(buf_add_u64(out, item->number));
        TRY(buf_add(out, VIEW("\" value=\"")));
        TRY(buf_add_char(out, verdicts[i].code));
        TRY(buf_add(out, VIEW("\"> ")));
        TRY(buf_add(out, view_of_str(verdicts[i].word)));
        TRY(buf_add(out, VIEW("</label>")));
    }
    TRY(buf_add(out, VIEW("</div>\n</article>\n")));
out:
    return e;
}
