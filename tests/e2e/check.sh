#!/bin/sh
# cordon check: what the fields of the originals name, searched in the output.
. "$(dirname "$0")/lib.sh"

mkdir in
printf 'MSH|^~\\&|A|B|C|D|20210312||ADT^A01|1|P|2.5\rPID|1||482913^^^H^MR||Quelby^Robert||19850305|M|||12 Xanthe St^^Nowhereville^IL^62704\r' >in/a.hl7
printf 'MSH|^~\\&|A|B|C|D|20210312||ORU^R01|2|P|2.5\rPID|1||482913^^^H^MR\rOBX|1|TX|N||Robert Quelby is well||||||F\r' >in/b.hl7

deid 0 --quiet in -o clean
run 0 "$CORDON" check in clean
has err 'values of 2 records, 2 records searched, 0 places found'

# Put back by hand, in other writing: each is told by its place and never by what stands there.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|2|P|2.5\rOBX|1|TX|N||QUELBY, born 03/05/1985, 48-29-13||||||F\r' >leak.hl7
run 1 "$CORDON" check in/a.hl7 leak.hl7
has out '^input 1, record 1, byte 5[0-9]: NAME of 6 bytes is left$'
[ "$(wc -l <out)" -eq 3 ] || fail "three places are left, told: $(wc -l <out)"
has_not out QUELBY
has_not err QUELBY

# What a profile keeps is no leak of it.
deid 0 --quiet --profile limited in/a.hl7 -o limited.hl7
run 1 "$CORDON" check in/a.hl7 limited.hl7
run 0 "$CORDON" check --profile limited in/a.hl7 limited.hl7

# What stands where a code should be, and is whole what another field names, is replaced; measures are not.
printf 'MSH|^~\\&|A|B|C|D|2021||ORU^R01|3|P|2.5\rPID|1||48291377^^^H^MR||Quelby^Robert\rOBX|1|CE|1^X^L||QUELBY^Robert^48291377\rOBX|2|NM|1^X^L||48291377||||||F\rOBX|3|CE|48291377^X^LN||7||||||F\r' >misplaced.hl7
deid 0 --quiet misplaced.hl7 -o misplaced.out
[ "$(tr '\r' '\n' <misplaced.out | grep -ci 'OBX|1.*quelby')" -eq 0 ] || fail "a name in the place of a code is left"
has misplaced.out 'OBX|2|NM|1^X^L||48291377|'
[ "$(tr '\r' '\n' <misplaced.out | wc -l)" -eq "$(tr '\r' '\n' <misplaced.hl7 | wc -l)" ] || fail "segments are lost"

# A code that is equal to an organisation is set aside, told by number; a name never is.
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|4|P|2.5\rPID|1||x^^^H^MR||Quelby^Robert\rIN1|1|7|3|Zorblax\r' >named.hl7
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|4|P|2.5\rIN1|1|ZORBLAX\r' >coded.hl7
run 0 "$CORDON" check named.hl7 coded.hl7 --report coded.json
has err 'set aside: 1 '
has coded.json '"set_aside":1,'
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|4|P|2.5\rIN1|1|QUELBY\r' >coded.hl7
run 1 "$CORDON" check named.hl7 coded.hl7
has_not err 'set aside'

# A town is no leak where a maker is named by it, and is one where it stands for itself.
printf 'MSH|^~\\&|A|B|C|D|2021||ADT^A01|5|P|2.5\rPID|1||x^^^H^MR||Quelby^Robert||||||4 Quay St^^Boston^MA\r' >town.hl7
echo 'A Boston Scientific stent was placed.' >maker.txt
run 0 "$CORDON" check town.hl7 maker.txt
has err 'set aside: 1 '
echo 'A stent was placed in Boston.' >maker.txt
run 1 "$CORDON" check town.hl7 maker.txt

