/* wordset.c — filling a word set once, whoever comes first. */
#include "detect/wordset.h"

#include <pthread.h>

/* All sets are asked in turn for every text, a hundred of some ten to a thousand words, and most often in vain: their
 * filters lie close together before all slots, and stay in the caches. */
/* Of 8 bytes: more than four times what all sets take; what no set takes is no memory. */
enum { FILTERS = 1 << 15, POOL = 1 << 18 };
static uint64_t wordset_pool[POOL] __attribute__((aligned(64)));
static struct {
    size_t filters, slots;
} wordset_pool_used = { .slots = FILTERS }; /* both: under the lock */
_Static_assert(sizeof(struct wordset_slot) == sizeof wordset_pool[0], "slots lie in the pool");

static uint32_t power_of_two(size_t at_least)
{
    uint32_t n = 8;
    while (n < at_least)
        n *= 2;
    return n;
}

static size_t count_words(const struct wordset *s)
{
    size_t n = 0;
    for (size_t r = 0; r < s->n_rows; r++) {
        n++;
        for (const char *p = s->rows[r].words; *p; p++)
            n += *p == ' ';
    }
    return n;
}

/* Room for a set of n words: a filter of sixteen bits a word at least, and slots of which half stay empty. */
static void take_room(struct wordset *s, size_t n)
{
    const uint32_t n_filter = power_of_two(n / 4), n_slots = power_of_two(2 * n);
    BUG_IF(wordset_pool_used.filters + n_filter > FILTERS);
    BUG_IF(wordset_pool_used.slots + n_slots > POOL);
    s->filter = &wordset_pool[wordset_pool_used.filters];
    s->filter_mask = n_filter * 64 - 1;
    s->slots = (struct wordset_slot *)(void *)&wordset_pool[wordset_pool_used.slots];
    s->slot_mask = n_slots - 1;
    wordset_pool_used.filters += n_filter;
    wordset_pool_used.slots += n_slots;
}

static void add(struct wordset *s, view word, uint32_t classes)
{
    const uint64_t h = token_hash_word(word);
    uint32_t i = (uint32_t)h & s->slot_mask;
    while (s->slots[i].classes && s->slots[i].check != wordset_check(h))
        i = (i + 1) & s->slot_mask;
    s->slots[i].check = wordset_check(h);
    s->slots[i].classes |= classes;
    const uint32_t bit = wordset_check(h) & s->filter_mask;
    s->filter[bit / 64] |= UINT64_C(1) << (bit % 64);
}

void wordset_fill(struct wordset *s)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_mutex_lock(&lock);
    if (!s->ready) {
        take_room(s, count_words(s));
        for (size_t r = 0; r < s->n_rows; r++) {
            view v = view_of_str(s->rows[r].words);
            for (size_t at = 0; at < v.n;) {
                size_t to = view_find_byte(v, at, ' ');
                if (to > at) add(s, view_sub(v, at, to), s->rows[r].classes);
                at = to + 1;
            }
        }
        __atomic_store_n(&s->ready, 1, __ATOMIC_RELEASE);
    }
    pthread_mutex_unlock(&lock);
}

uint32_t wordset_look(const struct wordset *s, uint64_t hash)
{
    for (uint32_t i = (uint32_t)hash & s->slot_mask; s->slots[i].classes;
         i = (i + 1) & s->slot_mask)
        if (s->slots[i].check == wordset_check(hash)) return s->slots[i].classes;
    return 0;
}
