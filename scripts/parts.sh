# shellcheck shell=bash
# Runs the parts of a longer job one after the other, tells the time of each, and remembers which failed. Sourced.

parts=()
failed=0

part() {
  local name=$1 from=$SECONDS state=ok
  shift
  printf '── %s\n' "$name"
  "$@" </dev/null || { state=FAILED failed=1; }
  parts+=("$(printf '%-32s %5d s  %s' "$name" $((SECONDS - from)) "$state")")
}

summary() {
  printf '── time of each part\n'
  printf '   %s\n' "${parts[@]}"
  exit "$failed"
}
