/* wordset.c — filling a word set once, whoever comes first. */
#include "detect/wordset.h"

#include <pthread.h>

static void add(struct wordset *s, view word, uint32_t classes, size_t *used)
{
    uint64_t h = token_hash_word(word);
    size_t i = h & (WORDSET_SLOTS - 1);
    while (s->slots[i].classes && s->slots[i].hash != h)
        i = (i + 1) & (WORDSET_SLOTS - 1);
    if (!s->slots[i].classes) BUG_IF(++*used > WORDSET_SLOTS / 2);
    s->slots[i].hash = h;
    s->slots[i].classes |= classes;
    const uint64_t bit = (h >> 32) % WORDSET_FILTER;
    s->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

void wordset_fill(struct wordset *s)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!s->ready) {
        size_t used = 0;
        for (size_t r = 0; r < s->n_rows; r++) {
            view v = view_of_str(s->rows[r].words);
            for (size_t at = 0; at < v.n;) {
                size_t to = view_find_byte(v, at, ' ');
                if (to > at) add(s, view_sub(v, at, to), s->rows[r].classes, &used);
                at = to + 1;
            }
        }
        __atomic_store_n(&s->ready, 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}
