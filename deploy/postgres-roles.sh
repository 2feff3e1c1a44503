#!/bin/sh
# Run once by the PostgreSQL image on an empty volume: the two logins of docs/configuration.md.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    -v owner="$(cat /run/secrets/owner-password)" -v app="$(cat /run/secrets/app-password)" <<'SQL'
CREATE ROLE quiver_app LOGIN PASSWORD :'app';
CREATE ROLE quiver_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE DATABASE quiver OWNER quiver_owner ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE quiver FROM PUBLIC;
SQL
