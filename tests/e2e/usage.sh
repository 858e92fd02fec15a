# Options, help, keys, profiles: what is wrong use, and what is said about it.
. "$(dirname "$0")/lib.sh"
note >note.txt
run 0 "$CORDON" --version
has out '^cordon [0-9]*\.[0-9]*\.[0-9]*$'
run 0 "$CORDON" --help
cp out help
for command in agree deid detect extract eval key site train; do
    has help "^  $command "
    run 0 "$CORDON" $command --help
    has out "usage: cordon $command"
    has out "^  cordon "
    [ -s err ] && fail "$command --help writes to standard error"
    if LC_ALL=C awk '{ gsub(/[\200-\277]/, "") } length($0) > 100 { exit 1 }' out; then :; else fail "$command --help is wider than 100 columns"; fi
done
run 0 "$CORDON" help deid
has out "usage: cordon deid"
run 2 "$CORDON"
run 2 "$CORDON" nonsense
[ -s out ] && fail "wrong use writes to standard output"

deid 2 --profil expert note.txt
has err "did you mean --profile"
deid 2 --stlye mask note.txt
has err "did you mean --style"
deid 2 --style blur note.txt
has err "mask tag surrogate"
deid 2 --jobs 0 note.txt
deid 2 --jobs
deid 2 --max-document 5X note.txt
deid 2 --quiet=yes note.txt
deid 2 -Z note.txt
deid 0 -qsmask note.txt
cp out want
deid 0 -q -s mask -- note.txt
same out want
cp note.txt ./-dash.txt
deid 0 -q -s mask -- -dash.txt
same out want

# Keys.
run 0 "$CORDON" key new study.key
has out '^id       [0-9A-Z]\{8\}$'
has out '^created  [0-9]\{4\}-'
[ "$(stat -c %a study.key)" = 600 ] || fail "a key that others can read"
cp study.key before
run 2 "$CORDON" key new study.key
same study.key before
run 0 "$CORDON" key show study.key
secret=$(sed -n 's/^secret //p' study.key)
has_not out "$secret"
has_not err "$secret"
chmod 644 study.key
run 2 "$CORDON" key show study.key
deid 2 --profile expert --key study.key note.txt
chmod 600 study.key
sed 's/^scheme .*/scheme 9/' study.key >later.key
chmod 600 later.key
run 2 "$CORDON" key show later.key
run 2 "$CORDON" key show missing.key
run 2 "$CORDON" key
run 2 "$CORDON" key burn study.key

# Profiles: what contradicts the claim is refused, with the reason.
deid 2 --profile safe-harbor --key study.key note.txt
has err "164.514(c)(1)"
deid 2 --profile expert note.txt
has err "cordon key new"
deid 2 --profile transport note.txt
deid 2 --profile transport --key study.key --style mask note.txt
deid 0 --profile expert --key study.key note.txt
has err "claim: none by itself"
has err "key [0-9A-Z]\{8\}"
cp out first
deid 0 --profile expert --key study.key note.txt
same out first
deid 0 --profile limited note.txt
has out "03/12/2021"
has_not out "John Smith"
has err "claim: limited data set"
deid 0 --profile transport --key study.key note.txt
has_not out "John Smith"

# --diff shows both, writes nothing, and has no colour in a pipe.
deid 0 -q --diff note.txt
has out '^- Patient John Smith'
has out '^+ Patient '
grep -q "$(printf '\033')" out && fail "colour in a pipe"
deid 0 -q --diff=side note.txt
has out ' | '
printf 'Patient John Smith \033]0;title\007 seen 03/12/2021\n' >escape.txt
deid 0 -q --diff escape.txt
grep -q "$(printf '\033')" out && fail "an escape sequence reaches the terminal"
deid 2 --diff note.txt -o x.txt
done_testing
