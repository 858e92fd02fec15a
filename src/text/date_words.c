/* text/date_words.c — see date_words.h. The table is sorted by bytes; a unit test checks that. */
#include "text/date_words.h"

#define M(word, n, form)                                                                           \
    {                                                                                              \
        word, DW_MONTH, n, form                                                                    \
    }
#define W(word, n, form)                                                                           \
    {                                                                                              \
        word, DW_WEEKDAY, n, form                                                                  \
    }
#define X(word, kind)                                                                              \
    {                                                                                              \
        word, kind, 0, 0                                                                           \
    }

static const struct date_word words[] = {
    M("abril", 4, DF_SPANISH),
    M("agosto", 8, DF_SPANISH),
    X("am", DW_AMPM),
    { "and", DW_TO, 1, 0 },
    M("apr", 4, DF_SHORT),
    M("april", 4, DF_FULL),
    X("at", DW_AT),
    M("aug", 8, DF_SHORT),
    M("august", 8, DF_FULL),
    { "autumn", DW_SEASON, 4, DF_LONGER },
    X("chanukah", DW_HOLIDAY),
    X("christmas", DW_HOLIDAY),
    X("day", DW_PART),
    X("de", DW_OF),
    M("dec", 12, DF_SHORT),
    M("december", 12, DF_FULL),
    X("deepavali", DW_HOLIDAY),
    X("del", DW_OF),
    M("diciembre", 12, DF_SPANISH),
    X("diwali", DW_HOLIDAY),
    W("domingo", 0, DF_SPANISH),
    X("easter", DW_HOLIDAY),
    X("eid", DW_HOLIDAY),
    M("enero", 1, DF_SPANISH),
    X("eve", DW_PART),
    { "fall", DW_SEASON, 4, DF_FULL },
    M("feb", 2, DF_SHORT),
    M("febrero", 2, DF_SPANISH),
    M("february", 2, DF_FULL),
    W("fri", 5, DF_SHORT),
    W("friday", 5, DF_FULL),
    X("h", DW_AMPM),
    X("halloween", DW_HOLIDAY),
    X("hanukkah", DW_HOLIDAY),
    X("hogmanay", DW_HOLIDAY),
    X("hours", DW_AMPM),
    X("hrs", DW_AMPM),
    { "in", DW_OF, 1, 0 },
    M("jan", 1, DF_SHORT),
    M("january", 1, DF_FULL),
    W("jueves", 4, DF_SPANISH),
    M("jul", 7, DF_SHORT),
    M("julio", 7, DF_SPANISH),
    M("july", 7, DF_FULL),
    M("jun", 6, DF_SHORT),
    M("june", 6, DF_FULL),
    X("juneteenth", DW_HOLIDAY),
    M("junio", 6, DF_SPANISH),
    X("kwanzaa", DW_HOLIDAY),
    W("lunes", 1, DF_SPANISH),
    M("mar", 3, DF_SHORT),
    M("march", 3, DF_FULL),
    W("martes", 2, DF_SPANISH),
    M("marzo", 3, DF_SPANISH),
    M("may", 5, DF_FULL),
    M("mayo", 5, DF_SPANISH),
    W("miercoles", 3, DF_BARE),
    W("mi\xC3\xA9rcoles", 3, DF_SPANISH),
    W("mon", 1, DF_SHORT),
    W("monday", 1, DF_FULL),
    X("nd", DW_SUFFIX),
    M("nov", 11, DF_SHORT),
    M("november", 11, DF_FULL),
    M("noviembre", 11, DF_SPANISH),
    X("nowruz", DW_HOLIDAY),
    M("oct", 10, DF_SHORT),
    M("october", 10, DF_FULL),
    M("octubre", 10, DF_SPANISH),
    X("of", DW_OF),
    X("passover", DW_HOLIDAY),
    X("pesach", DW_HOLIDAY),
    X("pm", DW_AMPM),
    X("purim", DW_HOLIDAY),
    X("q", DW_Q),
    X("quarter", DW_QUARTER),
    X("ramadan", DW_HOLIDAY),
    X("rd", DW_SUFFIX),
    W("sabado", 6, DF_BARE),
    W("sat", 6, DF_SHORT),
    W("saturday", 6, DF_FULL),
    M("sep", 9, DF_SHORT),
    M("sept", 9, DF_LONGER),
    M("september", 9, DF_FULL),
    M("septiembre", 9, DF_SPANISH),
    { "spring", DW_SEASON, 2, DF_FULL },
    X("st", DW_SUFFIX),
    X("sukkot", DW_HOLIDAY),
    { "summer", DW_SEASON, 3, DF_FULL },
    W("sun", 0, DF_SHORT),
    W("sunday", 0, DF_FULL),
    W("s\xC3\xA1"
      "bado",
      6, DF_SPANISH),
    X("th", DW_SUFFIX),
    X("thaipusam", DW_HOLIDAY),
    X("thanksgiving", DW_HOLIDAY),
    X("the", DW_THE),
    X("through", DW_TO),
    X("thru", DW_TO),
    W("thu", 4, DF_SHORT),
    W("thur", 4, DF_ODD),
    W("thurs", 4, DF_LONGER),
    W("thursday", 4, DF_FULL),
    X("till", DW_TO),
    X("to", DW_TO),
    W("tue", 2, DF_SHORT),
    W("tues", 2, DF_LONGER),
    W("tuesday", 2, DF_FULL),
    X("until", DW_TO),
    X("utc", DW_AMPM),
    W("viernes", 5, DF_SPANISH),
    W("wed", 3, DF_SHORT),
    W("wednesday", 3, DF_FULL),
    W("weds", 3, DF_LONGER),
    X("whitsun", DW_HOLIDAY),
    { "winter", DW_SEASON, 1, DF_FULL },
    X("xmas", DW_HOLIDAY),
    X("z", DW_AMPM),
};
#undef M
#undef W
#undef X

