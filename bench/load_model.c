/* bench/load_model.c — seconds that llama.cpp takes to load a model and make a context, nothing decoded:
 * what a start costs whoever starts it.
 *
 *     load_model MODEL.gguf THREADS
 *     0.412345 */
#include <llama.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void silent(enum ggml_log_level level, const char *text, void *unused)
{
    (void)level;
    (void)text;
    (void)unused;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: load_model MODEL.gguf THREADS\n");
        return 2;
    }
    double begun = now();
    llama_log_set(silent, NULL);
    ggml_backend_load_all();
    llama_backend_init();
    struct llama_model *model = llama_model_load_from_file(argv[1], llama_model_default_params());
    if (!model) return 1;
    struct llama_context_params p = llama_context_default_params();
    p.n_ctx = 3072;
    p.n_threads = p.n_threads_batch = (int)strtol(argv[2], NULL, 10);
    struct llama_context *context = llama_init_from_model(model, p);
    if (!context) return 1;
    printf("%.6f\n", now() - begun);
    llama_free(context);
    llama_model_free(model);
    return 0;
}
