#!/bin/sh
# cordon release: one dossier of one output, and every way in which its records are not of it.
. "$(dirname "$0")/lib.sh"
mkdir in
i=1
while [ $i -le 6 ]; do
    printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|%s|P|2.5\rPID|1||48291%s^^^H^MR||Quelby^Robert||19850305|M\rOBX|1|TX|N||Robert Quelby is well, visit %s||||||F\r' \
        $i $i $i >in/$i.hl7
    i=$((i + 1))
done
deid 0 -q in -o clean --report run.json --review sample.jsonl --review-random 4000
run 0 "$CORDON" check in clean --report check.json
run 0 "$CORDON" review page sample.jsonl -o page.html
yes '' | head -20 | "$CORDON" review read sample.jsonl --reviewer A -o a.jsonl >out 2>err
run 0 "$CORDON" review result sample.jsonl a.jsonl --bound 0.5 -o review.json
run 0 "$CORDON" release --attest 'A. Weber, privacy officer' --until 2999-06-30 clean -o attest.json -o attest.html
has out '164.514(b)(2)(ii)'
run 0 "$CORDON" release clean run.json check.json review.json attest.json -o d.html -o d.json

# What is in it: one checksum, which standard tools compute, names each record.
if command -v b2sum >/dev/null; then
    sum=$(find clean -type f -exec b2sum -l 256 {} + | cut -c 1-64 | LC_ALL=C sort | b2sum -l 256)
    for f in run check review attest d; do has $f.json "\"set_blake2b_256\":\"${sum%% *}\""; done
    own=$(b2sum -l 256 check.json)
    has d.json "\"blake2b_256\":\"${own%% *}\""
fi
has d.json '"kind":"release"'
has d.json '"method":"safe harbor, 45 CFR 164.514(b)(2)"'
has d.json '"attested_by":"A. Weber, privacy officer"'
has d.json '"until":"2999-06-30"'
has d.json '"run_report":{"cordon_report":1,'
has d.json '"notes_upper":0\.'
has d.html 'A. Weber, privacy officer'
has d.html 'To be filled in\|to be filled in'
has_not d.html '<script'
has_not d.html 'href='
has_not d.json Quelby
if command -v python3 >/dev/null; then
    python3 -c 'import json; json.load(open("d.json"))' || fail "the dossier is no JSON"
fi

# refused SENTENCE RECORD...: exit status 1, this reason, nothing written.
refused() {
    reason=$1
    shift
    run 1 "$CORDON" release "$@" -o no.html
    has err "refused: .*$reason"
    absent no.html
}
refused 'report of the run is missing' clean check.json attest.json
refused 'the check is missing' clean run.json attest.json
refused 'attestation is missing' clean run.json check.json
run 0 "$CORDON" release clean run.json attest.json check.json -o without.json
has without.json 'was not measured on this output'

# An output that was changed, has one file more, or one that no run writes, has no records.
cp -r clean changed
printf x >>changed/1.hl7
refused 'wrote another output' changed run.json check.json review.json attest.json
has err 'check is of another output'
has err 'review is of another output'
has err 'attestation is of another output'
cp -r clean more
echo more >more/7.hl7
refused 'wrote another output' more run.json check.json attest.json
cp -r clean hidden
echo more >hidden/.7.hl7
run 3 "$CORDON" release hidden run.json check.json attest.json -o no.html
has err 'hidden files'

# A check that found something, could not read something, was of other originals, or lenient.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|2|P|2.5\rOBX|1|TX|N||Quelby||||||F\r' >leak.hl7
deid 0 -q in/1.hl7 -o one.hl7 --report one.json
run 1 "$CORDON" check in/1.hl7 leak.hl7 --report leak.json
refused 'check found identifiers' leak.hl7 one.json leak.json attest.json
has_not leak.json Quelby
cp -r in broken
printf 'MSH|^~\\&|A\rPID|\rZZ\r' >broken/0.hl7
run 3 "$CORDON" check broken clean --report incomplete.json
refused 'could not read all' clean run.json incomplete.json attest.json
run 0 "$CORDON" check in/1.hl7 clean --report other.json
refused 'other originals' clean run.json other.json attest.json
run 0 "$CORDON" check --profile limited in clean --report limited.json
refused 'another profile' clean run.json limited.json attest.json
run 0 "$CORDON" check --format text in clean --report blind.json
refused 'in another way than the run' clean run.json blind.json attest.json

# A review that does not reach its bound, or whose sample was drawn apart.
run 1 "$CORDON" review result sample.jsonl a.jsonl --bound 0.001 -o weak.json
refused 'does not reach its bound' clean run.json check.json weak.json attest.json
deid 0 -q in --review apart.jsonl --review-random 4000
yes '' | head -20 | "$CORDON" review read apart.jsonl --reviewer A -o b.jsonl >out 2>err
run 0 "$CORDON" review result apart.jsonl b.jsonl --bound 0.5 -o apart.json
refused 'review is of another output' clean run.json check.json apart.json attest.json
run 3 "$CORDON" review result sample.jsonl b.jsonl
has err 'another sample'

# An attestation that has run out, or is for another profile.
sed 's/"until":"2999-06-30"/"until":"2020-01-01"/' attest.json >late.json
refused 'has expired' clean run.json check.json late.json
run 0 "$CORDON" release --attest B --until 2999-01-01 -p limited clean -o limited.json --force
refused 'for another profile' clean run.json check.json limited.json
run 2 "$CORDON" release --attest B --until 2020-01-01 clean -o no.json
run 2 "$CORDON" release --attest ' ' --until 2999-01-01 clean -o no.json
run 2 "$CORDON" release --attest B --until 2999-02-30 clean -o no.json
absent no.json

# expert needs the review; transport is no release.
run 0 "$CORDON" key new k.key
deid 0 -q -p expert -k k.key in -o e --report e.json --review e.jsonl --review-random 4000
run 0 "$CORDON" check -p expert in e --report ec.json
run 0 "$CORDON" release --attest B --until 2999-01-01 -p expert e -o ea.json
refused 'an expert needs' e e.json ec.json ea.json
yes '' | head -20 | "$CORDON" review read e.jsonl --reviewer A -o er.jsonl >out 2>err
run 0 "$CORDON" review result e.jsonl er.jsonl --bound 0.5 -o er.json
run 0 "$CORDON" release e e.json ec.json ea.json er.json -o e.html
has e.html 'support for an expert determination'
has e.html "$(sed -n 's/^id *//p' k.key)"
has_not e.html "$(sed -n 's/^secret //p' k.key)"
deid 0 -q -p transport -k k.key in -o t --report t.json
refused 'never de-identification' t t.json check.json attest.json
run 2 "$CORDON" release --attest B --until 2999-01-01 -p transport t -o no.json

# What is no record is refused as such; reports are not overwritten.
run 3 "$CORDON" release clean in/1.hl7 -o no.html
run 2 "$CORDON" release clean run.json run.json -o no.html
run 3 "$CORDON" release clean run.json check.json attest.json -o d.html
run 2 "$CORDON" release clean
no_temporaries
done_testing
