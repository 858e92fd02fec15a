# cordon eval names: shipped and own sets, gaps, wrong input.
. "$(dirname "$0")/lib.sh"
names() {
    want_status=$1
    shift
    run "$want_status" "$CORDON" eval names "$@"
}
# Shipped sets: a row a set, the same on every run and with any number of workers.
names 0 --names 40 --deals 50 --jobs 1
has out '^women-black '
has out '^men-vietnamese '
has out '^largest gap: '
cp out first
names 0 --names 40 --deals 50 --jobs 3
same out first
names 0 --names 40 --deals 50 --seed 2
if cmp -s out first; then fail "the seed is used"; fi
names 0 --names 6 --list
[ "$(wc -l <out)" -eq "$((6 * $(cut -f1 out | sort -u | wc -l)))" ] || fail "--list prints as many names as were asked for"
[ "$(cut -f1 out | sort -u | wc -l)" -ge 16 ] || fail "16 sets and more"
cp out own.tsv
names 0 --sets own.tsv --deals 20 --json
has out '^{"names":[0-9]*,"templates":[0-9]*,"tries":6,"sets":\[{"set":"women-white-popular","names":6,'
has out '"gap":{"gap":'

# Own names and sentences: what is found and what is not, by set, with the gap between them.
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do printf 'found\tMr. John\tSmith\nlost\tPlain\taspirin tablet\n'; done >two.tsv
echo 'Seen: {name} today' >sentence.txt
names 0 --sets two.tsv --templates sentence.txt --by-template
has out '^found  *20 .* 1.0000 '
has out '^lost  *20 .* 0.0000 '
has out '^largest gap: 100.00 points, found .* over lost '
has out '  0.5000  "Seen: {name} today"'
# Labels of a file do not steer a terminal.
printf 'a\033[31mb\tJohn Smith\nc\tMary Jones\n' >esc.tsv
names 0 --sets esc.tsv
has_not out "$(printf '\033')"

# What can't be used: exit 2, the line, none of its content.
printf 'a\tJohn Smith\nSecretname\n' >bad.tsv
names 2 --sets bad.tsv
has err 'record 2'
has_not err Secretname
printf 'hello {Secretslot}\n' >bad.txt
names 2 --templates bad.txt --sets own.tsv
has err 'record 1'
has_not err Secretslot
: >empty.tsv
names 2 --sets empty.tsv
names 2 --sets absent.tsv
names 2 --names none
names 2 --deals 0
names 2 extra
names 0 --help
has out 'usage: cordon eval names'
exit $failed
