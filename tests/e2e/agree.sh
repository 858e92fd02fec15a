# Findings against gold, and between readers.
. "$(dirname "$0")/lib.sh"

printf 'filename,Edema,Pleural_Effusion,normal\n1,1,0,0\n2,0,1,0\n3,0,1,0\n4,0,0,1\n' >gold.csv
cat >pred.jsonl <<'EOF'
{"id":"1","text":"Mild edema.","findings":{"Edema":{"status":"present","score":0.97,"evidence":[{"start":5,"end":10}]},"Pleural Effusion":"absent"}}
{"id":"2","findings":{"Edema":"absent","Pleural Effusion":{"status":"present","score":0.9}}}
{"id":"3","findings":{"Edema":"uncertain","Pleural Effusion":"absent"}}
EOF
# Effusion: one found, one missed. Edema: found; the uncertain one counts as asked.
run 0 "$CORDON" eval extract --boot 0 gold.csv pred.jsonl
has out '^4 reports, 2 findings$'
has out '^  1 reports WITHOUT a prediction'
has out '^  Pleural_Effusion  *2  1.000  0.500  0.6667'
has out '^  Edema  *1  1.000  1.000  1.0000'
has out '^  all (micro)  *3  1.000  0.667  0.8000'
run 0 "$CORDON" eval extract --boot 0 --uncertain present gold.csv pred.jsonl
has out '^  Edema  *1  0.500  1.000  0.6667'
run 0 "$CORDON" eval extract --json gold.csv pred.jsonl
has out '"micro_f1":{"value":0.800000,"low":'
run 0 "$CORDON" eval extract --report score.html --report score.json gold.csv pred.jsonl
has score.html '<svg '
has_not score.html '<script'
has score.json '"cordon_report":1'
run 3 "$CORDON" eval extract --report score.html gold.csv pred.jsonl
run 2 "$CORDON" eval extract gold.csv
# What the prediction could not read scores as nothing found, whatever its cells say, and is told of apart from
# what it does not have; what gold could not read is no gold.
printf 'id,state,Edema\nr1,read,1\nr2,,1\nr3,read,0\nr4,read,1\nr5,failed,1\n' >states.csv
printf 'id,state,Edema\nr1,read,1\nr2,failed,1\nr3,too_long,\nr5,read,0\n' >partly.csv
run 0 "$CORDON" eval extract --boot 0 --report apart.json states.csv partly.csv
has out '^4 reports, 1 findings$'
has out '^  1 reports WITHOUT a prediction'
has out '^  2 reports that the prediction could NOT READ: counted as if nothing was found$'
has out '^  1 reports that gold has no answer for: left out$'
has out '^  Edema  *3  1.000  0.333  0.5000'
has apart.json '"unread":2'
has apart.json '"left_out":1'
# A finding that gold alone names is not dropped: it was never found, and that is said.
printf 'id,Pulm Edema,Pleural Effusion\n1,1,0\n2,0,1\n3,0,0\n' >misnamed.csv
run 0 "$CORDON" eval extract --boot 0 --report misnamed.json misnamed.csv pred.jsonl
has out '^3 reports, 2 findings$'
has out '^  1 findings that the prediction DOES NOT KNOW: counted as never found (marked \*)$'
has out '^ \*Pulm Edema  *1  .*  0.000  0.0000'
has out '^  all (micro)  *2  1.000  0.500  0.6667'
has misnamed.json '"unknown":1'
run 0 "$CORDON" eval extract --boot 0 --common misnamed.csv pred.jsonl
has out '^  1 findings that the prediction DOES NOT KNOW: left out$'
has out '^  all (micro)  *1  1.000  1.000  1.0000'
printf 'id,Pulm Edema\n1,1\n' >strange.csv
run 3 "$CORDON" eval extract strange.csv pred.jsonl
has err 'no finding in common'

