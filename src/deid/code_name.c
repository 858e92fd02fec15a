#include "deid/code_name.h"

#include "detect/key_name.h"
#include "text/token.h"

/* Of several words, and of letters alone? */
static bool has_words(view code)
{
    bool found = false;
    for (size_t i = 0; i < code.n; i++) {
        if (!ascii_is_alpha(code.p[i]) && !code_is_mark(code.p[i]) &&
            (unsigned char)code.p[i] < 0x80)
            return false;
        found |= i > 0 && (code_is_mark(code.p[i]) ||
                           (code.p[i] <= 'Z' && code.p[i] >= 'A' && code.p[i - 1] >= 'a'));
    }
    return found;
}

/* Without "dr-" before it. */
static view without_title(const struct lexicon *l, view code)
{
    size_t end = 0;
    while (end < code.n && !code_is_mark(code.p[end]))
        end++;
    bool is_title = lexicon_find(l, token_hash_word(view_sub(code, 0, end)))->bits & LEX(TITLE);
    while (is_title && end < code.n && code_is_mark(code.p[end]))
        end++;
    return is_title ? view_sub(code, end, code.n) : code;
}

bool code_is_name(const struct lexicon *l, view code)
{
    return has_words(code) && key_name_judge(l, without_title(l, code)) == KEY_NAME_FULL;
}
