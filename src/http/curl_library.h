/* http/curl_library.h — libcurl's functions, opened at run time. For the files of the client. */
#pragma once
#include <curl/curl.h>

#include "base/base.h"
#include "base/diag.h"

#define CURL_FUNCTIONS(X)                                                                          \
    X(curl_global_init)                                                                            \
    X(curl_easy_init)                                                                              \
    X(curl_easy_cleanup)                                                                           \
    X(curl_easy_setopt)                                                                            \
    X(curl_easy_getinfo)                                                                           \
    X(curl_easy_perform)                                                                           \
    X(curl_slist_append)                                                                           \
    X(curl_slist_free_all)                                                                         \
    X(curl_url)                                                                                    \
    X(curl_url_cleanup)                                                                            \
    X(curl_url_set)                                                                                \
    X(curl_url_get)                                                                                \
    X(curl_free)
struct curl_library {
#define X(name) __typeof__(&(name)) name##_fn;
    CURL_FUNCTIONS(X)
#undef X
};
/* Opened once and never closed; ERR_UNSUPPORTED when there is none. Threads: safe. */
MUST_USE err curl_library_open(const struct curl_library **out, struct diag *d);
