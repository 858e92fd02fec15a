/* redact/name_pool.h — the surrogate of one word of a name, whoever asks: text, e-mail address, file name.
 *
 * A word that a list knows is answered from that list's pool, wherever it stands: so "Smith" is the same
 * in every spelling. A word no list knows is answered by `family`: from the family names, or from the
 * given names that its ending suggests.   Threads: as struct keyed_domain.
 */
#pragma once
#include "redact/keyed.h"

/* Does a list say in which pool the word is? key: canonical. */
bool name_pool_knows(view key);
/* The surrogate, lower case, static; never `key` itself. key: canonical, not empty. */
view name_pool_word(struct keyed_domain *keys, view key, bool family);
/* Another letter a–z for a letter a–z. */
char name_pool_initial(struct keyed_domain *keys, char letter);
/* An element of pool p for any key: the permutation for its members, a keyed hash for others. */
view pool_surrogate(struct keyed_domain *keys, enum sheet sheet, enum pool p, view key);
