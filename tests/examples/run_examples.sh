# run_examples.sh FILE...: runs the examples of manual pages and Markdown files and compares what they
# print. An example is a "```console" block, or ".Bd -literal" in mdoc, of "$ command" lines, each
# followed by its output (both streams). The commands of one file run in one folder that has a copy of
# examples/, so that a later one may use what an earlier one made. Times, random tags, key ids and days are
# compared as patterns. With UPDATE=1 the files are rewritten to show what is printed now.
set -u
: "${CORDON:?set CORDON to the program under test}"
root=$(cd "$(dirname "$0")/../.." && pwd)
tmp=$(mktemp -d) || exit 1
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin"
ln -s "$(realpath "$CORDON")" "$tmp/bin/cordon"
PATH=$tmp/bin:$PATH
unset NO_COLOR COLUMNS
export PATH LC_ALL=C.UTF-8
failed=0 run=0

vague() {
    sed -E 's/[0-9]+\.[0-9]+ s, [0-9.]+ (bytes|[KMGT]B)\/s/TIME/
            s/-[0-9A-Z]{4,6}\]/-TAGS]/g
            s/^(id +)[0-9A-Z]{8}$/\1KEYKEYID/
            s/^(created +)[0-9TZ:-]+$/\1DATE/
            s/^(  "on":)"[0-9-]{10}"/\1"DATE"/
            s/^lexicon [0-9a-f]+$/lexicon HASH/' "$1"
}

# again DOCUMENT: the document as it would read if it were written now.
again() {
    inside=no
    while IFS= read -r line; do
        case $inside,$line in
        no,'```console' | no,'.Bd -literal'*) inside=yes ;;
        yes,'```' | yes,'.Ed') inside=no ;;
        yes,'$ '*)
            printf '%s\n' "$line"
            echo x >>"$tmp/count"
            (cd "$work" && eval "${line#'$ '}" </dev/null) 2>&1 | sed "$escape"
            continue
            ;;
        yes,*) continue ;; # what was printed before
        esac
        printf '%s\n' "$line"
    done <"$1"
}

for document; do
    work=$tmp/work
    rm -rf "$work"
    mkdir "$work"
    cp -R "$root/examples" "$work/"
    chmod 600 "$work/examples/example.key"
    case $document in
    *.[1-8]) escape='s/\\/\\e/g; s/^[.'\'']/\\\&&/' ;;
    *) escape= ;;
    esac
    : >"$tmp/count"
    again "$document" >"$tmp/now"
    run=$((run + $(wc -l <"$tmp/count")))
    vague "$document" >"$tmp/want"
    vague "$tmp/now" >"$tmp/got"
    cmp -s "$tmp/want" "$tmp/got" && continue
    if [ -n "${UPDATE:-}" ]; then
        cp "$tmp/now" "$document"
        echo "updated: $document"
        continue
    fi
    echo "FAILED: $document shows (-) what is not printed now (+); UPDATE=1 rewrites it"
    diff -u "$tmp/want" "$tmp/got" | sed 1,2d
    failed=$((failed + 1))
done

# The two forms of the example notes say the same.
for note in "$root"/examples/notes/*.txt; do
    name=$(basename "$note" .txt)
    "$CORDON" detect -q "$note" | sed 's/^{"id":"[^"]*"//' >"$tmp/by_text"
    grep "^{\"id\": \"$name\"" "$root/examples/notes.jsonl" |
        "$CORDON" detect -q --format jsonl - | sed 's/^{"id":"[^"]*"//' >"$tmp/by_line"
    cmp -s "$tmp/by_text" "$tmp/by_line" && continue
    echo "FAILED: examples/notes.jsonl and examples/notes/$name.txt differ"
    failed=$((failed + 1))
done
echo "$run examples in $# documents, $failed failures"
[ "$run" -gt 0 ] && [ "$failed" -eq 0 ]
