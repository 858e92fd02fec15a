/* See plant.h. */
#include "plant.h"

#include "base/hash.h"
#include "detect/merge.h"
#include "detect/rules_run.h"
#include "format/json.h"
#include "text/offsets.h"
#include "text/utf8.h"

static const struct grammar_rule *need_rule(const struct speaker *s, view name)
{
    const struct grammar_rule *r = speaker_find(s, name);
    if (!r) die("the grammar has no rules for planting (plant_head, plant_tail, …)");
    return r;
}

void planter_init(struct planter *p, const struct speaker *s)
{
    *p = (struct planter){ 0 };
    findings_init(&p->found, DETECT_MAX);
    buf_init(&p->text, 64 << 20);
    arena_init(&p->arena, (size_t)1 << 30);
    if (routes_init(&p->routes, lexicon_builtin()) != OK) die("out of memory");
    p->head = need_rule(s, VIEW("plant_head"));
    p->tail = need_rule(s, VIEW("plant_tail"));
    p->name = need_rule(s, VIEW("plant_name"));
    p->doctor = need_rule(s, VIEW("plant_doctor"));
    p->line = need_rule(s, VIEW("plant_line"));
}

void planter_clear(struct planter *p)
{
    findings_clear(&p->found);
    buf_clear(&p->text);
    routes_clear(&p->routes);
    arena_clear(&p->arena);
}

bool plant_read(view line, struct arena *a, view *id, view *text)
{
    struct json j;
    enum json_event ev;
    bool has_id = false, has_text = false;
    json_init(&j, line);
    if (utf8_bad_at(line) != line.n || json_next(&j, &ev, NULL) != OK || ev != JSON_OBJECT)
        return false;
    while (json_next(&j, &ev, NULL) == OK && ev == JSON_KEY) {
        view key = view_sub(line, j.start, j.end);
        bool is_id = view_eq(key, VIEW("id")), is_text = view_eq(key, VIEW("text"));
        if (json_next(&j, &ev, NULL) != OK) return false;
        if (is_id && ev == JSON_NUMBER)
            *id = view_sub(line, j.start, j.end), has_id = true;
        else if ((is_id || is_text) && ev == JSON_STRING) {
            if (json_string(&j, a, is_id ? id : text, NULL) != OK) return false;
            has_id |= is_id;
            has_text |= is_text;
        } else if (json_skip(&j, ev, NULL) != OK)
            return false;
    }
    return has_id && has_text;
}

/* ------------------------------------------------------------------ reading the note */

/* The service wrote lines one after another with commas: ".,NEXT", "HEADING:, text", ",2.  ". */
static void tidy(view in, struct buf *out)
{
    buf_reset(out);
    for (size_t i = 0; i < in.n; i++) {
        char c = in.p[i], before = i ? in.p[i - 1] : 0, after = i + 1 < in.n ? in.p[i + 1] : 0;
        if (c == ',' && (before == '.' || before == '?') && after != ' ')
            c = '\n';
        else if (c == ',' && (before == ':' || (before == ' ' && i > 1 && in.p[i - 2] == ':')))
            continue;
        else if (c == ',' && ascii_is_digit(after) && i + 2 < in.n && in.p[i + 2] == '.')
            c = '\n';
        else if (c == ',' && after >= 'A' && after <= 'Z')
            c = '\n';
        if (buf_add_char(out, c) != OK) die("out of memory");
    }
}

/* Where the sentence that begins at `from` ends: behind its mark and the blanks after it. */
static size_t sentence_end(view t, size_t from)
{
    size_t i = from;
    for (; i < t.n; i++) {
        char c = t.p[i];
        bool last = i + 1 >= t.n, blank = !last && ascii_is_space(t.p[i + 1]);
        if (c == '\n') break;
        if (!strchr(".?!", c) || !c || !blank) continue;
        /* "Dr. X" and "1. Item" go on */
        size_t w = i;
        while (w > from && (ascii_is_alpha(t.p[w - 1]) || ascii_is_digit(t.p[w - 1])))
            w--;
        if (c == '.' && i - w <= 3 && (i - w < 2 || (t.p[w] >= 'A' && t.p[w] <= 'Z'))) continue;
        break;
    }
    if (i < t.n) i++;
    while (i < t.n && ascii_is_space(t.p[i]))
        i++;
    return i;
}

static bool word_at(view t, size_t at, view word)
{
    return at + word.n <= t.n && view_eq(view_sub(t, at, at + word.n), word) &&
           (at == 0 || !ascii_is_alpha(t.p[at - 1])) &&
           (at + word.n == t.n || !ascii_is_alpha(t.p[at + word.n]));
}

