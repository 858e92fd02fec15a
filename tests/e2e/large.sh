# Lines and files without end: refused, flat in memory, the rest done.
. "$(dirname "$0")/lib.sh"
megabytes=${CORDON_LARGE_MB:-2048}
limit_kb=1048576
case "$(nm -D "$CORDON" 2>/dev/null; ldd "$CORDON" 2>/dev/null)" in
*asan* | *tsan*) megabytes=200 limit_kb=unlimited ;; # a sanitizer reserves terabytes
esac

# A line of 2 GB between two short ones.
{
    printf '{"id":"1","text":"Patient John Smith"}\n{"id":"2","text":"'
    yes 'some words of a very long line' | tr '\n' ' ' | head -c ${megabytes}000000
    printf '"}\n{"id":"3","text":"Patient John Smith"}\n'
} | (
    ulimit -v $limit_kb
    "$CORDON" deid -q --style mask --jobs 1 --format jsonl - >out 2>err
    echo $? >status
)
[ "$(cat status)" -eq 3 ] || fail "exit status $(cat status)"
[ "$(wc -l <out)" -eq 2 ] || fail "the lines before and after are not both there"
has err "input 1, record 2"
[ "$(wc -l <err)" -eq 1 ] || fail "more than one failure"

# A text without end.
yes 'Patient John Smith was here.' | head -c 100000000 | (
    ulimit -v $limit_kb
    "$CORDON" deid -q --format text - -o big.txt >out 2>err
    echo $? >status
)
[ "$(cat status)" -eq 3 ] || fail "a text over the limit: exit status $(cat status)"
absent big.txt
has err "larger than"

# A record within the size, made of signs alone: refused before its memory is taken, the rest done.
{
    printf '{"id":"1","text":"Patient John Smith"}\n{"id":"2","text":"'
    head -c 15000000 /dev/zero | tr '\0' ','
    printf '"}\n{"id":"3","text":"Patient John Smith"}\n'
} >signs.jsonl
deid 3 -q --style mask --jobs 1 --format jsonl signs.jsonl
[ "$(wc -l <out)" -eq 2 ] || fail "the lines around the dense one are not both there"
has err "too many words, signs or identifiers for one record"

# Many lines: memory does not grow with them.
if [ "$limit_kb" != unlimited ]; then
    # 64 MB of address space beyond what a small run needs would be noticed: 40 MB of lines in a
    # process that may have 160 MB in all.
    awk 'BEGIN { for (i = 1; i <= 300000; i++)
        printf "{\"id\":\"%d\",\"text\":\"Patient John Smith was seen on 03/12/2021 for a follow-up of hypertension.\"}\n", i }' | (
        ulimit -v 163840
        "$CORDON" deid -q --style mask --jobs 1 --format jsonl - 2>err | wc -l >lines
    )
    [ "$(cat lines)" -eq 300000 ] || fail "lines are missing: $(cat lines)"
fi

deid 0 -q --max-document 1K --format jsonl - <<END
{"id":"1","text":"short"}
END
head -c 2000 /dev/zero | tr '\0' 'a' >long.txt
deid 3 -q --max-document 1K long.txt
deid 0 -q --max-document 4K long.txt
no_temporaries
done_testing
