/* http/house_address.h — which network addresses are of the house: those that no router of the internet
 * carries, so that a text sent to one stays inside.
 *
 *      IPv4   127.0.0.0/8 · 10.0.0.0/8 · 172.16.0.0/12 · 192.168.0.0/16 · 169.254.0.0/16
 *      IPv6   ::1 · fc00::/7 · fe80::/10, and the IPv4 ones written as ::ffff:a.b.c.d
 *
 * Source: RFC 1122 (loopback), RFC 1918, RFC 3927 and RFC 4291 (link-local), RFC 4193. Not of the house:
 * 0.0.0.0 and 100.64.0.0/10, which is a provider's.   Threads: pure.
 */
#pragma once
#include <sys/socket.h>

#include "base/base.h"

/* `a` has `len` bytes. False for every family but the two. */
bool house_has_address(const struct sockaddr *a, size_t len);
