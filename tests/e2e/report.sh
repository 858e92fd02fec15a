# --report: both kinds, failures by place, never over a file that is no report, and not a byte of input.
. "$(dirname "$0")/lib.sh"

# Words that stand nowhere but in the inputs: texts, names of files and folders, options, fields, ids.
mkdir -p 'in/Zebulonward'
echo 'Patient Quillan Xanthorne (MRN 7718823), seen 03/12/2021, marmelade-bassoon 12.5 mg.' \
    >in/Zebulonward/Xanthorne_Quillan.txt
printf '%s\n' '{"id":"yggdrasil-1","wombatfield":"Patient Quillan Xanthorne, aged 93, ZIP 62704"}' \
    '{"id":"yggdrasil-2","wombatfield":"broken Xanthorne' >in/ocelot.jsonl
printf 'Dear Quillan Xanthorne\0' >in/plinth.txt
deid 3 in -o done --patient-field wombatfield --project kumquatproject \
    --report run.json --report run.html
present run.json
present run.html
for report in run.json run.html; do
    for canary in quillan xanthorne 7718823 marmelade bassoon zebulonward yggdrasil wombat ocelot \
        plinth kumquat 62704 03/12 broken "$tmp"; do
        if grep -qi "$canary" $report; then fail "$report holds '$canary'"; fi
    done
done
no_temporaries

# The JSON says what happened, by place.
has run.json '^{"cordon_report":1,'
has run.json '"status":"incomplete"'
has run.json '"profile":"safe-harbor"'
has run.json '164.514(b)(2)(ii)'
has run.json '"key":"ephemeral, ended with the run",$'
has run.json '"inputs_done":2'
has run.json '"inputs_failed":1'
has run.json '"records_failed":1'
has run.json '"letter":"A","label":"NAME","what":"names","found":[1-9]'
has run.json '"rule":"NAME_CUE","reason":"a name after a word that announces one","findings":[1-9]'
has run.json '"score":"0.95-0.99"'
has run.json '"source":"rule"'
has run.json '"input":3,"record":null,"byte":22,"kind":"not text in a known encoding"'
has run.json '"input":2,"record":2,'
has run.json '"surrogate_scheme":1'
if command -v b2sum >/dev/null; then
    sum=$(b2sum -l 256 done/*.jsonl)
    has run.json "\"input\":2,\"bytes\":[0-9]*,\"blake2b_256\":\"${sum%% *}\""
    sum=$(b2sum -l 256 "$CORDON")
    has run.json "\"program_blake2b_256\":\"${sum%% *}\""
fi
has run.html '^<!doctype html>'
has run.html '</html>$'
has_not run.html '<script'
has_not run.html 'src='
has_not run.html 'href='

# A report is refused before anything is done: by its ending, given twice, over a file, with --diff.
echo 'Patient Quillan Xanthorne' >note.txt
for name in run.txt run .json report.htm; do
    deid 2 note.txt -o clean.txt --report "$name"
    absent "$name"
done
deid 2 note.txt -o clean.txt --report a.json --report a.json
deid 2 note.txt --diff --report a.json
absent a.json
cp run.json before
deid 3 note.txt -o clean.txt --report run.json
same run.json before
absent clean.txt
deid 0 note.txt -o clean.txt --report run.json --force
has run.json '"status":"done"'
has run.json '"input":null,"bytes":'

# Never over an input, nor over an output, even with --force.
echo '{"id":"1","text":"Patient Quillan Xanthorne"}' >data.json
cp data.json before
deid 3 data.json -o clean.json --report data.json --force
same data.json before
absent clean.json
deid 3 data.json -o clean.json --report clean.json --force
has clean.json '"text":"Patient'
no_temporaries

# A run that stops as a whole leaves no report.
deid 2 --profile expert note.txt --report none.json
absent none.json
deid 3 note.txt -o nowhere/clean.txt --report none.json
absent none.json
no_temporaries

# A key is named by its id.
run 0 "$CORDON" key new study.key
secret=$(sed -n 's/^secret //p' study.key)
deid 0 -q --profile expert --key study.key note.txt --report expert.json
has expert.json '"key":"from a file"'
has expert.json '"key_id":"[0-9A-Z]\{8\}"'
has expert.json '164.514(b)(1)'
has_not expert.json "$secret"
done_testing
