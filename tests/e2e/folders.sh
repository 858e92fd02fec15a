# Folders: same tree, names without identifiers, collisions, overlaps.
. "$(dirname "$0")/lib.sh"
mkdir -p in/ward/deep in/SMITH_JOHN
note >in/report.txt
note >in/ward/report.txt
note >in/ward/deep/list.txt
note >in/SMITH_JOHN/note.txt
note >in/ward/SMITH_JOHN_00482913.txt
note >in/ward/LOPEZ_MARIA_00482914.txt
echo hidden >in/.hidden
ln -s report.txt in/link.txt
mkfifo in/ward/pipe.txt
printf '{"id":"1","text":"Patient John Smith"}\n' >in/ward/notes.jsonl

deid 0 --style mask in -o out1
present out1/report.txt
present out1/ward/report.txt
present out1/ward/deep/list.txt
present out1/ward/notes.jsonl
absent out1/.hidden
[ "$(find out1 -type f | wc -l)" -eq 7 ] || fail "not a file for a file"
find out1 >names
has_not names "SMITH"
has_not names "LOPEZ"
has_not names "00482913"
has err "could not keep the name of their input: 3"
has err "not read: 3 in folders"
has_not err "held files before"
grep -rq "John Smith" out1 && fail "a name is left in the folder"
deid 0 -q --style mask in/ward/deep/list.txt
same out out1/ward/deep/list.txt

deid 0 -q --keep-names in -o kept/
present kept/SMITH_JOHN/note.txt
present kept/ward/SMITH_JOHN_00482913.txt

# Several files of one name in one folder.
deid 0 -q in/report.txt in/ward/report.txt -o flat
present flat/report.txt
present flat/report-2.txt

# What can't be meant is refused before anything is written.
deid 2 in
deid 2 in -o in/clean
absent in/clean
deid 2 in -o in
deid 2 in/ward -o in/ward/deep/../x
deid 2 in/report.txt in/ward/report.txt -o in/ward
deid 2 in/report.txt in/ward/report.txt -o in/report.txt
same in/report.txt in/ward/report.txt
mkdir other
(cd other && deid 2 ../in -o ../in/ward)

# Existing outputs are kept, and the rest is done.
mkdir again
echo precious >again/report.txt
deid 3 in/report.txt in/ward/notes.jsonl -o again
has again/report.txt precious
present again/notes.jsonl
has err "^cordon deid: input 1: "
has err "the output folder held files before"
deid 0 --force in/report.txt in/ward/notes.jsonl -o again
has_not again/report.txt precious

# detect reads folders into one stream.
detect 0 -q in
[ "$(wc -l <out)" -eq 7 ] || fail "detect: not a line a text"
detect 2 in -o out1

# A folder that can't be read: reported, the rest is done.
mkdir in/locked
note >in/locked/x.txt
chmod 000 in/locked
if [ "$(id -u)" -ne 0 ]; then
    deid 3 -q in -o partly
elif command -v setpriv >/dev/null; then
    chmod 755 "$tmp"
    mkdir partly
    chmod 777 partly
    setpriv --reuid=65534 --regid=65534 --clear-groups "$CORDON" deid -q in -o partly >out 2>err
    status=$?
    [ $status -eq 126 ] || [ $status -eq 127 ] || [ $status -eq 3 ] || fail "locked folder: status $status"
fi
if [ -s err ]; then
    has_not err "locked"
fi
chmod 755 in/locked
no_temporaries
done_testing
