/* detect/place_land.c — the words for land and water that names of towns and their houses end in.
 *
 *     Monday Creek     Traverse Bay County     Endless Mountains Hospital     Medicine Knoll
 *
 * Before one of them any word with a capital is part of the name, whatever it means elsewhere. */
#include "detect/place.h"
#include "detect/wordset.h"

enum { W_LAND = 1 };
static const struct wordset_row rows[] = {
    { "creek creeks river rivers lake lakes bay harbor harbour falls rapids springs spring point "
      "island islands isle isles mountain mountains mount hill hills knoll ridge bluff bluffs "
      "butte "
      "buttes mesa canyon valley hollow gap pass ford forks fork bend grove woods forest prairie "
      "plains meadow meadows flats marsh swamp bog slough bayou beach shore shores coast cove "
      "inlet neck cape peninsula portage ferry landing crossing bridge mill mills waters water "
      "country breaks badlands coulee coulees narrows chute narrow notch hole rock rocks cliff "
      "cliffs range gulch draw basin pond ponds sands dunes city town township junction corner "
      "corners heights village atoll lagoon reservoir mine",
      W_LAND },
};
static struct wordset words = WORDSET(rows);

bool place_is_land(const struct doc *d, uint32_t i)
{
    const struct token *t = doc_tok(d, i);
    return t->kind == TOK_WORD && (t->flags & (TOK_CAP | TOK_LINE)) == TOK_CAP && t->len <= 11 &&
           shape_of(d, i) == SHAPE_TITLE && wordset_class(wordset_ready(&words), t) & W_LAND;
}

uint32_t place_land_first(const struct doc *d, uint32_t i)
{
    const uint64_t never = LEX(TITLE) | LEX(FUNCTION) | LEX(CREDENTIAL) | LEX(RELATIVE) |
                           LEX(PERSON_VERB) | LEX(ORG_HEAD);
    if (i == 0 || !place_is_land(d, i) || shape_of(d, (int64_t)i - 1) != SHAPE_TITLE ||
        d->shield[i - 1] || doc_bits(d, (int64_t)i - 1) & never || shape_opens_column(d, i))
        return i;
    return i - 1;
}
