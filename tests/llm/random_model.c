/* random_model.c — a GGUF file of random weights, of any shape, with the vocabulary of a real model.
 *
 *      random_model VOCABULARY.gguf OUT.gguf LAYERS WIDTH HEADS KV_HEADS FEED_FORWARD TYPE
 *
 * TYPE is f16, q8_0 or q4_0. For plumbing and speed: what such a model answers means nothing, but it takes
 * the time and the memory of a trained one of its shape. The same arguments give the same bytes. */
#include <ggml-alloc.h>
#include <ggml-backend.h>
#include <ggml.h>
#include <gguf.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct gguf_context *file;
static struct ggml_context *tensors;
static const char *arch = "qwen2";

static float uniform(void)
{
    static uint64_t s = 88172645463325252U;
    s ^= s << 13;
    s ^= s >> 7;
    s ^= s << 17;
    return (float)((double)(s >> 11) * (1.0 / 9007199254740992.0)) * 2 - 1;
}

/* A row at a time; `scale` 0 fills with ones. */
static void add(const char *name, enum ggml_type type, int64_t width, int64_t rows, float scale)
{
    struct ggml_tensor *t = rows ? ggml_new_tensor_2d(tensors, type, width, rows)
                                 : ggml_new_tensor_1d(tensors, type, width);
    float *row = malloc((size_t)width * sizeof *row);
    size_t row_bytes = ggml_row_size(type, width);
    if (!t || !row) exit(1);
    ggml_set_name(t, name);
    for (int64_t r = 0; r < (rows ? rows : 1); r++) {
        char *to = (char *)t->data + (size_t)r * row_bytes;
        for (int64_t i = 0; i < width; i++)
            row[i] = scale > 0 ? uniform() * scale : 1;
        if (type == GGML_TYPE_F32)
            memcpy(to, row, row_bytes);
        else
            (void)ggml_quantize_chunk(type, row, to, 0, 1, width, NULL);
    }
    free(row);
    gguf_add_tensor(file, t);
}

static void set_u32(const char *key, uint32_t x)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s.%s", arch, key);
    gguf_set_val_u32(file, name, x);
}

static void set_f32(const char *key, float x)
{
    char name[96];
    (void)snprintf(name, sizeof name, "%s.%s", arch, key);
    gguf_set_val_f32(file, name, x);
}

static void add_layer(int i, enum ggml_type type, int width, int kv, int feed)
{
    char name[64];
    const float w = 1 / sqrtf((float)width);
    const struct {
        const char *what;
        bool matrix;
        int width, rows;
        float scale;
    } parts[] = {
        { "attn_norm.weight", false, width, 0, 0 }, { "ffn_norm.weight", false, width, 0, 0 },
        { "attn_q.weight", true, width, width, w }, { "attn_k.weight", true, width, kv, w },
        { "attn_v.weight", true, width, kv, w },    { "attn_output.weight", true, width, width, w },
        { "attn_q.bias", false, width, 0, 0.1F },   { "attn_k.bias", false, kv, 0, 0.1F },
        { "attn_v.bias", false, kv, 0, 0.1F },      { "ffn_gate.weight", true, width, feed, w },
        { "ffn_up.weight", true, width, feed, w },  { "ffn_down.weight", true, feed, width, w },
    };
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        (void)snprintf(name, sizeof name, "blk.%d.%s", i, parts[k].what);
        add(name, parts[k].matrix ? type : GGML_TYPE_F32, parts[k].width, parts[k].rows,
            parts[k].scale);
    }
}

int main(int argc, char **argv)
{
    if (argc != 9) {
        fprintf(stderr,
                "usage: random_model VOCABULARY OUT LAYERS WIDTH HEADS KV_HEADS FEED TYPE\n");
        return 2;
    }
    int layers = atoi(argv[3]), width = atoi(argv[4]), heads = atoi(argv[5]),
        kv_heads = atoi(argv[6]);
    int feed = atoi(argv[7]), kv = width / heads * kv_heads;
    enum ggml_type type = !strcmp(argv[8], "q4_0")   ? GGML_TYPE_Q4_0
                          : !strcmp(argv[8], "q8_0") ? GGML_TYPE_Q8_0
                                                     : GGML_TYPE_F16;
    struct gguf_init_params meta = { .no_alloc = true };
    struct gguf_context *vocabulary = gguf_init_from_file(argv[1], meta);
    if (!vocabulary) return 1;
    file = gguf_init_empty();
    gguf_set_kv(file, vocabulary);
    int64_t words =
        (int64_t)gguf_get_arr_n(vocabulary, gguf_find_key(vocabulary, "tokenizer.ggml.tokens"));
    gguf_set_val_str(file, "general.architecture", arch);
    gguf_set_val_str(file, "general.name", "random weights");
    gguf_set_val_str(file, "tokenizer.chat_template",
                     "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + "
                     "message['content'] + '<|im_end|>' + '\n'}}{% endfor %}{% if "
                     "add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}");
    set_u32("context_length", 8192);
    set_u32("embedding_length", (uint32_t)width);
    set_u32("block_count", (uint32_t)layers);
    set_u32("feed_forward_length", (uint32_t)feed);
    set_u32("attention.head_count", (uint32_t)heads);
    set_u32("attention.head_count_kv", (uint32_t)kv_heads);
    set_f32("attention.layer_norm_rms_epsilon", 1e-6F);
    set_f32("rope.freq_base", 1000000);
    set_u32("vocab_size", (uint32_t)words);
    size_t matrices =
        (size_t)words * ggml_row_size(type, width) +
        (size_t)layers * (ggml_row_size(type, width) * (size_t)(2 * width + 2 * kv + 2 * feed) +
                          ggml_row_size(type, feed) * (size_t)width);
    struct ggml_init_params room = { .mem_size = matrices + ((size_t)layers * 16 + 16) *
                                                                (size_t)(8 * width + 4096) };
    tensors = ggml_init(room);
    if (!tensors) return 1;
    add("token_embd.weight", type, width, words, 1); /* also the output's: tied */
    for (int i = 0; i < layers; i++)
        add_layer(i, type, width, kv, feed);
    add("output_norm.weight", GGML_TYPE_F32, width, 0, 0);
    return gguf_write_to_file(file, argv[2], false) ? 0 : 1;
}
