#include "detect/language.h"

#include "detect/wordset.h"

enum { SPANISH = 1, ENGLISH = 2, WORDS_MAX = 2000, LEAST = 3 };

/* Words of both languages ("no", "a", "he", "son", "me") tell nothing and are left out. */
static const struct wordset_row rows[] = {
    { "de la el los las que y en del se con por una un su para al lo como mas fue sin sobre este "
      "ya "
      "entre cuando muy tras desde durante anos dias paciente presenta presentaba ingresa refiere "
      "fecha nacimiento edad sexo nombre apellidos domicilio medico informe clinico hallazgos "
      "estado antecedentes exploracion tratamiento alta derecha izquierda",
      SPANISH },
    { "the of and to with was is for on at by from that this which were has had have not or as be "
      "are his her she they their patient history right left years day days after before during "
      "name date birth age sex doctor report findings noted normal pain given shows denies",
      ENGLISH },
};
static struct wordset words = WORDSET(rows);

bool language_is_spanish(const struct doc *d)
{
    const struct wordset *set = wordset_ready(&words);
    uint32_t n = 0, spanish = 0, english = 0;
    for (uint32_t i = 0; i < d->n && n < WORDS_MAX; i++) {
        uint32_t c = wordset_class(set, &d->tok[i]);
        n += d->tok[i].kind == TOK_WORD;
        spanish += (c & SPANISH) != 0;
        english += (c & ENGLISH) != 0;
    }
    return spanish >= LEAST && spanish > 2 * english && spanish * 12 >= n;
}
