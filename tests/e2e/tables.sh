# Tables: columns shown, accepted and given; quotes, encodings, broken rows, memory.
. "$(dirname "$0")/lib.sh"
canary=Quixwortham
cat >t.csv <<'END'
MRN,Patient Name,DOB,Sex,Sodium,Note,PCP
00482913,"Smith, John",04/05/1947,M,138,"Seen by Dr. Maria Lopez.
Smith is stable; call (617) 555-0123.",Ann Lee
00482914,Jane Doe,1/2/1990,F,141,"Says ""fine"", BP 120/80",Ann Lee
END
deid 0 --columns show t.csv
has out '^# delimiter comma, quotes double, with a header$'
has out 'role: name/clinician '
has out 'says whose the row is'
cp out roles.yaml
deid 0 -q --style mask t.csv -o clean.csv
printf '%s\n' 'MRN,Patient Name,DOB,Sex,Sodium,Note,PCP' \
    '[MRN],"[NAME]",1947,M,138,"Seen by [NAME].' \
    '[NAME] is stable; call [PHONE].",[NAME]' \
    '[MRN],[NAME],1990,F,141,"Says ""fine"", BP 120/80",[NAME]' >wanted
sed 's/Dr\. //' clean.csv | cmp -s - wanted || {
    fail "the table is not as wanted"
    cat clean.csv
}
deid 0 -q --style mask --columns roles.yaml t.csv
same out clean.csv
deid 0 -q --style mask <t.csv
same out clean.csv
deid 0 -q --style mask --columns 'Patient Name=keep,PCP=keep' t.csv
has out '^\[MRN\],"Smith, John",1947'

# What is given wrongly stops before anything is written, and says where.
deid 3 -q --columns "$canary=name" t.csv -o none.csv
absent none.csv
has_not err $canary
deid 2 -q --columns "MRN=$canary" t.csv
has_not err $canary
printf 'columns:\n  - name: MRN\n    role: %s\n' $canary >bad.yaml
deid 2 -q --columns bad.yaml t.csv
has err 'line 3'
has_not err $canary
deid 2 -q --csv-delimiter xy t.csv
note >note.txt
deid 3 --columns show note.txt

# Rows that are broken: place and no content; the rest is there.
{
    cat t.csv
    printf '00482915,%s,1/2/1990,F\n' $canary
    printf '00482916,"%s" x,1/2/1990,F,1,y,z\n' $canary
    printf '00482917,Jane Doe,1/2/1990,F,1,y,z\n'
    printf '00482918,"%s,1/2/1990,F,1,y,z\n' $canary
} >broken.csv
deid 3 --style mask broken.csv
has err 'input 1, record 4, column 5, byte [0-9]*: not well-formed'
has err 'input 1, record 5, column 2, byte'
has err 'input 1, record 7, column 2, byte'
has_not err $canary
has_not out $canary
[ "$(wc -l <out)" -eq 5 ] || fail "not the good rows"

# Another delimiter, Windows-1252, line ends: all stays.
printf 'MRN;Name;Anmerkung\r\n0048291;M\374ller, J\366rg;"gesehen; stabil"\r\n' >w.csv
deid 0 -q --style mask w.csv
printf 'MRN;Name;Anmerkung\r\n[MRN];[NAME];"gesehen; stabil"\r\n' >wanted
sed 's/\[NAME\], \[NAME\]/[NAME]/' out | cmp -s - wanted || fail "Windows-1252: $(od -c out | head -5)"
printf '219-09-9999|617-555-0123\n219-09-9998|617-555-0124\n' >n.csv
deid 0 -q --style mask n.csv
[ "$(sort -u out)" = '[SSN]|[PHONE]' ] || fail "without a header: $(head -1 out)"

# Known columns give a person one surrogate in all of a key's runs.
"$CORDON" key new k.key >/dev/null
printf 'mrn,name,note\n77182931,Jane Roe,x\n' >a.csv
printf 'name\tid_no\tmrn\nJane Roe\t1\t77182931\n' >b.tsv
deid 0 -q --profile expert --key k.key a.csv
mrn=$(sed -n '2s/,.*//p' out) name=$(sed -n 2p out | cut -d, -f2)
deid 0 -q --profile expert --key k.key b.tsv
[ "$(sed -n 2p out | cut -f3)" = "$mrn" ] || fail "the number is another"
[ "$(sed -n 2p out | cut -f1)" = "$name" ] || fail "the name is another"

