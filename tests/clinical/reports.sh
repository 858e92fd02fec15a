#!/bin/sh
# reports.sh CORDON FOLDER: macro-F1 over the four statuses is at least 0.95, on the reports that the rules
# were tuned on and on those that they were not.
set -eu
cordon=$1
cd "$2"
for part in tuned held_out; do
    "$cordon" extract -q -s mukherjee13 "reports_$part.jsonl" |
        "$cordon" eval extract --boot 0 "labels_$part.csv" - |
        awk -v part=$part '/four statuses/ { seen = 1; print part, $5; if ($5 < 0.95) low = 1 } END { exit low || !seen }'
done
# The second pass labelled as the first did, but for a few.
"$cordon" agree --four --boot 0 labels_first_pass.csv labels_second_pass.csv |
    awk '/^  [A-Z].* [01]\.[0-9]+ / { n++; if ($(NF - 1) < 0.95) low = 1 } END { exit low || n != 13 }'
