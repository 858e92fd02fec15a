#include "cli/sample_page.h"

static const char head[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\"><title>Cordon review</title>\n<style>\n"
    "body{font:16px/1.5 system-ui,sans-serif;margin:0 auto;max-width:90rem;padding:1rem;"
    "color:#1a1a1a;background:#fff}\n"
    "header{position:sticky;top:0;background:#fff;border-bottom:1px solid #888;padding:.5rem 0}\n"
    "section{border-bottom:1px solid #bbb;padding:1rem 0}\n"
    "h2{font-size:1rem;margin:.3rem 0}.done h2::after{content:\" \\2713\"}\n"
    ".two{display:grid;grid-template-columns:1fr 1fr;gap:1rem}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;padding:.5rem;border:1px solid #ccc;"
    "font:14px/1.45 ui-monospace,monospace}\n"
    "mark{background:#cfe8ff;color:inherit;border-bottom:2px solid #06c}\n"
    ".missed{margin:.5rem 0;padding-left:1.2rem}button,input{font:inherit;padding:.2rem .7rem}\n"
    "@media print{header,button{display:none}}\n"
    "</style></head><body>\n<header><strong>Cordon review</strong> "
    "<label>Reviewer <input id=\"who\" autocomplete=\"off\"></label> "
    "<span id=\"count\" role=\"status\"></span> "
    "<button id=\"save\" type=\"button\">Save verdicts</button></header>\n"
    "<p>This page holds clear text: keep it where the notes may be. Left is what stood there, "
    "right is "
    "what goes out. Select on the right whatever still identifies somebody, and press "
    "<em>Missed</em>; press <em>Read</em> when a record has been read to its end.</p>\n";

static const char tail[] =
    "<script>\n"
    "'use strict';const V=new Map(),$=s=>document.getElementById(s);\n"
    "const points=s=>[...s].length;\n"
    "function show(){$('count').textContent=[...V.values()].filter(v=>v.read).length+' of '+"
    "document.querySelectorAll('section').length+' read';}\n"
    "function of(u){if(!V.has(u))V.set(u,{read:false,missed:[]});return V.get(u);}\n"
    "function list(s){const v=of(s.dataset.unit),l=s.querySelector('.missed');l.replaceChildren();"
    "v.missed.forEach((m,i)=>{const "
    "e=document.createElement('li'),b=document.createElement('button');"
    "b.textContent='remove';b.type='button';b.onclick=()=>{v.missed.splice(i,1);list(s);};"
    "e.append([...s.querySelectorAll('.after')[m[0]].textContent].slice(m[1],m[2]).join('')+' ',b);"
    "l.append(e);});}\n"
    "document.querySelectorAll('section').forEach(s=>{\n"
    "s.querySelector('.miss').onclick=()=>{const g=getSelection();if(!g.rangeCount)return;"
    "const r=g.getRangeAt(0);const p=[...s.querySelectorAll('.after')];"
    "const k=p.findIndex(x=>x.contains(r.startContainer)&&x.contains(r.endContainer));"
    "if(k<0||r.collapsed)return;const a=document.createRange();a.selectNodeContents(p[k]);"
    "a.setEnd(r.startContainer,r.startOffset);const b=points(a.toString());"
    "of(s.dataset.unit).missed.push([k,b,b+points(r.toString())]);list(s);};\n"
    "s.querySelector('.read').onclick=()=>{of(s.dataset.unit).read=true;s.classList.add('done');"
    "show();const n=s.nextElementSibling;if(n&&n.tagName==='SECTION')n.scrollIntoView();};});\n"
    "$('save').onclick=()=>{const w=$('who').value.trim();if(!w){$('who').focus();return;}"
    "const t=[...V].filter(([,v])=>v.read).map(([u,v])=>JSON.stringify({unit:u,reviewer:w,"
    "missed:v.missed})+'\\n').join('');const a=document.createElement('a');"
    "a.href=URL.createObjectURL(new Blob([t],{type:'application/x-ndjson'}));"
    "a.download='verdicts.jsonl';a.click();};\n"
    "addEventListener('beforeunload',e=>{if(V.size)e.preventDefault();});show();\n"
    "</script></body></html>\n";

static err add_escaped(struct buf *out, view v)
{
    err e = OK;
    size_t from = 0;
    for (size_t i = 0; i < v.n; i++) {
        view with;
        switch (v.p[i]) {
        case '&': with = VIEW("&amp;"); break;
        case '<': with = VIEW("&lt;"); break;
        case '>': with = VIEW("&gt;"); break;
        case '"': with = VIEW("&quot;"); break;
        case '\r': with = VIEW("&#13;"); break; /* a browser would make a line feed of it */
        default: continue;
        }
        TRY(buf_add(out, view_sub(v, from, i)));
        TRY(buf_add(out, with));
        from = i + 1;
    }
    TRY(buf_add(out, view_sub(v, from, v.n)));
out:
    return e;
}

/* The text before or after, what was replaced marked. A line end after <pre> would be swallowed: one more
 * stands there. */
static err add_side(struct buf *out, const struct review_text *t, bool after)
{
    err e = OK;
    size_t at = 0;
    TRY(buf_add(out, after ? VIEW("<pre class=\"after\">\n") : VIEW("<pre class=\"before\">\n")));
    for (uint32_t i = 0; i < t->edits.n; i++) {
        const struct edit *x = &t->edits.v[i];
        TRY(add_escaped(out, view_sub(t->text, at, x->start)));
        TRY(buf_add(out, VIEW("<mark>")));
        TRY(add_escaped(out, after ? x->with : view_sub(t->text, x->start, x->end)));
        TRY(buf_add(out, VIEW("</mark>")));
        at = x->end;
    }
    TRY(add_escaped(out, view_sub(t->text, at, t->text.n)));
    TRY(buf_add(out, VIEW("</pre>\n")));
out:
    return e;
}

static err add_unit(struct buf *out, const struct review_unit *u)
{
    err e = OK;
    TRY(buf_add(out, VIEW("<section data-unit=\"")));
    TRY(add_escaped(out, u->name));
    TRY(buf_add(out, VIEW("\"><h2>Record ")));
    TRY(add_escaped(out, u->name));
    TRY(buf_add(out, VIEW("</h2>\n")));
    for (uint32_t i = 0; i < u->n_texts; i++) {
        if (u->texts[i].field.n) {
            TRY(buf_add(out, VIEW("<div>")));
            TRY(add_escaped(out, u->texts[i].field));
            TRY(buf_add(out, VIEW("</div>")));
        }
        TRY(buf_add(out, VIEW("<div class=\"two\">")));
        TRY(add_side(out, &u->texts[i], false));
        TRY(add_side(out, &u->texts[i], true));
        TRY(buf_add(out, VIEW("</div>\n")));
    }
    TRY(buf_add(out, VIEW("<ul class=\"missed\"></ul><button class=\"miss\" type=\"button\">Missed"
                          "</button> <button class=\"read\" type=\"button\">Read</button>"
                          "</section>\n")));
out:
    return e;
}

err sample_page(const struct review *r, struct buf *out)
{
    err e = OK;
    TRY(buf_add(out, view_of(head, sizeof head - 1)));
    for (uint32_t i = 0; i < r->n_units; i++)
        TRY(add_unit(out, &r->units[i]));
    TRY(buf_add(out, view_of(tail, sizeof tail - 1)));
out:
    return e;
}
