#!/bin/sh
# Asks a running demo everything it answers, and fails when an answer is not the expected one:
#
#   ./transcript.sh http://localhost:8080 transcript.txt            (transcript-cookie.txt for the profile cookie)
#
# Tokens, ids, times and server dates are left out. With a third argument "write", the answers become the expected ones.
set -eu

url=${1:-http://localhost:8080}
expected=${2:-$(dirname "$0")/transcript.txt}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# visitor method path [curl options]: each visitor is a browser with its own cookies.
as() {
    visitor=$1 method=$2 path=$3
    shift 3
    printf '%s$ curl -i -X %s' "$visitor" "$method"
    [ $# = 0 ] || printf " '%s'" "$@"
    printf " '%s'\n" "$path"
    curl --silent --show-error --max-time 30 --include --request "$method" \
        --cookie "$work/$visitor" --cookie-jar "$work/$visitor" "$@" "$url$path" | shown
    printf '\n\n'
}

shown() {
    tr -d '\r' | awk '
        body { print; next }
        /^$/ { body = 1; print; next }
        /^HTTP/ || tolower($1) ~ /^(set-cookie|cache-control|vary|content-type|allow|www-authenticate):$/ { print }'
}

masked() {
    sed -E -e 's/session=[A-Za-z0-9_-]{40,}/session=…/' \
        -e 's/Expires=[^;]+/Expires=…/' \
        -e 's/[0-9a-f]{32}/…id…/g' \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z/…time…/g'
}

quietly() {
    as "$@" > "$work/quiet"
}

# The id of one of the sessions of a visitor's user: the current one, or another.
session_of() {
    curl --silent --cookie "$work/$1" "$url/account/sessions" | tr '}' '\n' | grep "\"current\":$2" | grep -oE '[0-9a-f]{32}' | head -n 1
}

logs_in() {
    quietly "$1" GET /login
    quietly "$1" POST /login -d "username=$2" -d password=secret
}

# Waits for a line in a file, for half a minute at most.
eventually() {
    tries=0
    until grep -q "$1" "$2" || [ "$tries" = 300 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
}

# The parts of an event arrive one by one; an empty line ends it. Waits for half a minute at most.
eventually_whole_event() {
    for _ in $(seq 300); do
        if sed '1,/^data:/d' "$1" | grep -q '^$'; then
            return
        fi
        sleep 0.1
    done
}

# What a visitor is told of its own sessions while it counts.
told_while_counting() {
    : > "$work/events"
    curl --silent --no-buffer --max-time 70 --cookie "$work/$1" "$url/events" > "$work/events" &
    listener=$!
    eventually '^:' "$work/events"
    quietly "$1" GET /counter
    eventually_whole_event "$work/events"
    kill "$listener"
    wait "$listener" 2>/dev/null || true
    printf "%s\$ curl -N '/events'\n" "$1"
    sed -n '/^event:/p;/^data:/p' "$work/events"
    printf '\n'
}

everything() {
    as anna GET /untouched
    as anna GET /cart
    as anna GET '/cart?add-product=foo'
    as anna GET '/cart?add-product=bar'
    as anna GET '/cart?remove-product=absent'
    as anna GET '/cart?remove-product=foo'
    as anna GET '/cart?remove-product=bar'
    as anna GET /counter
    as anna GET /counter
    as anna GET /untouched
    as anna POST /comments
    as anna POST /comments

    as anna PUT /attributes/colour -H 'Content-Type: text/plain' -d green
    as anna GET /attributes/colour
    as anna GET /attributes/absent
    as anna GET /attributes
    as anna DELETE /attributes/colour
    as anna DELETE /attributes/colour
    as anna PUT /attributes/_colour -H 'Content-Type: text/plain' -d green

    as anna POST /notice -H 'Content-Type: text/plain' -d saved
    as anna GET /notice
    as anna GET /notice
    as anna PUT /draft -H 'Content-Type: text/plain' -d begun

    as fresh POST /login -d username=alice -d password=secret
    as alice GET /login
    as alice POST /login -d username=alice -d password=wrong
    as alice POST /login -d username=alice -d password=secret
    as alice PUT /draft -H 'Content-Type: text/plain' -d begun
    as anna GET /account/sessions
    as alice GET /account/sessions
    told_while_counting alice

    logs_in second alice
    logs_in bob bob
    as alice DELETE "/account/sessions/$(session_of bob true)"
    as alice DELETE /account/sessions/nonsense
    as alice DELETE /account/sessions
    as second GET /account
    as alice GET /account
    as bob DELETE "/account/sessions/$(session_of bob true)"
    as bob GET /account

    as cron GET /sessions/purge
    as cron POST /sessions/purge
    as cron POST /sessions/purge -H 'Authorization: Bearer wrong'
    quietly cron POST /sessions/purge -H 'Authorization: Bearer demo'
    as cron POST /sessions/purge -H 'Authorization: Bearer demo'

    as anna DELETE /session
    as anna GET /counter
    as alice POST /logout
    as alice POST /logout
    as alice GET /account
}

curl --silent --show-error --fail --output "$work/quiet" "$url/untouched"
everything | masked > "$work/transcript"
if [ "${3:-}" = write ]; then
    cp "$work/transcript" "$expected"
fi
diff -u "$expected" "$work/transcript"
echo "as expected: $(grep -c '\$ curl' "$work/transcript") answers"
