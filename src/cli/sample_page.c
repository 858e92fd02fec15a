#include "cli/sample_page.h"

static const char head[] =
    "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
    "style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
    "<meta name=\"referrer\" content=\"no-referrer\"><title>Cordon review</title>\n<style>\n"
    ":root{color-scheme:light dark;--ink:#1b2733;--soft:#5b6875;--line:#d9dfe5;--paper:#fff;"
    "--band:#f4f6f8;--mark:#cfe4f5;--edge:#1f5f8b;--miss:#ffd9a8}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e9ee;--soft:#9aa7b4;--line:#36424e;"
    "--paper:#151c23;--band:#1d262f;--mark:#24485f;--edge:#82b8dc;--miss:#6b4715}}\n"
    "*{box-sizing:border-box}\n"
    "body{font:16px/1.5 system-ui,-apple-system,\"Segoe UI\",\"Liberation Sans\",Arial,sans-serif;"
    "margin:0 auto;max-width:90rem;padding:0 1rem 40vh;color:var(--ink);background:var(--paper)}\n"
    "header{position:sticky;top:0;background:var(--paper);border-bottom:2px solid var(--edge);"
    "padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:center;z-index:1}\n"
    "header label{display:flex;gap:.4rem;align-items:center}#who{width:12rem;max-width:40vw}\n"
    "#count{color:var(--soft);margin-right:auto}\n"
    "section{border-bottom:1px solid var(--line);padding:1rem 0 1.2rem;scroll-margin-top:4rem}\n"
    "section:focus{outline:none}section:focus h2{color:var(--edge)}\n"
    "h2{font-size:1rem;margin:0 0 .5rem}.done h2::after{content:\" \\2713  read\";"
    "color:var(--edge)}\n"
    ".two{display:grid;grid-template-columns:5rem 1fr 1fr;gap:.25rem .75rem;margin:.25rem 0}\n"
    ".two>div{color:var(--soft);font-size:.85rem;padding-top:.3rem;overflow-wrap:anywhere}\n"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:0;padding:.3rem .6rem;"
    "background:var(--band);border-radius:4px;font:14px/1.45 ui-monospace,\"Liberation Mono\","
    "Menlo,monospace}\n"
    "mark{background:var(--mark);color:inherit;border-bottom:2px solid var(--edge)}\n"
    ".missed{margin:.5rem 0;padding-left:1.2rem}.missed:empty{display:none}\n"
    ".missed code{background:var(--miss);padding:0 .3rem;border-radius:3px;overflow-wrap:anywhere}"
    "\n"
    "button,input{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--soft);"
    "border-radius:5px;padding:.2rem .7rem}button{cursor:pointer}button:hover{background:"
    "var(--band)}\n"
    ":focus-visible{outline:3px solid var(--edge);outline-offset:1px}\n"
    "kbd{border:1px solid var(--line);border-radius:3px;padding:0 .3rem;font-size:.85em}\n"
    "@media(max-width:45rem){.two{grid-template-columns:1fr}.before::before,.after::before{"
    "content:\"before\";display:block;color:var(--soft);font:.75rem system-ui,sans-serif}"
    ".after::before{content:\"goes out\"}}\n"
    "@media print{header,button,kbd{display:none}body{padding:0}pre{border:1px solid #bbb}"
    ".two,h2{break-inside:avoid}}\n"
    "</style></head>\n<body data-sample=\"";

static const char intro[] =
    "\">\n<header><strong>Cordon review</strong> "
    "<label>Reviewer <input id=\"who\" autocomplete=\"off\"></label> "
    "<span id=\"count\" role=\"status\"></span> "
    "<button id=\"save\" type=\"button\">Save verdicts</button></header>\n"
    "<p>This page holds clear text: keep it where the notes may be. Left is what stood there, "
    "right is what goes out. Select on the right whatever still identifies somebody, and press "
    "<em>Missed</em> (<kbd>m</kbd>); press <em>Read</em> (<kbd>r</kbd>) when a record has been "
    "read to its end. <kbd>j</kbd> and <kbd>k</kbd> go to the next and the one before. Verdicts "
    "are a file that you save; closing the page loses what is not saved.</p>\n";

