# A ClamAV daemon of our own for a test run: it knows one harmless signature, made here, and is gone at the end. Sourced
# after common.sh; whoever starts it stops it in a trap.

clamd_folder=

start_clamd() {
  clamd_folder=$(mktemp -d "${TMPDIR:-/tmp}/tounesna-clamd.XXXXXX")
  mkdir "$clamd_folder/signatures"
  # Name, any kind of file, any place, and the bytes: "tounesna harmless virus" in hexadecimal digits.
  echo 'Tounesna.Test.Harmless:0:*:746f756e65736e61206861726d6c657373207669727573' >"$clamd_folder/signatures/test.ndb"
  printf '%s\n' "DatabaseDirectory $clamd_folder/signatures" "LocalSocket $clamd_folder/socket" \
    'Foreground yes' 'ConcurrentDatabaseReload no' >"$clamd_folder/conf"
  # By its full path: /usr/sbin is not on everyone's.
  /usr/sbin/clamd --config-file="$clamd_folder/conf" >"$clamd_folder/log" 2>&1 </dev/null &
  clamd_pid=$!
  for _ in $(seq 100); do
    [[ -S $clamd_folder/socket ]] && break
    sleep 0.1
  done
  [[ -S $clamd_folder/socket ]] || { cat "$clamd_folder/log" >&2; fail "ClamAV did not start."; }
  export TOUNESNA_TEST_CLAMD=$clamd_folder/socket
}

stop_clamd() {
  [[ -n $clamd_folder ]] || return 0
  kill "$clamd_pid" 2>/dev/null || true
  wait "$clamd_pid" 2>/dev/null || true
  rm -rf "$clamd_folder"
  clamd_folder=
}
