# Training: a model of one's own, the same bytes with any number of jobs, used by detect; a bad one refused.
. "$(dirname "$0")/lib.sh"
i=0
while [ $i -lt 60 ]; do
    echo "{\"id\":\"$i\",\"text\":\"Vertex: zorbal$i done.\",\"spans\":[{\"start\":8,\"end\":14,\"label\":\"HOSPITAL\"}]}" |
        sed "s/zorbal$i/zorbal/"
    i=$((i + 1))
done >marked.jsonl

run 0 "$CORDON" train --lang es --jobs 1 -o one.tag marked.jsonl
has out 'held out'
has out 'HOSPITAL'
run 0 "$CORDON" train --lang es --jobs 3 -q -o three.tag marked.jsonl
[ -s out ] && fail "--quiet prints"
same one.tag three.tag
run 0 "$CORDON" train --test marked.jsonl -m one.tag
has out '60 marked spans: P 1.0000  R 1.0000  F1 1.0000'
echo 'Vertex: zorbal done.' >text.txt
detect 0 -q --model one.tag text.txt
has out '"start":8,"end":14,"label":"ORGANIZATION"'

head -c 5000 one.tag >short.tag
detect 2 -q --model short.tag text.txt
has err 'cut short'
[ -s out ] && fail "something was done without the model"
{ head -c 300 one.tag; printf X; tail -c +302 one.tag; } >bent.tag
detect 2 -q --model bent.tag text.txt
has err 'checksum'
detect 2 -q --model marked.jsonl text.txt
has err 'not a model'
detect 2 -q --model absent.tag text.txt
deid 2 -q --model short.tag text.txt
[ -s out ] && fail "something was done without the model"

canary=Quixwortham
echo "{\"id\":\"1\",\"text\":\"$canary\",\"spans\":[{\"start\":0}]}" >bad.jsonl
run 3 "$CORDON" train --lang es -o none.tag bad.jsonl
has err 'record 1'
has_not err $canary
absent none.tag
run 2 "$CORDON" train marked.jsonl
run 2 "$CORDON" train --lang xx -o x.tag marked.jsonl
no_temporaries
done_testing
