# A site file: taken by deid, detect and site check; refused with its place, without its content.
. "$(dirname "$0")/lib.sh"
printf 'version: 1\ndates: {order: dmy, shift: weeks}\n' >dates.yaml
run 0 "$CORDON" site check dates.yaml
has out '^dates     dmy, shifted by weeks$'
canary=Quixwortham
cat >site.yaml <<'EOF'
version: 1
allow: [Elm Street protocol]
deny: [{text: Ward 7 North, label: LOCATION}]
patterns: [{name: study, label: ID, regex: 'ZX-\d{6}\b'}]
actions: {PHONE: mask}
rosters: [{file: list, kind: patient, form: "family,given"}]
EOF
echo "$canary,Tamsin" >list
echo "TAMSIN $canary, Elm Street protocol, ward 7 north, ZX-123456, took 500 mg." >note.txt

run 0 "$CORDON" site check site.yaml
has out '^rosters   1 (names 1, ids 0)$'
has out '^profiles  safe-harbor expert limited$'
has_not out $canary
[ -s err ] && fail "a sound file has messages"
deid 0 -q -s mask --site site.yaml note.txt
echo '[NAME], Elm Street protocol, [LOCATION], [ID], took 500 mg.' >want
same out want
detect 0 -q -x --site site.yaml note.txt
has out SITE_ROSTER
has out SITE_DENY
has out SITE_PATTERN
# How dates are read and moved: by the file, and before it by the options.
run 0 "$CORDON" key new site.key
# (No shift makes both of the first two the same date in either order.)
echo 'Seen 05/03/2021, a Friday, again 02/11/2020 and 15/03/2021.' >dates.txt
deid 0 -q -p expert -k site.key --site dates.yaml dates.txt --report site.json
has out 'a Friday'
has site.json '"date_order":"dmy"'
has site.json '"shift_weeks":true'
cp out by_site
deid 0 -q -p expert -k site.key --shift-weeks --date-order dmy dates.txt
same out by_site
deid 0 -q -p expert -k site.key --site dates.yaml --date-order mdy dates.txt
cmp -s out by_site && fail "--date-order does not go before the site file"
deid 2 --shift-weeks dates.txt
has err 'this profile shifts none'
deid 2 --date-order ymd dates.txt
detect 0 -q --date-order dmy dates.txt
# From another folder, rosters are beside the file.
mkdir other
(cd other && "$CORDON" site check ../site.yaml) >out 2>err || fail "a roster is not beside its file"

for command in deid detect; do
    printf 'version: 1\n%s: x\n' $canary >wrong.yaml
    run 2 "$CORDON" $command --site wrong.yaml note.txt
    has err 'line 2, column 1: wrong configuration'
    has_not err $canary
    [ -s out ] && fail "$command: output in spite of a wrong site file"
done
echo "$canary" >>list
run 2 "$CORDON" site check site.yaml
has err 'line 6, .*record 2: wrong configuration'
has_not err $canary
has_not err list
rm list
deid 2 --site site.yaml note.txt
has err 'line 6'
deid 2 --site "$canary" note.txt
has_not err $canary
printf 'version: 1\nactions: {NAME: keep}\n' >wrong.yaml
deid 2 --site wrong.yaml note.txt
has err 'line 2, column 17: .*safe-harbor'

# A pattern that runs away fails the text, and only that.
printf 'version: 1\npatterns: [{name: a, label: ID, regex: "(a+)+[!?]"}]\n' >slow.yaml
echo "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa $canary" >bad.txt
deid 3 --site slow.yaml bad.txt note.txt -o done
absent done/bad.txt
present done/note.txt
has_not err $canary
run 2 "$CORDON" site
run 2 "$CORDON" site check
done_testing
