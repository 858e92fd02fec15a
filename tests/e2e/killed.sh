# A run that is stopped leaves nothing half-written, and the next run sweeps what a killed one left.
. "$(dirname "$0")/lib.sh"
mkfifo feed
line='{"id":"1","text":"Patient John Smith was seen on 03/12/2021."}'

# start ARGS: a run that reads from the fifo and waits for more; $pid is its process.
start() {
    "$CORDON" deid -q --format jsonl --jobs 2 "$@" >stdout 2>err &
    pid=$!
    exec 9>feed
    yes "$line" | head -20000 >&9
}
wait_for() { # a condition, for at most ten seconds
    i=0
    until eval "$1"; do
        i=$((i + 1))
        [ $i -lt 100 ] || { fail "waited too long for: $1"; return 1; }
        sleep 0.1
    done
}
for signal in TERM INT HUP; do
    # A shell without job control starts background commands with SIGINT ignored.
    [ $signal = INT ] && continue
    # Under nohup all of this ignores SIGHUP, and a run that waits for its feed would rightly go on.
    case $signal$(awk '/^SigIgn:/ { print substr($2, length($2)) }' /proc/self/status) in
    HUP[13579bdf]) continue ;;
    esac
    start feed -o clean.jsonl
    wait_for 'ls .cordon-* >/dev/null 2>&1'
    kill -$signal $pid
    wait $pid
    status=$?
    [ $status -gt 128 ] || fail "SIG$signal: exit status $status"
    exec 9>&-
    absent clean.jsonl
    no_temporaries
    [ -s err ] && fail "SIG$signal: said something: $(head -1 err)"
done

# Waiting to open a fifo that nobody writes to.
"$CORDON" deid -q feed -o clean.jsonl 2>err &
pid=$!
wait_for 'ls .cordon-* >/dev/null 2>&1'
kill -TERM $pid
wait $pid
[ $? -gt 128 ] || fail "SIGTERM while opening: exit status"
absent clean.jsonl
no_temporaries

# Killed without a chance to clean up.
start feed -o clean.jsonl
wait_for 'ls .cordon-* >/dev/null 2>&1'
kill -KILL $pid
wait $pid 2>/dev/null
exec 9>&-
absent clean.jsonl
ls .cordon-* >/dev/null 2>&1 || fail "nothing to sweep"
echo mine >.cordon
echo mine >.cordon-policy.yaml # whatever it is, no run wrote it
touch -d '1 hour ago' .cordon-policy.yaml
note >note.txt

# The next run sweeps it, but never a temporary of a run that is alive.
start feed -o other.jsonl
wait_for '[ "$(ls -d .cordon-*.tmp 2>/dev/null | wc -l)" -eq 1 ]'
deid 0 -q note.txt -o clean.txt
[ "$(ls -d .cordon-*.tmp 2>/dev/null | wc -l)" -eq 1 ] || fail "the living run's temporary is gone"
exec 9>&-
wait $pid
[ $? -eq 0 ] || fail "the living run failed"
present other.jsonl
present clean.txt
present .cordon
present .cordon-policy.yaml
rm .cordon .cordon-policy.yaml
no_temporaries

# A reader that has seen enough.
yes "$line" | head -50000 | { "$CORDON" deid -q --format jsonl - 2>err; echo $? >status; } | head -1 >out
[ "$(wc -l <out)" -eq 1 ] || fail "no first line"
[ -s err ] && fail "a broken pipe was not quiet"
[ "$(cat status)" -eq 141 ] || fail "a broken pipe: exit status $(cat status)"
done_testing
