#include "redact/forms.h"

#include "redact/alphabet.h"
#include "text/uuid.h"

enum { TOKEN_LEN = 20, DIGITS_LEN = 18 };

bool looks_like_oid(view v)
{
    size_t dots = 0;
    for (size_t i = 0; i < v.n; i++) {
        if (v.p[i] == '.') {
            if (i == 0 || i + 1 == v.n || v.p[i - 1] == '.') return false;
            dots++;
        } else if (!ascii_is_digit(v.p[i])) {
            return false;
        } else if (v.p[i] == '0' && (i == 0 || v.p[i - 1] == '.') && i + 1 < v.n &&
                   v.p[i + 1] != '.') {
            return false; /* an arc has no leading zero */
        }
    }
    return dots >= 2 && v.p[0] <= '2' && v.p[1] == '.';
}

/* 16 random bytes of the value: the same for a UUID in capitals and in small letters. */
static void random_of(struct keyed_domain *keys, view v, uint8_t out[16])
{
    char low[UUID_LEN];
    struct keyed_stream s;
    if (view_is_uuid(v)) {
        for (size_t i = 0; i < v.n; i++)
            low[i] = ascii_lower(v.p[i]);
        v = view_of(low, v.n);
    }
    keyed_stream_init(&s, keys, KEYED_LINK, 0, v);
    for (size_t i = 0; i < 16; i++)
        out[i] = (uint8_t)keyed_below(&s, 256);
    mem_wipe(&s, sizeof s);
    mem_wipe(low, sizeof low);
}

static __uint128_t number_of(const uint8_t bytes[16])
{
    __uint128_t n = 0;
    for (size_t i = 0; i < 16; i++)
        n = n << 8 | bytes[i];
    return n;
}

static view put_uuid(uint8_t bytes[16], char *out)
{
    static const char hex[] = "0123456789abcdef";
    size_t n = 0;
    bytes[6] = (uint8_t)((bytes[6] & 0x0F) | 0x40); /* RFC 4122: version 4, variant 1 */
    bytes[8] = (uint8_t)((bytes[8] & 0x3F) | 0x80);
    for (size_t i = 0; i < 16; i++) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out[n++] = '-';
        out[n++] = hex[bytes[i] >> 4];
        out[n++] = hex[bytes[i] & 15];
    }
    return view_of(out, n);
}

/* 2.25 is the arc of UUIDs (X.667): nothing is registered below it. */
static view put_oid(const uint8_t bytes[16], char *out)
{
    char digits[40];
    size_t n = 0, at = 5;
    __uint128_t number = number_of(bytes) | 1; /* 2.25.0 is the mask */
    for (; number; number /= 10)
        digits[n++] = (char)('0' + (int)(number % 10));
    memcpy(out, "2.25.", at);
    while (n > 0)
        out[at++] = digits[--n];
    return view_of(out, at);
}

static view put_digits(const uint8_t bytes[16], char *out)
{
    __uint128_t number = number_of(bytes);
    out[0] = (char)('1' + (int)(number % 9));
    number /= 9;
    for (size_t i = 1; i < DIGITS_LEN; i++) {
        out[i] = (char)('0' + (int)(number % 10));
        number /= 10;
    }
    return view_of(out, DIGITS_LEN);
}

/* Begins with a letter: some places want a name, and no number can be read into it. */
static view put_token(const uint8_t bytes[16], char *out)
{
    __uint128_t number = number_of(bytes);
    for (size_t i = 0; i < TOKEN_LEN; i++) {
        unsigned signs = i ? ALPHABET_LEN : 20;
        out[i] = ascii_lower(ALPHABET[(ALPHABET_LEN - signs) + (unsigned)(number % signs)]);
        number /= signs;
    }
    return view_of(out, TOKEN_LEN);
}

view form_keyed(struct keyed_domain *keys, view v, enum value_shape shape, char out[FORM_ROOM])
{
    uint8_t bytes[16];
    view r;
    random_of(keys, v, bytes);
    if (shape == FORM_UUID || (shape != FORM_OID && shape != FORM_DIGITS && view_is_uuid(v)))
        r = put_uuid(bytes, out);
    else if (shape == FORM_OID || (shape != FORM_DIGITS && looks_like_oid(v)))
        r = put_oid(bytes, out);
    else if (shape == FORM_DIGITS || view_is_digits(v))
        r = put_digits(bytes, out);
    else
        r = put_token(bytes, out);
    mem_wipe(bytes, sizeof bytes);
    return r;
}
