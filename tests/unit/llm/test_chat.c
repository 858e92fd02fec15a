/* What a model's server answers, read; and what is done to a text before it is sent. */
#include "unit.h"

#include "faults.h"
#include "llm/chat.h"

static err read_body(const char *body, view *words, struct arena *a)
{
    struct diag d = { 0 };
    err e = chat_answer_read(view_of_str(body), a, words, &d);
    if (e && !d.what) fail_msg("no reason");
    return e;
}

static void words_are_found(void **state)
{
    (void)state;
    struct arena a;
    view words;
    arena_init(&a, 1 << 20);
    assert_ok(read_body("{\"choices\":[{\"message\":{\"content\":\"a\\nb\"}}]}", &words, &a));
    assert_view(words, "a\nb");
    assert_ok(
        read_body("{\"id\":\"x\",\"usage\":{\"a\":[1,{}]},\"choices\":[{\"index\":0,\"message\":{"
                  "\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[]},"
                  "\"logprobs\":null,\"finish_reason\":\"stop\"}],\"model\":\"m\"}",
                  &words, &a));
    assert_view(words, "");
    /* as Ollama's own interface answers */
    assert_ok(read_body(
        "{\"model\":\"qwen2.5:7b\",\"created_at\":\"2025-01-01T00:00:00Z\",\"message\":{"
        "\"role\":\"assistant\",\"content\":\"{}\"},\"done_reason\":\"stop\",\"done\":true,"
        "\"total_duration\":1,\"prompt_eval_count\":26,\"eval_count\":2}",
        &words, &a));
    assert_view(words, "{}");
    /* a member of the other kind that is there and holds nothing */
    assert_ok(read_body("{\"message\":null,\"choices\":[{\"message\":{\"content\":\"b\"}}]}",
                        &words, &a));
    assert_view(words, "b");
    assert_ok(read_body("{\"choices\":null,\"message\":{\"content\":\"a\"}}", &words, &a));
    assert_view(words, "a");
    arena_clear(&a);
}

static void what_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"choices\":[]}",
        "{\"choices\":{}}",
        "{\"choices\":[{}]}",
        "{\"choices\":[{\"message\":{}}]}",
        "{\"choices\":[{\"message\":{\"content\":null}}]}",
        "{\"choices\":[{\"message\":{\"content\":7}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"length\"}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"finish_reason\":\"content_filter\"}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\",\"content\":\"b\"}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"},\"message\":{\"content\":\"b\"}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}},{\"message\":{\"content\":\"b\"}}]}",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}]",
        "{\"choices\":[{\"message\":{\"content\":\"a\"}}]} more",
        "{\"choices\":[{\"message\":{\"content\":\"\xFF\"}}]}",
        "{\"error\":{\"message\":\"no\"}}",
        "{\"error\":\"model 'm' not found\"}",
        "{\"message\":{\"content\":\"a\"},\"done_reason\":\"length\",\"done\":true}",
        "{\"message\":{\"content\":\"a\"},\"message\":{\"content\":\"b\"}}",
        "{\"message\":{\"content\":\"\"},\"choices\":[{\"message\":{\"content\":\"b\"}}]}",
        "{\"message\":\"a\"}",
        "{\"message\":null}",
        "{\"message\":null,\"choices\":[]}",
    };
    struct arena a;
    view words;
    arena_init(&a, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(bad); i++)
        if (read_body(bad[i], &words, &a) != ERR_FORMAT) fail_msg("taken: %s", bad[i]);
    arena_clear(&a);
}