static size_t find_word(view t, size_t from, view word)
{
    while (from < t.n && !word_at(t, from, word))
        from++;
    return from;
}

/* A title and what the service put in place of a name: the bytes behind the title into [*at, *end). */
static bool placeholder(view t, size_t from, size_t *title, size_t *at, size_t *end, bool *doctor)
{
    static const char *const titles[] = { "Mr.", "Mrs.", "Ms.", "Miss", "Dr." };
    static const char *const fill[] = { "X",
                                        "Y",
                                        "Z",
                                        "A",
                                        "B",
                                        "C",
                                        "D",
                                        "ABC",
                                        "XYZ",
                                        "XX",
                                        "XXX",
                                        "XXXX",
                                        "ABCD",
                                        "DEF",
                                        "XY",
                                        "Sample Patient",
                                        "Sample Doctor",
                                        "E",
                                        "F",
                                        "G",
                                        "K",
                                        "M",
                                        "S",
                                        "T",
                                        "W",
                                        "Doe",
                                        "John Doe" };
    for (size_t i = from; i < t.n; i++)
        for (size_t k = 0; k < COUNT_OF(titles); k++) {
            view word = view_of_str(titles[k]);
            if (i + word.n + 2 > t.n || !view_eq(view_sub(t, i, i + word.n), word) ||
                (i && ascii_is_alpha(t.p[i - 1])) || t.p[i + word.n] != ' ')
                continue;
            size_t w = i + word.n + 1, best = 0;
            for (size_t f = 0; f < COUNT_OF(fill); f++)
                if (word_at(t, w, view_of_str(fill[f])) && strlen(fill[f]) > best)
                    best = strlen(fill[f]);
            if (!best) continue;
            *title = i;
            *at = w;
            *end = w + best;
            *doctor = k == 4;
            return true;
        }
    return false;
}

/* What may name somebody or a day, whatever the detection thinks of it. */
static bool looks_real(view s)
{
    static const char *const words[] = {
        "Mr",       "Mrs",      "Ms",     "Miss",   "Dr",         "Drs",    "Doctor",    "January",
        "February", "March",    "April",  "June",   "July",       "August", "September", "October",
        "November", "December", "Jan",    "Feb",    "Mar",        "Apr",    "Jun",       "Jul",
        "Aug",      "Sept",     "Sep",    "Oct",    "Nov",        "Dec",    "MD",        "M.D.",
        "RN",       "Hospital", "Clinic", "Center", "University", "Street", "Avenue",    "Road"
    };
    for (size_t i = 0; i < COUNT_OF(words); i++)
        if (find_word(s, 0, view_of_str(words[i])) < s.n) return true;
    for (size_t i = 0, run = 0; i < s.n; i++) {
        run = ascii_is_digit(s.p[i]) ? run + 1 : 0;
        if (run >= 6 || s.p[i] == '_' || s.p[i] == '@') return true;
        if (i > 0 && i + 1 < s.n && s.p[i] == '/' && ascii_is_digit(s.p[i - 1]) &&
            ascii_is_digit(s.p[i + 1]))
            for (size_t k = i + 2; k < s.n && k < i + 5; k++)
                if (s.p[k] == '/') return true;
    }
    return false;
}

static bool is_found(const struct planter *p, size_t from, size_t to)
{
    uint32_t low = 0, high = p->found.n;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (p->found.v[middle].end <= from)
            low = middle + 1;
        else
            high = middle;
    }
    return low < p->found.n && p->found.v[low].start < to;
}

/* ------------------------------------------------------------------ writing it again */

static void learn_patient(struct speaker *s, view t)
{
    uint32_t she = 0, he = 0, age = 0;
    for (size_t i = 0; i < t.n; i++) {
        she += word_at(t, i, VIEW("she")) || word_at(t, i, VIEW("She")) ||
               word_at(t, i, VIEW("her")) || word_at(t, i, VIEW("female"));
        he += word_at(t, i, VIEW("he")) || word_at(t, i, VIEW("He")) ||
              word_at(t, i, VIEW("his")) || word_at(t, i, VIEW("male"));
        if (!age && i > 2 && word_at(t, i, VIEW("year")) &&
            (t.p[i - 1] == '-' || t.p[i - 1] == ' ') && ascii_is_digit(t.p[i - 2])) {
            age = (uint32_t)(t.p[i - 2] - '0');
            if (ascii_is_digit(t.p[i - 3])) age += 10 * (uint32_t)(t.p[i - 3] - '0');
        }
    }
    people_known(s, she == he ? chance(&s->r, 50) : she > he, age);
}