static char word_lower(view w, size_t i)
{
    char c = w.p[i];
    /* À–Þ are C3 80 – C3 9E in UTF-8, their lower case C3 A0 – C3 BE */
    if (i > 0 && w.p[i - 1] == '\xC3' && (uint8_t)c >= 0x80 && (uint8_t)c <= 0x9E)
        return (char)(c | 0x20);
    return ascii_lower(c);
}

static int word_cmp(view w, const char *entry)
{
    for (size_t i = 0; i < w.n; i++) {
        uint8_t a = (uint8_t)word_lower(w, i), b = (uint8_t)entry[i];
        if (a != b) return a < b ? -1 : 1; /* an entry that ends here has b = 0 */
    }
    return entry[w.n] ? -1 : 0;
}

const struct date_word *date_word_find(view word)
{
    if (word.n == 0 || word.n >= sizeof(words[0].text)) return NULL;
    size_t lo = 0, hi = COUNT_OF(words);
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int c = word_cmp(word, words[mid].text);
        if (c == 0) return &words[mid];
        if (c < 0)
            hi = mid;
        else
            lo = mid + 1;
    }
    return NULL;
}

view date_word_name(enum date_word_kind kind, int value, enum date_word_form form)
{
    const struct date_word *fallback = NULL;
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        const struct date_word *w = &words[i];
        if (w->kind != kind || w->value != value) continue;
        if (w->form == form) return view_of_str(w->text);
        /* only some names have a second short form, and "may" is its own short form */
        bool near = form == DF_LONGER ? w->form == DF_SHORT
                    : form == DF_ODD  ? w->form == DF_SHORT
                    : form == DF_BARE ? w->form == DF_SPANISH
                                      : form == DF_SHORT && w->form == DF_FULL;
        if (near || (!fallback && form == DF_LONGER && w->form == DF_FULL)) fallback = w;
    }
    return fallback ? view_of_str(fallback->text) : VIEW("");
}

/* The bytes of v that are the holiday h, or 0. An apostrophe in v need not stand in h, one in h must stand
 * in v. */
static size_t holiday_length(view v, const char *h)
{
    size_t i = 0;
    for (; *h; h++, i++) {
        if (i < v.n && v.p[i] == '\'' && *h != '\'') i++;
        if (i == v.n || ascii_lower(v.p[i]) != *h) return 0;
    }
    return i < v.n && (ascii_is_alpha(v.p[i]) || ascii_is_digit(v.p[i])) ? 0 : i;
}

size_t date_words_holiday(view v)
{
    static const char *const holidays[] = {
        "new years eve",    "new years day",    "new year's",      "valentines day",
        "presidents day",   "st. patricks day", "st patricks day", "good friday",
        "mothers day",      "fathers day",      "memorial day",    "independence day",
        "labor day",        "columbus day",     "veterans day",    "martin luther king day",
        "mlk day",          "cinco de mayo",    "yom kippur",      "rosh hashanah",
        "chinese new year", "lunar new year",   "ash wednesday",   "palm sunday",
        "boxing day",       "groundhog day",
    };
    const char first = v.n ? ascii_lower(v.p[0]) : 0;
    for (size_t i = 0; i < COUNT_OF(holidays); i++) {
        if (LIKELY(*holidays[i] != first)) continue;
        size_t n = holiday_length(v, holidays[i]);
        if (n) return n;
    }
    return 0;
}
