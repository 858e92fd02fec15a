# Any number of workers gives the same bytes; masking twice is masking once; so is tagging.
. "$(dirname "$0")/lib.sh"
"$CORDON" key new study.key >/dev/null || fail "no key"
awk 'BEGIN { srand(7); for (i = 1; i <= 3000; i++) {
    printf "{\"id\":\"n%d\",\"mrn\":\"00%d\",\"text\":\"Patient John Smith (MRN 00%d) was seen on 0%d/1%d/20%02d by Dr. Maria Lopez", i, 400000 + i % 50, 400000 + i % 50, 1 + i % 9, i % 9, i % 24
    for (k = 0; k < rand() * 30; k++) printf " and was stable on metoprolol 25 mg"
    printf ". Call (617) 555-0%03d.\"}\n", i % 1000
    if (i % 500 == 0) print "{broken" } }' >lines.jsonl
mkdir in
i=0
while [ $i -lt 40 ]; do
    note >"in/note$i.txt"
    echo "Visit $i." >>"in/note$i.txt"
    i=$((i + 1))
done

for style in mask tag surrogate; do
    deid 3 --profile expert --key study.key --style $style --patient-field mrn --jobs 1 lines.jsonl
    cp out serial
    for jobs in 2 5; do
        deid 3 --profile expert --key study.key --style $style --patient-field mrn --jobs $jobs lines.jsonl
        same out serial
    done
    [ "$(wc -l <out)" -eq 3000 ] || fail "lines are missing"
    deid 0 -q --profile expert --key study.key --style $style --jobs 1 in -o s_$style
    deid 0 -q --profile expert --key study.key --style $style --jobs 4 in -o p_$style
    diff -r s_$style p_$style >/dev/null || fail "folders differ: $style"
done
detect 3 -q --jobs 1 lines.jsonl
cp out serial
detect 3 -q --jobs 4 lines.jsonl
same out serial
[ "$(wc -l <out)" -eq 3006 ] || fail "detect: not a line for a line"

# Pipes cut the input at other places than files do.
(while read -r line; do printf '%s\n' "$line"; done <lines.jsonl) |
    "$CORDON" deid -q --profile expert --key study.key --style tag --patient-field mrn --format jsonl - >piped 2>err
deid 3 -q --profile expert --key study.key --style tag --patient-field mrn lines.jsonl
same out piped

# Idempotence: safe harbor masks and tags, limited masks.
for style in mask tag; do
    deid 3 -q --style $style lines.jsonl
    cp out once
    deid 0 --style $style once
    same out once
done
deid 3 -q --profile limited --style mask lines.jsonl
cp out once
deid 0 -q --profile limited --style mask once
same out once

# Safe harbor does not link two documents; expert with a key does.
note >a.txt
{ note; echo "Second visit."; } >b.txt
deid 0 -q a.txt
first=$(head -1 out)
deid 0 -q b.txt
[ "$(head -1 out)" = "$first" ] && fail "safe harbor links two documents"
deid 0 -q --profile expert --key study.key --style tag a.txt
first=$(sed -n '1s/.*Patient \(\[[^]]*\]\).*/\1/p' out)
deid 0 -q --profile expert --key study.key --style tag b.txt
[ -n "$first" ] && [ "$(sed -n '1s/.*Patient \(\[[^]]*\]\).*/\1/p' out)" = "$first" ] ||
    fail "expert does not give one patient one tag"
done_testing
