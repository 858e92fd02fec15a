# Reports each use of a word of `words` (an alternation) as a name of its own: no part of a longer name,
# no member of a struct. Lines read "PATH:LINE: WHY: WORD". Exit 1 when there was one.
BEGIN { use = "(^|[^A-Za-z0-9_.>])(" words ")($|[^A-Za-z0-9_])" }
{
    line = code
    while (match(line, use)) {
        word = substr(line, RSTART, RLENGTH)
        gsub(/[^A-Za-z0-9_]/, "", word)
        print FILENAME ":" FNR ": " why ": " word
        found = 1
        line = substr(line, RSTART + RLENGTH - 1)
    }
}
END { exit found }