static const char tail[] =
    "<script>\n"
    "'use strict';const V=new Map(),$=s=>document.getElementById(s);let saved=true;\n"
    "const S=[...document.querySelectorAll('section')],points=s=>[...s].length;\n"
    "function show(){$('count').textContent=[...V.values()].filter(v=>v.read).length+' of '+"
    "S.length+' read'+(saved?'':', not saved');}\n"
    "function of(s){const u=s.dataset.unit;if(!V.has(u))V.set(u,{read:false,missed:[]});"
    "return V.get(u);}\n"
    "function list(s){const v=of(s),l=s.querySelector('.missed');l.replaceChildren();"
    "v.missed.forEach((m,i)=>{const e=document.createElement('li'),c=document.createElement("
    "'code'),b=document.createElement('button');b.textContent='Remove';b.type='button';"
    "b.onclick=()=>{v.missed.splice(i,1);saved=false;list(s);show();};"
    "c.textContent=[...s.querySelectorAll('.after')[m[0]].textContent].slice(m[1],m[2]).join('');"
    "e.append(c,' ',b);l.append(e);});}\n"
    /* A selection that begins or ends outside of the text counts as far as it lies in it. */
    "function miss(s){const g=getSelection();if(!g.rangeCount||g.isCollapsed)return;"
    "const r=g.getRangeAt(0),p=[...s.querySelectorAll('.after')],k=p.findIndex(x=>"
    "r.intersectsNode(x)&&(x.contains(r.startContainer)||x.contains(r.endContainer)));if(k<0)"
    "return;const a=document.createRange(),t=document.createRange();a.selectNodeContents(p[k]);"
    "t.selectNodeContents(p[k]);if(p[k].contains(r.startContainer))"
    "t.setStart(r.startContainer,r.startOffset);if(p[k].contains(r.endContainer))"
    "t.setEnd(r.endContainer,r.endOffset);a.setEnd(t.startContainer,t.startOffset);"
    "const b=points(a.toString()),n=points(t.toString());if(!n)return;const v=of(s);"
    "if(!v.missed.some(m=>m[0]===k&&m[1]===b&&m[2]===b+n))v.missed.push([k,b,b+n]);"
    "saved=false;g.removeAllRanges();list(s);show();}\n"
    "function go(s){if(s){s.scrollIntoView();s.focus({preventScroll:true});}}\n"
    "function read(s){of(s).read=true;saved=false;s.classList.add('done');show();"
    "go(S[S.indexOf(s)+1]);}\n"
    /* The record at work: where the selection or the focus is, else the first on the screen. */
    "function here(){const g=getSelection(),n=g.rangeCount&&!g.isCollapsed?g.anchorNode:"
    "document.activeElement,e=n&&(n.nodeType===1?n:n.parentElement),s=e&&e.closest('section');"
    "return s||S.find(x=>x.getBoundingClientRect().bottom>80);}\n"
    "S.forEach(s=>{s.querySelector('.miss').onclick=()=>miss(s);"
    "s.querySelector('.read').onclick=()=>read(s);});\n"
    "addEventListener('keydown',e=>{if(e.target.tagName==='INPUT'||e.ctrlKey||e.metaKey||"
    "e.altKey)return;const s=here();if(!s)return;const i=S.indexOf(s);"
    "if(e.key==='m')miss(s);else if(e.key==='r')read(s);else if(e.key==='j')go(S[i+1]);"
    "else if(e.key==='k')go(S[i-1]);else return;e.preventDefault();});\n"
    "$('save').onclick=()=>{const w=$('who').value.trim();if(!w){$('who').focus();return;}"
    "const t=[...V].filter(([,v])=>v.read).map(([u,v])=>JSON.stringify({sample:"
    "document.body.dataset.sample,unit:u,reviewer:w,missed:v.missed})+'\\n').join('');"
    "const a=document.createElement('a');a.href=URL.createObjectURL(new Blob([t],{type:"
    "'application/x-ndjson'}));a.download='verdicts.jsonl';a.click();saved=true;show();};\n"
    "addEventListener('beforeunload',e=>{if(!saved)e.preventDefault();});show();\n"
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
    TRY(buf_add(out, VIEW("<section tabindex=\"-1\" data-unit=\"")));
    TRY(add_escaped(out, u->name));
    TRY(buf_add(out, VIEW("\"><h2>Record ")));
    TRY(add_escaped(out, u->name));
    TRY(buf_add(out, VIEW("</h2>\n")));
    for (uint32_t i = 0; i < u->n_texts; i++) {
        TRY(buf_add(out, VIEW("<div class=\"two\"><div>")));
        TRY(add_escaped(out, u->texts[i].field));
        TRY(buf_add(out, VIEW("</div>")));
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
    TRY(add_escaped(out, r->id));
    TRY(buf_add(out, view_of(intro, sizeof intro - 1)));
    for (uint32_t i = 0; i < r->n_units; i++)
        TRY(add_unit(out, &r->units[i]));
    TRY(buf_add(out, view_of(tail, sizeof tail - 1)));
out:
    return e;
}
