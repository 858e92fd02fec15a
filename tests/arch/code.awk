# C code with every comment blanked, and every string unless keep_strings is set: sets `code` for each
# line. Used as `awk -f code.awk -f RULE.awk FILES`; the state begins anew with each file.
FNR == 1 { comment = 0 }
{
    code = ""; rest = $0
    while (rest != "") {
        if (comment) {
            at = index(rest, "*/")
            if (!at) break
            rest = substr(rest, at + 2); comment = 0
            code = code " "
            continue
        }
        if (!match(rest, /\/\/|\/\*|"|'/)) { code = code rest; break }
        code = code substr(rest, 1, RSTART - 1)
        mark = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        if (mark == "//") break
        if (mark == "/*") { comment = 1; continue }
        inside = ""
        while (rest != "" && substr(rest, 1, 1) != mark) { # up to the closing quote, over escapes
            n = substr(rest, 1, 1) == "\\" ? 2 : 1
            inside = inside substr(rest, 1, n)
            rest = substr(rest, n + 1)
        }
        rest = substr(rest, 2)
        code = code mark (keep_strings ? inside : "") mark
    }
}
