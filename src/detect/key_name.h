/* detect/key_name.h — may a plain word that stands as the key of a record's field be a person's name?
 *
 * {"Jane": {…}, "Robert": {…}} files notes by person. A schema's own words ("Grace", "Mark", "Page" too) must
 * stay, so a key is a name by itself only if it can be little else; less will do where all keys of an object
 * are names.   Threads: pure.
 */
#pragma once
#include "lexicon/lexicon.h"

enum key_name {
    KEY_NAME_NOT,
    KEY_NAME_LIKE,  /* more usual as a name than as a word: "Grant" */
    KEY_NAME_PLAIN, /* hardly a word at all: "JANE" */
    KEY_NAME_SURE,  /* and typed as names are: "Jane" */
    KEY_NAME_FULL,  /* a given name and another: "jane_smith" */
};
/* Is a word with that entry a name, and much less a word of anything else? */
bool key_word_is_name(const struct lex_info *w);
enum key_name key_name_judge(const struct lexicon *l, view key);
