/* http/http_inside.h — a client, between http_client.c (which sets it up) and http_send.c alone.
 * Threads: as http/http_client.h. */
#pragma once
#include "http/curl_library.h"
#include "http/http_client.h"

struct http_client {
    const struct curl_library *lib;
    CURL *curl;
    struct curl_slist *headers, *resolve;
    struct buf url;     /* without a slash at its end */
    struct buf whole;   /* with the path of a request, and a zero byte */
    struct buf *answer; /* of the request under way */
    size_t answer_max;
    long status; /* of the last request; 0: no answer came */
    unsigned timeout_ms;
    bool (*stop)(void);
    bool allow_public, is_https;
    bool saw_public, saw_house; /* addresses that the name has, as libcurl came to them */
    bool was_long;              /* why libcurl was told to give up */
    bool has_usual_path;
};
