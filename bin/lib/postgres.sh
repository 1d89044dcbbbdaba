# A PostgreSQL of our own for a test run: empty, on a free port, gone at the end. Sourced after common.sh;
# whoever starts it stops it in a trap.

postgres_folder=

# PostgreSQL refuses to run as root.
as_postgres() {
  if ((EUID)); then "$@"; else runuser -u postgres -- "$@"; fi
}

start_postgres() {
  local programs port
  programs=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
  pg_ctl=$programs/pg_ctl
  port=$(free_port)
  postgres_folder=$(mktemp -d "${TMPDIR:-/tmp}/tounesna-postgres.XXXXXX")
  ((EUID)) || chown postgres "$postgres_folder"

  cd "$postgres_folder"
  as_postgres "$programs/initdb" --pgdata data --username tounesna --auth trust --encoding UTF8 \
    --locale C.UTF-8 --no-sync >/dev/null
  # Nothing here outlives the run, so nothing needs to reach the disk.
  as_postgres "$pg_ctl" start --wait --silent --pgdata data --log log --options \
    "-p $port -h 127.0.0.1 -k $postgres_folder -c fsync=off -c full_page_writes=off -c max_connections=200" ||
    { cat log >&2; fail "PostgreSQL did not start."; }
  cd "$root"
  export TOUNESNA_TEST_POSTGRES="postgresql://tounesna@127.0.0.1:$port/postgres"
}

stop_postgres() {
  [[ -n $postgres_folder ]] || return 0
  as_postgres "$pg_ctl" stop --silent --mode immediate --pgdata "$postgres_folder/data" >/dev/null 2>&1 || true
  rm -rf "$postgres_folder"
  postgres_folder=
}
