/* tag_builtin.c — the models that lie in the program, put there by src/detect/meson.build.
 * tests/unit/detect opens both as if they came from outside, so a build whose tests pass holds sound ones. */
#include <pthread.h>

#include "detect/tag_model.h"

extern const char cordon_model_en[] __attribute__((aligned(64)));
extern const char cordon_model_en_end[];
extern const char cordon_model_es[] __attribute__((aligned(64)));
extern const char cordon_model_es_end[];

static struct tag_model models_builtin[2]; /* English, Spanish */
static pthread_once_t models_once = PTHREAD_ONCE_INIT;

view tag_model_builtin_bytes(view language)
{
    if (view_eq(language, VIEW("en"))) return view_between(cordon_model_en, cordon_model_en_end);
    if (view_eq(language, VIEW("es"))) return view_between(cordon_model_es, cordon_model_es_end);
    return VIEW("");
}

static void attach(void)
{
    tag_model_attach(&models_builtin[0], tag_model_builtin_bytes(VIEW("en")));
    tag_model_attach(&models_builtin[1], tag_model_builtin_bytes(VIEW("es")));
}

const struct tag_model *tag_model_builtin(view language)
{
    pthread_once(&models_once, attach);
    if (view_eq(language, VIEW("en"))) return &models_builtin[0];
    if (view_eq(language, VIEW("es"))) return &models_builtin[1];
    return NULL;
}
