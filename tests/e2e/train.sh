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

# Trees: the files of three writers, held out in turn; the same bytes with any number of jobs.
for w in 1 2 3; do
    i=0
    while [ $i -lt 120 ]; do
        name=$(echo Bra Kel Dun Fos Gri Hal Jor Lem Mav Nor Pel Ruk Tam | cut -d' ' -f$(((i * 5 + w) % 13 + 1)))
        name=$name$(echo den ward vik mar tosh lin bek rud sam gol zar | cut -d' ' -f$(((i * 3 + w) % 11 + 1)))
        # each writer has words of his own around names, and around what is none
        case $w$((i % 4)) in
        10) before="Records went to " after=" by hand." is=1 ;;
        11) before="Started on " after=" twice a day." is=0 ;;
        12) before="Bed $i: " after=", wants water." is=1 ;;
        13) before="The " after=" pump was changed." is=0 ;;
        20) before="Walked with " after=" to the door." is=1 ;;
        21) before="Rinsed in " after=" for an hour." is=0 ;;
        22) before="Ask " after=", then call." is=1 ;;
        23) before="Scored by " after=" as $i." is=0 ;;
        30) before="Left with " after=" at noon." is=1 ;;
        31) before="Two tubes of " after=" were sent." is=0 ;;
        32) before="" after=" says it is better." is=1 ;;
        *) before="Gauze and " after=" on the wound." is=0 ;;
        esac
        text=$before$name$after
        spans=
        [ $is = 1 ] && spans="{\"start\":${#before},\"end\":$((${#before} + ${#name})),\"label\":\"NAME\"}"
        echo "{\"id\":\"$w-$i\",\"text\":\"$text\",\"spans\":[$spans]}"
        i=$((i + 1))
    done >writer$w.jsonl
done
run 0 "$CORDON" train --judge 3 --jobs 1 -o judge1.tag writer1.jsonl writer2.jsonl writer3.jsonl
has out 'held out part 3 of 3'
has out '200 trees'
run 0 "$CORDON" train --judge 3 --jobs 3 -q -o judge3.tag writer1.jsonl writer2.jsonl writer3.jsonl
same judge1.tag judge3.tag
echo 'Records went to Zoralbel by hand.' >text.txt
detect 0 -q --model judge1.tag text.txt
run 2 "$CORDON" train --judge 1 -o x.tag writer1.jsonl
run 2 "$CORDON" train --judge 3 -o x.tag writer1.jsonl writer2.jsonl
has err 'parts'
# nothing in doubt: a model without trees
run 0 "$CORDON" train --judge 2 -o none.tag writer1.jsonl writer1.jsonl
has out '0 trees'
rm none.tag

canary=Quixwortham
echo "{\"id\":\"1\",\"text\":\"$canary\",\"spans\":[{\"start\":0}]}" >bad.jsonl
run 3 "$CORDON" train --lang es -o none.tag bad.jsonl
has err 'record 1'
has_not err $canary
absent none.tag
run 3 "$CORDON" train --judge 2 -o none.tag writer1.jsonl bad.jsonl
has err 'input 2'
has_not err $canary
absent none.tag
run 2 "$CORDON" train --judge 2 --lang es -o none.tag marked.jsonl marked.jsonl
run 2 "$CORDON" train marked.jsonl
run 2 "$CORDON" train --lang xx -o x.tag marked.jsonl
no_temporaries
done_testing
