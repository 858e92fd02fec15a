# Reads layers.txt, then code, and reports includes that its lines do not allow.
FILENAME == layers {
    sub(/#.*/, "")
    if (split($0, part, ":") < 2) next
    gsub(/[ \t]/, "", part[1])
    known[part[1]] = 1
    may[part[1] "/" part[1]] = 1
    n = split(part[2], below, " ")
    for (i = 1; i <= n; i++) {
        if (!(below[i] in known)) {
            print FILENAME ":" FNR ": " part[1] " names " below[i] ", which does not stand above it"
            found = 1
        }
        may[part[1] "/" below[i]] = 1
    }
    next
}
code ~ /^[ \t]*#[ \t]*include/ {
    split(FILENAME, path, "/")
    folder = path[2]
    if (!(folder in known)) {
        print FILENAME ":" FNR ": folder " folder " has no line in layers.txt"
        found = 1
    }
    name = code
    quoted = name ~ /"/
    sub(/^[^"<]*["<]/, "", name)
    sub(/[">].*/, "", name)
    split(name, to, "/")
    if (name !~ /\//) {
        # Only what the build makes (and the system) is named without a folder.
        if (quoted && !(name in made)) {
            print FILENAME ":" FNR ": \"" name "\" is included without its folder"
            found = 1
        }
        next
    }
    if (name ~ /[\/_]inside\.h$/ && to[1] != folder) {
        print FILENAME ":" FNR ": " name " is for the files of " to[1] " alone"
        found = 1
    }
    if ((quoted || to[1] in known) && !((folder "/" to[1]) in may)) {
        print FILENAME ":" FNR ": " folder " may not use " to[1] " (" name ")"
        found = 1
    }
}
BEGIN { n = split(made_names, list, " "); for (i = 1; i <= n; i++) made[list[i]] = 1 }
END { exit found }