/* One sentence with names where it has placeholders or speaks of the patient. */
static void copy_sentence(struct planter *p, struct speaker *s, view t)
{
    size_t at = 0, title, from, to;
    bool doctor;
    while (placeholder(t, at, &title, &from, &to, &doctor)) {
        note_add(&s->note, view_sub(t, at, title));
        speak_rule(s, doctor ? p->doctor : p->name);
        at = to;
    }
    static const view starts[] = {
        { "The patient", 11 }, { "This patient", 12 }, { "Patient", 7 }, { "the patient", 11 }
    };
    for (size_t i = 0; i < COUNT_OF(starts) && at == 0; i++) {
        size_t place = find_word(t, 0, starts[i]);
        bool fits = place + starts[i].n < t.n &&
                    (t.p[place + starts[i].n] == ' ' || t.p[place + starts[i].n] == '\'');
        if (!fits || !chance(&s->r, i < 3 ? 30 : 15)) continue;
        note_add(&s->note, view_sub(t, 0, place));
        speak_rule(s, p->name);
        at = place + starts[i].n;
    }
    if (at == 0 && view_starts(t, VIEW("This is a ")) && find_word(t, 0, VIEW("year")) < 20) {
        speak_rule(s, p->name);
        at = 4;
    }
    note_add(&s->note, view_sub(t, at, t.n));
}

/* A sentence without its placeholders holds something real. */
static bool must_go(const struct planter *p, view text, size_t from, size_t end)
{
    size_t at = from, title, a, b;
    bool doctor;
    view t = view_sub(text, 0, end);
    while (placeholder(t, at, &title, &a, &b, &doctor)) {
        if (is_found(p, at, title) || looks_real(view_sub(t, at, title))) return true;
        at = b;
    }
    return is_found(p, at, end) || looks_real(view_sub(t, at, end));
}

/* What the rules find, in bytes of t. Not the tagger: it learns from what is written here, and the same texts
 * must come out whatever it has learned so far. */
static void find_real(struct planter *p, view t)
{
    struct doc doc;
    struct offset_map map;
    p->found.n = 0;
    arena_reset(&p->arena);
    if (doc_prepare(&doc, &p->routes, t, VIEW(""), &p->arena, &map) != OK ||
        rules_run(RULES_ALL, &doc, &p->found) != OK)
        die("a note is too large");
    for (uint32_t i = 0; map.n && i < p->found.n; i++) {
        p->found.v[i].start = (uint32_t)offset_start(&map, p->found.v[i].start);
        p->found.v[i].end = (uint32_t)offset_end(&map, p->found.v[i].end);
    }
    merge_findings(&p->found);
}

/* On the sides with rules of their own every sentence has a chance of its own: where another version of
 * the rules drops one sentence more, all else stays planted as it was, and the shares of two versions
 * can be compared. The other sides keep the texts that models were trained on. */
static void draw_anew(struct speaker *s, uint64_t seed, size_t at)
{
    if (speaker_has_own_rules(s)) stat_random_seed(&s->r, hash_mix(seed, at));
}

void plant(struct planter *p, struct speaker *s, view text, uint64_t seed)
{
    speaker_begin(s, seed);
    learn_patient(s, text);
    tidy(text, &p->text);
    view t = buf_view(&p->text);
    find_real(p, t);
    p->notes++;
    if (chance(&s->r, 85)) {
        speak_rule(s, p->head);
        note_add(&s->note, VIEW("\n\n"));
    }
    for (size_t at = 0; at < t.n;) {
        size_t end = sentence_end(t, at);
        p->sentences++;
        draw_anew(s, seed, 2 * at);
        if (must_go(p, t, at, end))
            p->dropped++;
        else
            copy_sentence(p, s, view_sub(t, at, end));
        at = end;
        draw_anew(s, seed, 2 * at + 1);
        if (!chance(&s->r, 7)) continue;
        if (s->note.n && s->note.cp[s->note.n - 1] != '\n' && s->note.cp[s->note.n - 1] != ' ')
            note_put(&s->note, ' ');
        speak_rule(s, p->line);
        note_put(&s->note, chance(&s->r, 85) ? ' ' : '\n');
    }
    draw_anew(s, seed, 2 * t.n + 2);
    if (chance(&s->r, 85)) {
        note_put(&s->note, '\n');
        speak_rule(s, p->tail);
    }
}
