#!/bin/sh
# A bundle of many patients and many clinicians costs their sum, not their product, and is treated as a small one.
. "$(dirname "$0")/lib.sh"

run 0 "$CORDON" key new study.key
# syllables N: a word of no list for each number
words='function word(n, s) {
    for (s = ""; length(s) < 8; n = int(n / 20)) s = s substr("bcdfghjklmnpqrstvwxz", n % 20 + 1, 1) "oa"
    return toupper(substr(s, 1, 1)) substr(s, 2)
}'
# bundle PATIENTS CLINICIANS: each patient with a note that names him, a clinician by his name and one by his letters
bundle() {
    awk -v patients="$1" -v clinicians="$2" "$words"'
    BEGIN {
        printf "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
        for (i = 0; i < clinicians; i++)
            printf "{\"resource\":{\"resourceType\":\"Practitioner\",\"id\":\"d%d\",\"name\":[{\"family\":\"Dz%s\",\"given\":[\"Otto\"]}]}},\n", i, word(i)
        for (i = 0; i < patients; i++) {
            printf "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p%d\",\"identifier\":[{\"value\":\"%.0f\"}],\"name\":[{\"family\":\"Pz%s\",\"given\":[\"Anna\"]}]}},\n", i, 700100000000 + i, word(i)
            printf "{\"resource\":{\"resourceType\":\"DocumentReference\",\"id\":\"n%d\",\"subject\":{\"reference\":\"Patient/p%d\"},\"description\":\"pt pz%s (%.0f), told dz%s. A. Pz%s left.\"}}%s\n", i, i, tolower(word(i)), 700100000000 + i, tolower(word(i % clinicians)), word(i), i + 1 < patients ? "," : ""
        }
        print "]}"
    }'
}
bundle 4000 800 >large.json
deid 0 --quiet --profile expert --style surrogate --key study.key large.json
mv out large.out
[ "$(wc -l <large.out)" -eq 8801 ] || fail "lines are lost"
for rest in pz[a-z]oa Pz[a-z]oa dz[a-z]oa Dz[a-z]oa '70010000[0-9]'; do has_not large.out "$rest"; done

done_testing