# The same reader twice agrees wholly; a table and JSON lines say the same.
printf 'id,Edema,Pleural Effusion\n1,1,0\n2,0,1\n3,-1,0\n' >same.csv
run 0 "$CORDON" agree --four --boot 0 pred.jsonl same.csv
has out '^  Edema  *1.0000 '
has out '^  Pleural Effusion  *1.0000 '
has out 'median kappa 1.0000'
# 4 reports: both present, both absent, and one each way: kappa 0.
printf 'id,Edema\na,1\nb,1\nc,0\nd,0\n' >a.csv
printf 'id,Edema\na,1\nb,0\nc,1\nd,0\ne,1\n' >b.csv
run 0 "$CORDON" agree a.csv b.csv
has out '^4 reports, 2 readers, 1 findings$'
has out '^  Edema  *0.0000  \['
run 0 "$CORDON" agree a.csv b.csv a.csv
has out 'Fleiss'
# The page shows each difference with the words that were meant.
printf 'id,Edema,Pleural Effusion\n1,0,0\n2,0,1\n3,-1,0\n' >other.csv
run 0 "$CORDON" agree pred.jsonl other.csv --review look.html
has look.html '<mark class="r0">edema</mark>'
[ "$(grep -c '<article ' look.html)" = 1 ] || fail "one disagreement, one article"
# What all say of each report stands in it, for the file that the page saves.
printf 'id,Edema,Mass\n"a""<b>",1,0\nb,-1,\n' >one.csv
printf 'id,Edema,Mass\n"a""<b>",1,-1\nb,-1,\n' >two.csv
run 0 "$CORDON" agree one.csv two.csv --review both.html
has both.html 'data-names="\[&quot;Edema&quot;,&quot;Mass&quot;\]"'
has both.html 'data-report="&quot;a\\&quot;&lt;b&gt;&quot;" data-says="3-"'
has both.html 'data-report="&quot;b&quot;" data-says="20"'
has both.html '<article data-report="&quot;a\\&quot;&lt;b&gt;&quot;" data-finding="1">'
# Control characters of an id are on the page as JSON has them.
printf '{"id":"a\\u0001\\tb","findings":{"Edema":"%s"}}\n' present >one.jsonl
printf '{"id":"a\\u0001\\tb","findings":{"Edema":"%s"}}\n' absent >two.jsonl
run 0 "$CORDON" agree one.jsonl two.jsonl --review control.html
has control.html '<article data-report="&quot;a\\u0001\\tb&quot;"'
# What a reader could not read is nobody's answer: not agreed on, not to be judged, not saved.
printf '{"id":"r%s","state":"%s","findings":{%s}}\n' 1 failed '' 2 not_text '' 3 read '"Edema":"present"' >one.jsonl
printf 'id,state,Edema\nr1,failed,\nr2,read,1\nr3,read,0\nr4,read,0\n' >two.csv
run 0 "$CORDON" agree one.jsonl two.csv --review unread.html --report unread.json --report kappa.html
has out '^1 reports, 2 readers'
has out '^  2 reports that a reader could NOT READ: left out'
has unread.json '"unread":2'
has kappa.html 'could not read'
has unread.html 'data-report="&quot;r3&quot;"'
has_not unread.html 'r1&quot;'
has_not unread.html 'r2&quot;'
has unread.html 'could not read, and that are not saved: 2'
# An id twice would score one of the two, in silence.
printf 'id,Edema\na,1\nb,0\na,0\n' >twice.csv
printf '{"id":"a","findings":{}}\n\n{"id":"a","findings":{}}\n' >twice.jsonl
for twice in twice.csv twice.jsonl; do
    for command in agree 'eval extract'; do
        # shellcheck disable=SC2086 # two words
        run 3 "$CORDON" $command a.csv $twice
        has err 'id that stands in the file already'
        grep -q -e 'record 4' -e 'record 3' err || fail "$twice: no line"
    done
done
printf 'id,Edema\n"<b>x",7\n' >wrong.csv
run 3 "$CORDON" agree a.csv wrong.csv
has_not err '<b>'
run 2 "$CORDON" agree a.csv
done_testing