# A table without a byte has an output without one.
: >nothing.csv
deid 0 -o emptied nothing.csv
present emptied
[ ! -s emptied ] || fail "something came of nothing"

# detect: a row a line, none for the header, an empty cell is no fault.
printf 'id,note\n1,Patient John Smith\n2,\n' >d.csv
detect 0 -q --field note d.csv
[ "$(wc -l <out)" -eq 2 ] || fail "detect: not a row a line"
has out '^{"id":"1","spans":\[{'
has out '^{"id":"2","spans":\[\]}$'

# A cell without end is refused in flat memory, and what follows its quote is read again.
case "$(nm -D "$CORDON" 2>/dev/null; ldd "$CORDON" 2>/dev/null)" in
*asan* | *tsan*) limit_kb=unlimited ;;
*) limit_kb=163840 ;;
esac
{
    printf 'mrn,note\n0048291,x\n0048292,"'
    yes 'a long, long line' | head -c 200000000
    printf '"\n0048293,Patient John Smith\n'
} | (
    ulimit -v $limit_kb
    "$CORDON" deid -q --style mask --jobs 1 --format csv - >out 2>err
    echo $? >status
)
[ "$(cat status)" -eq 3 ] || fail "a long cell: exit status $(cat status)"
[ "$(wc -l <out)" -eq 3 ] || fail "a long cell: $(wc -l <out) rows"
has out '^\[MRN\],Patient \[NAME\]'
has err 'input 1, record 3'

# A quote that nothing closes takes the rest of a table along: how many lines is told.
printf 'mrn,note\n1,"x, ""y"""\n5,"a, b"\n2,"y\n3,z\n4,z\n' >open.csv
deid 3 --style mask open.csv
has err 'input 1, record 4, column 2, .*a quoted cell without end .*lines of the input in this record: 3'

# An address in one cell keeps its state, and its ZIP code becomes none that exists.
run 0 "$CORDON" key new address.key
printf 'mrn,address\n1234567,"12 Main St, Apt 4, Boston, MA 02115"\n1234567,12 Main St Boston MA 02115\n1234567,Highway 90210\n' >address.csv
deid 0 -q --profile expert --style surrogate --key address.key address.csv
has out '"[0-9]* [A-Z][a-z]* St, Apt [0-9], [A-Z][A-Za-z ]*, MA 00[0-4][0-9][0-9]"'
has out ',[0-9]* [A-Z][a-z]* St [A-Z][A-Za-z ]* MA 00[0-4][0-9][0-9]$'
has_not out 'Boston\|90210\|Main\|02115'

