#include "stats/capture.h"

#include <math.h>

struct capture capture_chapman(uint64_t n1, uint64_t n2, uint64_t m, double confidence)
{
    BUG_IF(m > n1 || m > n2);
    const double a = (double)n1, b = (double)n2, c = (double)m;
    struct capture out = { .seen = a + b - c };
    out.total = (a + 1) * (b + 1) / (c + 1) - 1;
    out.variance = (a + 1) * (b + 1) * (a - c) * (b - c) / ((c + 1) * (c + 1) * (c + 2));
    double hidden = out.total - out.seen; /* found by neither */
    out.in = (struct interval){ out.seen, out.seen };
    if (hidden > 0 && out.variance > 0) {
        double z = normal_two_sided_z(confidence);
        double wide = exp(z * sqrt(log1p(out.variance / (hidden * hidden))));
        out.in = (struct interval){ out.seen + hidden / wide, out.seen + hidden * wide };
    }
    return out;
}
