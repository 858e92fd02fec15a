# Shared by the tests of served models: starts $FAKE_SERVER in the test's folder. $at is its address, ./answer
# what its model says, ./log what it was asked.
: "${FAKE_SERVER:?set FAKE_SERVER to the server of the tests}"
: >answer
: >log
"$FAKE_SERVER" port answer log "$SHAPES" &
server=$!
trap 'kill $server 2>/dev/null; chmod -R u+rwx "$tmp" 2>/dev/null; rm -rf "$tmp"' EXIT
tries=0
while [ ! -s port ]; do
    tries=$((tries + 1))
    [ $tries -lt 3000 ] || { echo "the server did not start"; exit 1; }
    kill -0 $server || { echo "the server ended"; exit 1; }
    sleep 0.01
done
at=http://127.0.0.1:$(cat port)

# A schema of one finding, as small.yaml.
small_schema() {
    cat >small.yaml <<'YAML'
schema: small
version: 1
title: one finding
reads: radiology
about: [heart, lung*]
findings:
  - name: Edema
    question: Is there edema?
    find: [edema]
YAML
}
