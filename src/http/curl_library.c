#include "http/curl_library.h"

#include <dlfcn.h>
#include <pthread.h>

static struct curl_library library;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool is_open;

static void open_once(void)
{
    /* the name of the flavour with GnuTLS, then the usual one; both have the same interface */
    static const char *const names[] = { "libcurl-gnutls.so.4", "libcurl.so.4" };
    void *handle = NULL;
    for (size_t i = 0; i < COUNT_OF(names) && !handle; i++)
        handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle) return;
    bool all = true;
    /* POSIX lets a function's address pass through void *, ISO C does not */
#define X(name)                                                                                    \
    {                                                                                              \
        void *at = dlsym(handle, #name);                                                           \
        all = all && at;                                                                           \
        memcpy(&library.name##_fn, &at, sizeof at);                                                \
    }
    CURL_FUNCTIONS(X)
#undef X
    is_open = all && library.curl_global_init_fn(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

err curl_library_open(const struct curl_library **out, struct diag *d)
{
    (void)pthread_once(&once, open_once);
    if (!is_open)
        return DIAG(d, ERR_UNSUPPORTED, "libcurl is not on this machine (Debian: libcurl3-gnutls)");
    *out = &library;
    return OK;
}
