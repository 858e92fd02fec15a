#include "http/house_address.h"

#include <netinet/in.h>

static bool is_house_v4(const uint8_t b[4])
{
    return b[0] == 127 || b[0] == 10 || (b[0] == 172 && (b[1] & 0xF0) == 16) ||
           (b[0] == 192 && b[1] == 168) || (b[0] == 169 && b[1] == 254);
}

static bool is_house_v6(const uint8_t b[16])
{
    static const uint8_t mapped[12] = { [10] = 0xFF, [11] = 0xFF };
    static const uint8_t loopback[16] = { [15] = 1 };
    if (memcmp(b, mapped, sizeof mapped) == 0) return is_house_v4(b + 12);
    return memcmp(b, loopback, sizeof loopback) == 0 || (b[0] & 0xFE) == 0xFC ||
           (b[0] == 0xFE && (b[1] & 0xC0) == 0x80);
}

bool house_has_address(const struct sockaddr *a, size_t len)
{
    if (len < sizeof a->sa_family) return false;
    if (a->sa_family == AF_INET && len >= sizeof(struct sockaddr_in)) {
        struct sockaddr_in in;
        memcpy(&in, a, sizeof in);
        return is_house_v4((const uint8_t *)&in.sin_addr);
    }
    if (a->sa_family == AF_INET6 && len >= sizeof(struct sockaddr_in6)) {
        struct sockaddr_in6 in;
        memcpy(&in, a, sizeof in);
        return is_house_v6(in.sin6_addr.s6_addr);
    }
    return false;
}
