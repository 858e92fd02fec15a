# De-identifying what is de-identified: masks and tags are never touched again, and the tables of
# tests/golden give the same bytes twice. Surrogates are found again where a value was replaced.
. "$(dirname "$0")/lib.sh"
golden=${GOLDEN:?the folder of the tables}

# The first column of each row as a JSON line: its escapes are those of JSON.
cat "$golden"/*.txt | sed -e '/^#/d' -e '/\t/!d' -e 's/\t.*//' -e 's/^~//' -e 's/^\\#/#/' -e 's/"/\\"/g' \
    -e 's/.*/{"text":"&"}/' >rows.jsonl
[ "$(wc -l <rows.jsonl)" -gt 2000 ] || fail "the rows were not read"
"${NOTEGEN:?}" -n 500 -s 3 --data "${NOTEGEN_DATA:?}" >notes.jsonl 2>err || fail "no notes"

# placeholders FILE: all of them, a line each, sorted.
placeholders() {
    grep -o '\[[A-Z]*\(-[0-9A-Z]*\)\{0,1\}\]' "$1" | sort
}
for style in mask tag; do
    for texts in rows notes; do
        deid 0 -q --format jsonl --style $style $texts.jsonl -o $texts.$style.once
        deid 0 -q --format jsonl --style $style $texts.$style.once -o $texts.$style.twice
        placeholders $texts.$style.once >once
        placeholders $texts.$style.twice >twice
        [ "$(comm -23 once twice | wc -l)" -eq 0 ] || fail "$style, $texts: a placeholder was replaced"
    done
    cmp rows.$style.once rows.$style.twice || fail "$style: rows of the tables differ"
    # In notes full of slips a second look may find what the first left, where a placeholder now stands
    # beside it: two texts of a hundred at most.
    more=$(diff notes.$style.once notes.$style.twice | grep -c '^>')
    [ "$more" -le 10 ] || fail "$style: $more of 500 notes differ"
done

# numbers FILE: how many findings with digits of their own, of kinds that need no list of names.
numbers() {
    "$CORDON" detect -q --format jsonl "$1" | grep -oE '"label":"(PHONE|FAX|EMAIL|SSN|MRN|ID|URL|IP)"' | wc -l
}
run 0 "$CORDON" key new key
deid 0 -q --format jsonl --profile transport --style surrogate --key key notes.jsonl -o surrogates.jsonl
before=$(numbers notes.jsonl) after=$(numbers surrogates.jsonl)
[ "$((after * 100))" -ge "$((before * 97))" ] || fail "of $before numbers, $after are found as surrogates"
done_testing
