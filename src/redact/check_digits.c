#include "redact/check_digits.h"

/* Sum of digits from the right, every second one doubled and its digits added; `start` is the sum of a
 * prefix that is not written. */
static unsigned luhn_sum(view s, unsigned start)
{
    unsigned sum = start;
    for (size_t i = 0; i < s.n; i++) {
        unsigned d = (unsigned)(s.p[s.n - 1 - i] - '0');
        if (i % 2) d = d > 4 ? 2 * d - 9 : 2 * d;
        sum += d;
    }
    return sum;
}

bool check_luhn(view s)
{
    return view_is_digits(s) && luhn_sum(s, 0) % 10 == 0;
}

bool check_npi(view s) /* with the prefix 80840, whose sum is 24 */
{
    return s.n == 10 && view_is_digits(s) && luhn_sum(s, 24) % 10 == 0;
}

bool check_nhs(view s)
{
    unsigned sum = 0;
    if (s.n != 10 || !view_is_digits(s)) return false;
    for (unsigned i = 0; i < 9; i++)
        sum += (10 - i) * (unsigned)(s.p[i] - '0');
    unsigned check = (11 - sum % 11) % 11;
    return check != 10 && check == (unsigned)(s.p[9] - '0');
}

bool check_dea(view s)
{
    if (s.n != 9 || !ascii_is_alpha(s.p[0]) || !(ascii_is_alpha(s.p[1]) || s.p[1] == '9') ||
        !view_is_digits(view_sub(s, 2, 9)))
        return false;
    unsigned d[7];
    for (int i = 0; i < 7; i++)
        d[i] = (unsigned)(s.p[2 + i] - '0');
    return (d[0] + d[2] + d[4] + 2 * (d[1] + d[3] + d[5])) % 10 == d[6];
}

bool check_vin(view s)
{
    static const char values[] = "12345678.12345.7.923456789"; /* a … z; '.' for i, o, q */
    static const uint8_t weights[17] = { 8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2 };
    unsigned sum = 0;
    if (s.n != 17) return false;
    for (int i = 0; i < 17; i++) {
        char c = s.p[i], v = ascii_is_digit(c)   ? c
                             : ascii_is_alpha(c) ? values[ascii_lower(c) - 'a']
                                                 : '.';
        if (v == '.') return false;
        sum += weights[i] * (unsigned)(v - '0');
    }
    unsigned check = sum % 11;
    return s.p[8] == (check == 10 ? 'x' : (char)('0' + check));
}

static bool check_gs1(view s)
{
    unsigned sum = 0;
    for (size_t i = 0; i < s.n; i++)
        sum += (unsigned)(s.p[s.n - 1 - i] - '0') * (i % 2 ? 3 : 1);
    return sum % 10 == 0;
}

static bool check_aba(view s)
{
    static const uint8_t weights[3] = { 3, 7, 1 };
    unsigned sum = 0;
    for (size_t i = 0; i < s.n; i++)
        sum += (unsigned)(s.p[i] - '0') * weights[i % 3];
    return sum % 10 == 0;
}

/* 8 digits and a letter, or X, Y, Z for a first digit 0, 1, 2. */
static bool check_dni(view s)
{
    if (s.n != 9 || !ascii_is_alpha(s.p[8]) || !view_is_digits(view_sub(s, 1, 8))) return false;
    char first = ascii_lower(s.p[0]);
    unsigned n = first >= 'x' && first <= 'z' ? (unsigned)(first - 'x') : (unsigned)(first - '0');
    if (n > 9) return false;
    for (int i = 1; i < 8; i++)
        n = n * 10 + (unsigned)(s.p[i] - '0');
    return "trwagmyfpdxbnjzsqvhlcke"[n % 23] == ascii_lower(s.p[8]);
}

/* C A N-or-A N A N-or-A N A A N N, C not 0, no S L O I B Z. */
static bool is_mbi(view s)
{
    static const char want[] = "caxnaxnaann"; /* x: either */
    if (s.n != 11) return false;
    for (int i = 0; i < 11; i++) {
        char c = ascii_lower(s.p[i]);
        bool digit = ascii_is_digit(c), letter = ascii_is_alpha(c) && !memchr("slobiz", c, 6);
        if (want[i] == 'c'   ? !digit || c == '0'
            : want[i] == 'n' ? !digit
            : want[i] == 'a' ? !letter
                             : !digit && !letter)
            return false;
    }
    return true;
}

static bool is_canadian_post_code(view s)
{
    if (s.n != 6) return false;
    for (int i = 0; i < 6; i++) {
        char c = ascii_lower(s.p[i]);
        if (i % 2 ? !ascii_is_digit(c) : !ascii_is_alpha(c) || memchr("dfioqu", c, 6)) return false;
    }
    return ascii_lower(s.p[0]) != 'w' && ascii_lower(s.p[0]) != 'z';
}

bool check_digits_valid(view s)
{
    if (s.n < 6 || s.n > 19) return false;
    if (!view_is_digits(s))
        return check_dea(s) || check_vin(s) || check_dni(s) || is_mbi(s) ||
               is_canadian_post_code(s);
    if (s.n >= 8 && check_luhn(s)) return true;
    switch (s.n) {
    case 8:
    case 12:
    case 13:
    case 14: return check_gs1(s);
    case 9: return check_aba(s);
    case 10: return check_npi(s) || check_nhs(s);
    case 17: return check_vin(s);
    default: return false;
    }
}
