# A model's server behind TLS with certificates of a house's own authority: who is trusted, and who is not.
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/lib_served.sh"
here=$(cd "$(dirname "$0")" && pwd)
fronts=
trap 'kill $server $fronts 2>/dev/null; chmod -R u+rwx "$tmp" 2>/dev/null; rm -rf "$tmp"' EXIT

authority() { # NAME
    openssl req -x509 -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.pem" -days 2 -subj "/CN=$1" \
        -addext basicConstraints=critical,CA:TRUE >openssl.log 2>&1 || { cat openssl.log; exit 1; }
}
certificate() { # NAME AUTHORITY SUBJECT-ALTERNATIVE-NAME DAYS
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1" >openssl.log 2>&1 &&
        printf 'subjectAltName=%s\n' "$3" >"$1.ext" &&
        openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days "$4" -extfile "$1.ext" \
            -out "$1.pem" >openssl.log 2>&1 || { cat openssl.log; exit 1; }
}
front() { # CERTIFICATE: $secure is the address
    python3 "$here/tls_front.py" "$1.port" "$1.pem" "$1.key" "$(cat port)" &
    fronts="$fronts $!"
    tries=0
    while [ ! -s "$1.port" ]; do
        tries=$((tries + 1))
        [ $tries -lt 3000 ] || { echo "TLS did not start"; exit 1; }
        sleep 0.01
    done
    secure=https://127.0.0.1:$(cat "$1.port")
}
extract() {
    want_status=$1 endpoint=$2
    shift 2
    : >log
    run "$want_status" "$CORDON" extract --quiet --schema small.yaml --engine http --endpoint "$endpoint/good/v1" "$@" \
        reports.jsonl
}
refused() { # ENDPOINT OPTION...: nothing is written, and the server was asked nothing
    at_refused=$1
    shift
    extract 3 "$at_refused" "$@"
    has err 'certificate'
    [ ! -s out ] || fail "something was written"
    [ ! -s log ] || fail "something was sent"
}

small_schema
echo '{"Edema":{"status":"present","quote":"edema of @CASE@"}}' >answer
i=0
while [ $i -lt 8 ]; do
    i=$((i + 1))
    printf '{"id":"r%d","text":"FINDINGS: The heart is normal. There is edema of case-%d."}\n' $i $i
done >reports.jsonl
authority house
authority stranger
certificate right house IP:127.0.0.1,DNS:localhost 2
certificate elsewhere house DNS:model.hospital.example 2
certificate late house IP:127.0.0.1,DNS:localhost -1

# With the house's authority: the same answers as without TLS, for one and for many at once.
extract 0 "$at"
mv out plain
front right
for jobs in 1 4; do
    extract 0 "$secure" --ca-file house.pem --jobs $jobs
    same out plain
done
extract 0 "https://localhost:$(cat right.port)" --ca-file house.pem
same out plain

# Nobody else is trusted: not the system's authorities for it, not another's, not no one's.
refused "$secure"
refused "$secure" --ca-file stranger.pem
refused "$secure" --allow-public --ca-file stranger.pem
extract 2 "$secure" --ca-file small.yaml # holds no certificate
has err 'file of certificates'
extract 2 "$secure" --ca-file missing.pem
has err 'file of certificates'
[ ! -s log ] || fail "something was sent"

# Not a certificate of the house for another server, nor one that is out of date.
front elsewhere
refused "$secure" --ca-file house.pem
front late
refused "$secure" --ca-file house.pem

# TLS where none is spoken, and none where it is.
extract 3 "https://127.0.0.1:$(cat port)" --ca-file house.pem
has err 'does not speak TLS'
[ ! -s out ] || fail "something was written"
extract 3 "http://127.0.0.1:$(cat right.port)"
[ ! -s out ] || fail "something was written"

# The second reader by the same way.
echo '{"found":[{"words":"lamplighter","kind":"other"}]}' >answer
echo "The lamplighter came." >note.txt
secure=https://127.0.0.1:$(cat right.port)
deid 0 -q --style mask --reader "$secure/good" --ca-file house.pem note.txt
has out 'The \[ID\] came'
: >log
deid 3 --reader "$secure/good" --ca-file stranger.pem note.txt
[ ! -s out ] && [ ! -s log ] || fail "a stranger was trusted"
done_testing
