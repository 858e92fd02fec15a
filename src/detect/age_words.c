/* detect/age_words.c — the words around ages, see age_inside.h. */
#include "detect/age_inside.h"

static const struct wordset_row rows[] = {
    { "year years yr yrs y anos ano", AGE_YEAR },
    { "old young edad", AGE_OLD },
    { "yo yof yom yowm yowf yobm yobf yohm yohf yoa yf ym ywm ywf yold yrold yearold", AGE_SHORT },
    { "age aged edad agedness", AGE_CUE },
    { "woman man female male lady gentleman patient pt caucasian white black african hispanic "
      "asian",
      AGE_PERSON },
    { "f m", AGE_SEX },
    { "with who presents presenting presented w here admitted s hx is was has had from and c",
      AGE_STORY },
    { "older over above under below than least up greater younger less beyond", AGE_LIMIT },
    { "his her their my", AGE_WHOSE },
    { "early mid late upper lower", AGE_PART },
    { "ninety ninties nineties ninetieth", AGE_NINETY },
    { "one two three four five six seven eight nine first second third fourth fifth sixth seventh "
      "eighth ninth",
      AGE_ONES },
    { "nonagenarian nonagenarians centenarian centenarians supercentenarian", AGE_ALL },
    { "temp temperature t tmax febrile fever afebrile heart hr pulse rate sat sats spo2",
      AGE_HEAT },
    { "hundred hundredth", AGE_HUNDRED },
    { "turned turning turns", AGE_TURN },
    { "mother father mom mum dad parent sister brother sibling aunt uncle grandmother grandfather "
      "grandma grandpa grandparent wife husband spouse partner widow widower mgm mgf pgm pgf "
      "roommate neighbor caregiver patient pt vet veteran resident sib bro sis cousin daddy gran "
      "granny nan nana",
      AGE_RELATIVE },
    { "she he", AGE_PRONOUN },
    { "is was", AGE_BE },
    { "approx approximately about around now currently already nearly almost", AGE_ABOUT },
    { "and with now but w", AGE_GOES_ON },
    { "alive living well healthy deceased dead died d", AGE_ALIVE },
    { "then now and but", AGE_THEN },
    { "wf wm bf bm hf hm aaf aam caf cam", AGE_KIND },
    { "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
      AGE_TEENS },
};
struct wordset age_words = WORDSET(rows);
