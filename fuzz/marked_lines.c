/* JSON lines of marked texts: any bytes as gold and as prediction; shares stay shares. */
#include <math.h>

#include "deid/score_run.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    view file = view_of((const char *)data, n);
    struct score_run r;
    struct score_marked pred;
    struct diag d = { 0 };
    double value[SCORE_METRIC_COUNT];

    if (n > 1 << 16) return 0;
    score_run_init(&r, 2);
    err e = score_marked_read(&r.gold, file, true, &r.keep, &d);
    if (e) BUG_IF(d.code != e || d.record == 0 || d.offset > n);
    if (!e) e = score_marked_read(&pred, file, false, &r.keep, &d);
    if (!e) e = score_run_compare(&r, score_predict_file, &pred, &d);
    if (!e) {
        score_total(r.rows, NULL, r.gold.n, value);
        for (int m = 0; m < SCORE_METRIC_COUNT; m++)
            BUG_IF(!isnan(value[m]) && !(value[m] >= 0 && value[m] <= 1));
        /* Gold as its own prediction covers all of itself and nothing else. */
        BUG_IF(!isnan(value[SCORE_E_FULL]) && value[SCORE_E_FULL] != 1);
        BUG_IF(!isnan(value[SCORE_LOST]) && value[SCORE_LOST] != 0);
        BUG_IF(!isnan(value[SCORE_P_ENT]) && value[SCORE_P_ENT] != 1);
    }
    score_run_clear(&r);
    return 0;
}