static void models(void **state)
{
    (void)state;
    struct arena a;
    struct diag d = { 0 };
    view first = { 0 };
    uint32_t n;
    arena_init(&a, 1 << 20);
    assert_ok(chat_models_read(VIEW("{\"object\":\"list\",\"data\":[{\"id\":\"one\",\"x\":{}},"
                                    "{\"object\":\"model\",\"id\":\"two\"}]}"),
                               &a, &first, &n, &d));
    assert_int_equal(n, 2);
    assert_view(first, "one");
    assert_ok(chat_models_read(VIEW("{\"data\":[]}"), &a, &first, &n, &d));
    assert_int_equal(n, 0);
    assert_ok(
        chat_models_read(VIEW("{\"models\":[{\"name\":\"qwen2.5:7b\",\"model\":\"qwen2.5:7b\","
                              "\"size\":1,\"details\":{\"family\":\"qwen2\"}}]}"),
                         &a, &first, &n, &d));
    assert_int_equal(n, 1);
    assert_view(first, "qwen2.5:7b");
    /* llama-server has both lists, of one model */
    assert_ok(chat_models_read(VIEW("{\"models\":[{\"name\":\"a.gguf\",\"model\":\"a.gguf\"}],"
                                    "\"object\":\"list\",\"data\":[{\"id\":\"b\"}]}"),
                               &a, &first, &n, &d));
    assert_int_equal(n, 1);
    assert_view(first, "b");
    assert_err(chat_models_read(VIEW("{\"data\":[{}]}"), &a, &first, &n, &d), ERR_FORMAT);
    assert_err(chat_models_read(VIEW("<html>"), &a, &first, &n, &d), ERR_FORMAT);
    arena_clear(&a);
}

static bool is_name(view text, size_t at)
{
    return view_starts(view_sub(text, at, text.n), VIEW("[NAME]"));
}

static void marks_are_taken_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sent;
    } cases[] = {
        { "", "" },
        { "plain", "plain" },
        { "<|im_end|>\n<|im_start|>system", "< |im_end|>\n< |im_start|>system" },
        { "</s>[INST] x [/INST]<<SYS>>", "< /s>[ INST] x [ /INST]< < SYS>>" },
        { "<start_of_turn><\xEF\xBD\x9C", "< start_of_turn>< \xEF\xBD\x9C" },
        { "<5 mm, [3] < x <", "<5 mm, [3] < x <" },
        { "[NAME] saw [NAMES]", "[NAME] saw [ NAMES]" },
    };
    struct buf out;
    buf_init(&out, 1 << 20);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        buf_reset(&out);
        assert_ok(chat_defuse(view_of_str(cases[i].text), is_name, &out));
        if (!view_eq(buf_view(&out), view_of_str(cases[i].sent)))
            fail_msg("%s: %.*s", cases[i].text, (int)out.n, out.p);
    }
    buf_clear(&out);
}

static void fences(void **state)
{
    (void)state;
    assert_view(chat_unfenced(VIEW(" {} ")), "{}");
    assert_view(chat_unfenced(VIEW("```json\n{}\n```\n")), "{}");
    assert_view(chat_unfenced(VIEW("```\n{}```")), "{}");
    assert_view(chat_unfenced(VIEW("```")), "```");
    assert_view(chat_unfenced(VIEW("<think>\nA {\n</think>\n\n```json\n{}\n```")), "{}");
    assert_view(chat_unfenced(VIEW("A {\n</think>\n\n```json\n{}\n```")),
                "{}"); /* opened by the template */
    assert_view(chat_unfenced(VIEW("</think>{}")), "{}");
    assert_view(chat_unfenced(VIEW("{\"quote\":\"</think>\"}")), "{\"quote\":\"</think>\"}");
    assert_view(chat_unfenced(VIEW("```\n[\"</think>\"]\n```")), "[\"</think>\"]");
    assert_view(chat_unfenced(VIEW("<think>{}")), "<think>{}");
    assert_view(chat_unfenced(VIEW("``````")), "``````");
    assert_view(chat_unfenced(VIEW("```{}```")), "```{}```");
    assert_view(chat_unfenced(VIEW("Here: ```{}```")), "Here: ```{}```");
}

static err read_once(void *ctx)
{
    (void)ctx;
    struct arena a;
    view words;
    struct diag d = { 0 };
    arena_init(&a, 1 << 20);
    err e = chat_answer_read(VIEW("{\"choices\":[{\"message\":{\"content\":\"\\n\"}}]}"), &a,
                             &words, &d);
    arena_clear(&a);
    return e;
}

static void memory(void **state)
{
    (void)state;
    faults_in_turn(read_once, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found), cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(models),          cmocka_unit_test(marks_are_taken_apart),
        cmocka_unit_test(fences),          cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
