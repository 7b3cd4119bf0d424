# shellcheck shell=bash
# What the machine must have, and which Debian package brings what is missing. Sourced by scripts/setup.
# A thing is looked for itself, not its package, so that one put there in another way is good enough.

first_of() {
  local path
  for path in "$@"; do if [ -e "$path" ]; then printf '%s\n' "$path"; return 0; fi; done
  return 1
}

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

# $PYTHON, else /usr/bin/python3 if it is 3.11 or newer, else python3 from the path. Prints nothing if none will do.
chosen_python() {
  if [ -n "${PYTHON:-}" ]; then command -v "$PYTHON" || :
  elif new_enough /usr/bin/python3; then echo /usr/bin/python3
  elif new_enough python3; then command -v python3
  fi
}

missing_packages() {
  local purpose=$1 python
  python=$(chosen_python)
  if [ -z "$python" ]; then
    echo python3
    echo python3-venv
  elif [ ! -x .venv/bin/python ] && ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(readlink -f "$python")" = "$(readlink -f /usr/bin/python3)" ]; then echo python3-venv
    else echo "$(basename "$(readlink -f "$python")")-venv"; fi
  fi
  first_of /usr/lib/*/mod_spatialite.so /usr/lib/mod_spatialite.so /usr/local/lib/mod_spatialite.* \
    /opt/homebrew/lib/mod_spatialite.* >/dev/null || echo libsqlite3-mod-spatialite
  # reports are set in it as PDF; screens of tests too
  first_of /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc /usr/share/fonts/*/NotoSansCJK* \
    /usr/share/fonts/google-noto-*cjk* >/dev/null || echo fonts-noto-cjk
  [ "$purpose" != run ] || return 0
  has_postgis || echo postgresql-postgis
  command -v redis-server >/dev/null || echo redis-server
  command -v ogrinfo >/dev/null || echo gdal-bin
  command -v ffmpeg >/dev/null || echo ffmpeg
  [ -x /usr/sbin/nginx ] || echo nginx
  [ -n "${CHROMIUM:-}" ] || command -v chromium >/dev/null || echo chromium
  [ "$purpose" = bench ] || return 0
  # the reference server that the bench compares with is compiled on the spot
  if ! command -v cc >/dev/null || [ ! -e /usr/include/stdlib.h ]; then printf "%s\n" gcc libc6-dev; fi
}

# A server of which both initdb and PostGIS are there.
has_postgis() {
  local initdb version
  for initdb in /usr/lib/postgresql/*/bin/initdb; do
    version=${initdb#/usr/lib/postgresql/}
    if [ -e "/usr/share/postgresql/${version%%/*}/extension/postgis.control" ]; then return 0; fi
  done
  return 1
}

advice() {
  if [ "$1" != run ]; then
    echo "The suite is promised on Debian 12 and 13; elsewhere give it a browser with CHROMIUM=/path/to/chromium."
  else
    echo "Python 3.11 or newer is needed; name one with PYTHON=/path/to/python3."
  fi
}
