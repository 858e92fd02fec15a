/* tests/unit.h — what every unit test includes: cmocka, and the few helpers that all folders want. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base.h"

/* These bytes, as a test would like to read them when it fails. */
#define assert_view(v, literal)                                                                    \
    do {                                                                                           \
        view is_ = (v);                                                                            \
        if (!view_eq(is_, VIEW(literal)))                                                          \
            fail_msg("is \"%.*s\", should be \"%s\"", (int)is_.n, is_.p, (literal));               \
    } while (0)
#define assert_err(call, expected)                                                                 \
    do {                                                                                           \
        err is_ = (call);                                                                          \
        if (is_ != (expected))                                                                     \
            fail_msg("%s is %s, should be %s", #call, err_name(is_), err_name(expected));          \
    } while (0)
#define assert_ok(call) assert_err(call, OK)
