/* Which addresses a text may be sent to without leaving the house. */
#include "unit.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include "http/house_address.h"

static bool is_house(const char *text)
{
    struct sockaddr_in v4 = { .sin_family = AF_INET };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        return house_has_address((const struct sockaddr *)&v4, sizeof v4);
    if (inet_pton(AF_INET6, text, &v6.sin6_addr) != 1) fail_msg("no address: %s", text);
    return house_has_address((const struct sockaddr *)&v6, sizeof v6);
}

static void the_house(void **state)
{
    (void)state;
    static const char *const inside[] = {
        "127.0.0.1",       "127.255.255.254",  "10.0.0.1",    "172.16.0.1",
        "172.31.255.255",  "192.168.1.1",      "169.254.1.1", "::1",
        "fc00::1",         "fdff::1",          "fe80::1",     "febf::1",
        "::ffff:10.1.2.3", "::ffff:127.0.0.1",
    };
    static const char *const outside[] = {
        "0.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "128.0.0.1",
        "169.253.255.255",
        "::",
        "::2",
        "fec0::1",
        "2001:db8::1",
        "fbff::1",
        "::ffff:8.8.8.8",
        "::10.0.0.1",
        "64:ff9b::10.0.0.1",
    };
    for (size_t i = 0; i < COUNT_OF(inside); i++)
        if (!is_house(inside[i])) fail_msg("%s is not taken for the house's", inside[i]);
    for (size_t i = 0; i < COUNT_OF(outside); i++)
        if (is_house(outside[i])) fail_msg("%s is taken for the house's", outside[i]);
}

static void what_is_no_address(void **state)
{
    (void)state;
    struct sockaddr_in short_one = { .sin_family = AF_INET,
                                     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    struct sockaddr local = { .sa_family = AF_UNIX };
    assert_false(house_has_address((const struct sockaddr *)&short_one, sizeof short_one - 1));
    assert_false(house_has_address((const struct sockaddr *)&short_one, 0));
    assert_false(house_has_address(&local, sizeof local));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_house),
        cmocka_unit_test(what_is_no_address),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
