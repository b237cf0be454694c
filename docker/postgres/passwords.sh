#!/bin/sh
# Gives the two roles their passwords. Run once by the PostgreSQL image, after roles.sql.
set -eu
secrets=${SECRETS:-/run/secrets}
psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
    --set app="$(cat "$secrets/app_password")" --set owner="$(cat "$secrets/owner_password")" <<'SQL'
ALTER ROLE redress_app PASSWORD :'app';
ALTER ROLE redress_owner PASSWORD :'owner';
SQL