# A name that is a word too is replaced where it begins a text, and looked for where it is written as a name.
printf 'mrn,last_name,first_name,note\n1234567,Smith,John,John\n1234568,Smith,John,John (room 4)\n1234569,Walker,Mark,Mark: is well\n' >words.csv
deid 0 --quiet --style mask --profile limited words.csv -o words.clean.csv
has_not words.clean.csv 'John\|Mark'
run 0 "$CORDON" check --profile limited words.csv words.clean.csv
run 1 "$CORDON" check --profile limited words.csv words.csv
printf 'mrn,last_name,first_name,note\n1,,,John (room 4)\n2,,,"Mark the site. A mark, a john; walker given. Walker height set."\n3,,,seen with Mark today\n' >words.left.csv
run 1 "$CORDON" check --profile limited words.csv words.left.csv
has out '^input 1, record 2, byte [0-9]*: NAME of 4 bytes is left$'
has out '^input 1, record 4, byte [0-9]*: NAME of 4 bytes is left$'
[ "$(wc -l <out)" -eq 2 ] || fail "two names are left, told: $(wc -l <out)"

# A surrogate that is somebody's real value is no leak, and is counted; what was left is one, and so is what can't be told.
printf 'last_name,city,note\nQuelby,Dorbrecht,well\nZorblax,Xanthe,ill\n' >real.csv
printf 'last_name,city,note\nZorblax,Quelby,well\nHolm,Ambry,ill\n' >put.csv
run 0 "$CORDON" check real.csv put.csv --report put.json
has err 'set aside: 2 surrogates'
has put.json '"surrogates":2,'
printf 'last_name,city,note\nZorblax,Dorbrecht,well\nHolm,Ambry,ill\n' >left.csv
run 1 "$CORDON" check real.csv left.csv
has out '^input 1, record 2, byte 8: LOCATION of 9 bytes is left$'
[ "$(wc -l <out)" -eq 1 ] || fail "one place is left, told: $(wc -l <out)"
has err 'the original has the same value'
run 1 "$CORDON" check - put.csv <real.csv
has err 'when ORIGINAL and OUTPUT are files'
printf 'last_name,city\nVerwick,Quelby\n' >other.csv
run 1 "$CORDON" check real.csv other.csv
has err '1 places are in records of which there is no original'

# Telephones of a small pool: one that the run drew by chance is none that was left, wherever in the text it stands.
printf 'phone,note\n555-0171,Call 555-0151 or 555-0120; home 555-0171\n555-0120,none\n' >phones.csv
printf 'phone,note\n555-0134,Call 555-0120 or 555-0166; home 555-0134\n555-0171,none\n' >drawn.csv
run 0 "$CORDON" check phones.csv drawn.csv
has err 'set aside: 2 surrogates'
printf 'phone,note\n555-0134,Call 555-0120 or 555-0166; home 555-0171\n555-0171,none\n' >one_left.csv
run 1 "$CORDON" check phones.csv one_left.csv
has out '^input 1, record 2, byte 41: PHONE of 8 bytes is left$'
[ "$(wc -l <out)" -eq 1 ] || fail "one telephone is left, told: $(wc -l <out)"

# A hundred thousand places in one record are told once each, in the time of one look at it.
yes 'so says Quelby' | head -n 100000 >many.txt
run 1 timeout 60 "$CORDON" check in/a.hl7 many.txt
has err ' 100000 places found'

# A text names nothing in fields, and what can't be read shows nothing.
note >note.txt
run 0 "$CORDON" check note.txt note.txt
has err 'this shows nothing'
run 3 "$CORDON" check missing.hl7 leak.hl7
run 2 "$CORDON" check in/a.hl7

# Nothing to search is nothing shown.
mkdir nothing
run 3 "$CORDON" check in nothing
has err 'OUTPUT holds no record'
: >nothing.hl7
run 3 "$CORDON" check in/a.hl7 nothing.hl7

# A birth is seen in words and with two digits of the year; another day and a number are none.
for day in 'March 5, 1985' '5 March 1985' 'Mar 5 1985' 3/5/85 05-MAR-85; do
    echo "born $day here" >born.txt
    run 1 "$CORDON" check -q in/a.hl7 born.txt
    has out '^input 1, record 1, byte 5: DATE of '
    has_not out 85
done
for day in 'March 6, 1985' 'March 1985' 030585 3/5/86; do
    echo "born $day here" >born.txt
    run 0 "$CORDON" check -q in/a.hl7 born.txt
done
done_testing
