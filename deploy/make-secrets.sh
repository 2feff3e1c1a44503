#!/bin/sh
# Makes the secrets that compose.yaml names, once: what is there already stays. Keep a copy elsewhere.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
chmod 700 secrets # the files are read by the users of the containers, who come in past the folder

make_once() { # name, and on standard input its content
    if [ -e "secrets/$1" ]; then cat > /dev/null; else cat > "secrets/$1"; chmod 444 "secrets/$1"; fi
}
random() { od -An -N32 -tx1 /dev/urandom | tr -d ' \n'; }

for name in secret-key metrics-token postgres-password owner-password app-password; do
    random | make_once "$name"
done
printf '%s:%s' "$(date +%Y)" "$(head -c 32 /dev/urandom | base64 | tr -d '\n')" | make_once data-keys
printf 'postgresql://quiver_app:%s@postgres:5432/quiver' "$(cat secrets/app-password)" | make_once database-url
printf 'postgresql://quiver_owner:%s@postgres:5432/quiver' "$(cat secrets/owner-password)" | make_once database-owner-url