# Where the profile keeps a ZIP code's area, or all of it and the town, it does so in a whole address as in a column of
# its own; 823 is an area of too few people.
printf 'mrn,address,zip\n1,"12 Xanthe St, Boston, MA 02115",02115\n2,12 Xanthe St Boston MA 02115,02115\n3,"9 Elm St, Rawlins, WY 82301",82301\n' >whole.csv
deid 0 -q --style mask whole.csv
has out '^\[MRN\],"\[LOCATION\], \[LOCATION\], MA 021\*\*",021\*\*$'
has out '^\[MRN\],\[LOCATION\] MA 021\*\*,021\*\*$'
has out '^\[MRN\],"\[LOCATION\], \[LOCATION\], WY 000\*\*",000\*\*$'
deid 0 -q --style surrogate whole.csv
[ "$(grep -c 'MA 021\*\*"*,021\*\*$' out)" -eq 2 ] || fail "a whole address has another ZIP code than a column"
has_not out 'Boston\|Xanthe\|Rawlins\|823'
deid 0 -q --profile limited --style mask whole.csv
has out '"\[LOCATION\], Boston, MA 02115",02115$'
has out '"\[LOCATION\], Rawlins, WY 82301",82301$'

# What is shown can be given back, though columns have one name.
printf 'mrn,note,note\n4829133,a,b\n' >twice.csv
deid 0 --columns show twice.csv
cp out twice.columns
has twice.columns 'name: "#3"'
has twice.columns 'one of several named "note"'
deid 0 -q --columns twice.columns twice.csv

no_temporaries
done_testing

# ---- titles above the header ----
printf 'Report generated 2024-03-12\nFacility: Quxwyrth General\n\nMRN,Last Name,First Name,DOB,Note\n88,quxwyrth,vronke,4/12/1951,"fine, Vronke"\n' >titles.csv
printf 'Report,,,,\nPrinted by: Dr. Quxwyrth,,2024-03-12,,\nMRN,Last Name,First Name,DOB,Note\n88,quxwyrth,vronke,4/12/1951,fine\n' >wide.csv
deid 0 --style mask titles.csv
[ "$(sed -n '4,$p' out)" = 'MRN,Last Name,First Name,DOB,Note
[MRN],[NAME],[NAME],1951,"fine, [NAME]"' ] || fail "titles above the header: $(cat out)"
has out '^Facility: '
has_not out Quxw
deid 0 --style mask wide.csv
[ "$(cat out)" = 'Report,,,,
Printed by: [NAME],,2024,,
MRN,Last Name,First Name,DOB,Note
[MRN],[NAME],[NAME],1951,fine' ] || fail "titles in cells above the header: $(cat out)"

# ---- headers of other languages ----
printf 'Nachname;Vorname;Geburtsdatum;Bemerkung\nquxwyrth;vronke;12.04.1951;geht gut\n' >de.csv
printf 'NHC,Nombre,Primer Apellido,Dirección,Teléfono,Evolución\n8837,vronke,quxwyrth,Olmo,600123,bien\n' >es.csv
printf 'Nom,Prénom,Ville\nquxwyrth,vronke,lyon\n' >fr.csv
for f in de es fr; do deid 0 --style mask $f.csv; cat out; done >all
[ "$(cat all)" = 'Nachname;Vorname;Geburtsdatum;Bemerkung
[NAME];[NAME];1951;geht gut
NHC,Nombre,Primer Apellido,Dirección,Teléfono,Evolución
[MRN],[NAME],[NAME],[LOCATION],[PHONE],bien
Nom,Prénom,Ville
[NAME],[NAME],[LOCATION]' ] || fail "headers of other languages: $(cat all)"

# ---- tables without a header: columns of names and towns are known by most of their cells ----
printf '王小明,男,1980-01-02\n李娜,女,1975-03-04\n张伟,男,1960-05-06\n刘洋,女,1990-07-08\n' >sexes.csv
deid 0 --style mask sexes.csv
[ "$(cut -d, -f1,2 out | sort -u | tr '\n' ' ')" = '[NAME],女 [NAME],男 ' ] || fail "the sexes are names: $(head -1 out)"
printf '8837211,Smith,John,1950-03-04,Boston,Male,ICU\n8837212,Quuxwald,Ann,1951-03-04,Worcester,Female,MED\n8837213,Vandersloot,Kim,1971-03-04,Springfield,Female,SURG\n' >headless.csv
deid 0 --style mask headless.csv
has out '^\[ID\],\[NAME\],\[NAME\],1950,\[LOCATION\],Male,ICU$'
has_not out 'Quuxwald\|Vandersloot\|Kim\|Springfield'
# names that no list has, beside those that one has; a first row of people is no header
printf 'Quuxley; John\nQuuxwald; Ann\nVandersloot; Kim\n' >halves.csv
deid 0 --style mask halves.csv
has_not out 'Quux\|Vander\|John'
printf 'Street,Kim,M,Boston\nJones,Ann,F,Worcester\nGarcia,Maria,F,Springfield\n' >people.csv
deid 0 --style mask people.csv
has_not out 'Street\|Kim\|Boston'
# what is no name stays, also where one cell could be one
printf 'White,Aspirin,English,Jordan,May,Brown\nBlack,Lipitor,Spanish,Chad,June,Green\nAsian,Xarelto,French,Mexico,April,Rose\nWhite,Metformin,Thai,France,August,White\n' >categories.csv
deid 0 --style mask categories.csv
cmp -s categories.csv out || fail "a table of categories was changed"
# one column of sentences that nobody put into quotes is one column; more values than columns are none
printf 'note\nPatient John Smith; seen, today\nok\nMary Jones, Dr. Wald; fine\n' >sentences.csv
deid 0 --style mask sentences.csv
has out '^Patient \[NAME\]; seen, today$'
printf 'note\n8837211,quuxley,john\n8837212,smith,ann\n' >uncut.csv
deid 3 uncut.csv
has err 'more cells than the first'
