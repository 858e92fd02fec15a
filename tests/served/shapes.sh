# Ollama, vLLM and llama-server, each in the shape in which it answers (shapes/README.md).
. "$(dirname "$0")/../e2e/lib.sh"
. "$(dirname "$0")/lib_served.sh"

small_schema
echo '{"Edema":{"status":"present","quote":"edema of @CASE@"}}' >answer
printf '{"id":"r%d","text":"FINDINGS: The heart is normal. There is edema of case-%d."}\n' 1 1 12 12 >reports.jsonl
printf '{"id":"r3","text":"FINDINGS: The heart is normal. There is edema of case-13."}\n' >>reports.jsonl
extract() {
    want_status=$1 endpoint=$2
    shift 2
    : >log
    run "$want_status" "$CORDON" extract --schema small.yaml --engine http --endpoint "$endpoint" "$@" reports.jsonl
}
is_read() {
    has out '"id":"r1","state":"read","findings":{"Edema":{"status":"present","evidence":\[{"start":40,"end":55}\]'
    has out '"id":"r12","state":"read"'
}

# llama-server: busy while it loads; its list of models has the one model twice.
extract 0 "$at/llama"
is_read
has err 'qwen2.5-7b-instruct-q4_k_m.gguf'
has log '"response_format":{"type":"json_schema"'
extract 2 "$at/llama" --model llama9
has err 'no model of that name'

# vLLM: a report that is too long for it is refused, and the others are read.
extract 3 "$at/vllm"
is_read
has err 'Qwen/Qwen2.5-7B-Instruct'
has out '"state":"failed","findings":{}'
has err 'record 3'
has_not err case-13
has log '"response_format":{"type":"json_schema"'
has log '"max_tokens":'
extract 2 "$at/vllm" --model llama9
has err 'no model of that name'

# Ollama by its own interface: room for the report is asked for, and no thinking aloud.
extract 3 "$at/api"
is_read
has out '"state":"failed","findings":{}'
has err 'qwen2.5:7b'
has log '"stream":false,"think":false,"truncate":false,"shift":false,"options":{"temperature":0,"seed":0,"num_ctx":[0-9]*,"num_predict":[0-9]*},"format":{"type":"object"'
has_not log response_format
extract 2 "$at/api/" --model llama9
has err 'no model of that name'
extract 2 "$at/api" --constrain grammar
has err 'Ollama takes a schema'
extract 3 "$at/api" --constrain none
is_read
has_not log '"format"'

# The other interface of Ollama where it was named; where none was, its own.
extract 0 "$at/v1"
is_read
has log '"response_format"'
has_not log num_ctx
extract 3 "$at"
is_read
has log num_ctx
[ "$(grep -c response_format log)" -eq 1 ] || fail "more than the sample went to the interface that cuts off"
[ "$(grep -c 'case-12.*num_ctx' log)" -eq 1 ] || fail "a report did not go to its own interface"

# The second reader by the same ways.
echo '{"found":[{"words":"lamplighter","kind":"other"}]}' >answer
echo "The lamplighter came to John Smith." >note.txt
for endpoint in "$at/llama" "$at/vllm" "$at/api" "$at"; do
    : >log
    deid 0 -q --style mask --reader "$endpoint" note.txt
    has out 'The \[ID\] came'
    has log 'came to \[REMOVED\]' # as the instructions name it
done
done_testing
