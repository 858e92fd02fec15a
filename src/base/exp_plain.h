/* base/exp_plain.h — the exponential function in plain arithmetic.
 *
 * The system's expf may differ in the last bit between machines; what is learned with it, or decided
 * by it, would too. Needs a compiler that does not contract a * b + c: meson.build sees to that.
 * Threads: pure.
 */
#pragma once
#include <stdint.h>

/* e^x, relative error below 1e-6; x is taken as -83 or 83 beyond these. */
static inline float exp_plain(float x)
{
    float y = x * 1.44269504F;
    y = y < -120.0F ? -120.0F : y > 120.0F ? 120.0F : y;
    int32_t n = (int32_t)(y + (y < 0 ? -0.5F : 0.5F));
    float f = (y - (float)n) * 0.693147181F;
    float r = 1.0F / 720 * f + 1.0F / 120;
    r = r * f + 1.0F / 24;
    r = r * f + 1.0F / 6;
    r = r * f + 0.5F;
    r = r * f + 1.0F;
    r = r * f + 1.0F;
    union {
        int32_t i;
        float f;
    } scale = { .i = (n + 127) << 23 };
    return r * scale.f;
}
