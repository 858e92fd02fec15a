/* base/log.h — one line a event on standard error, with typed fields and no way to print input.
 *
 * There is no field constructor for a view or a char pointer that is not a literal: the compiler
 * keeps patient data out of logs. Lines are logfmt: `time=… level=warn event="input failed" input=3`.
 * Threads: safe; a line is one write(2).
 */
#pragma once
#include "base/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR, LOG_OFF };

struct log_field {
    const char *key;
    enum { LOG_T_U64, LOG_T_F64, LOG_T_ERR, LOG_T_WORD } type;
    union {
        uint64_t u;
        double f;
        const char *word;
    } v;
};
#define LOG_U64(k, x) ((struct log_field){ "" k, LOG_T_U64, { .u = (x) } })
#define LOG_F64(k, x) ((struct log_field){ "" k, LOG_T_F64, { .f = (x) } })
#define LOG_ERR(e) ((struct log_field){ "error", LOG_T_ERR, { .u = (uint64_t)(e) } })
#define LOG_WORD(k, literal) ((struct log_field){ "" k, LOG_T_WORD, { .word = "" literal } })

void log_set_level(enum log_level lowest);
#define log_event(level, event, ...)                                                               \
    log_write((level), "" event, (const struct log_field[]){ __VA_ARGS__ },                        \
              COUNT_OF(((const struct log_field[]){ __VA_ARGS__ })))
void log_write(enum log_level level, const char *event, const struct log_field *fields, size_t n);
