#!/bin/sh
# What the tests use of the system: Chromium, PostgreSQL, espeak-ng. Installs Debian's packages
# where the user may; never fails: tests whose part is missing are skipped and say so.
set -u
wanted=
{ command -v chromium && command -v chromedriver; } >/dev/null 2>&1 ||
    wanted="chromium chromium-driver fonts-noto-cjk fonts-noto-color-emoji"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
command -v espeak-ng >/dev/null 2>&1 || wanted="$wanted espeak-ng"
[ -n "$wanted" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null && as_root=sudo
fi
if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    echo "Installing Debian's packages for the tests: $wanted…"
    export DEBIAN_FRONTEND=noninteractive
    $as_root apt-get update -qq >/dev/null 2>&1
    # shellcheck disable=SC2086 # the list is meant to be split
    $as_root apt-get install -y -qq --no-install-recommends $wanted >/dev/null 2>&1 ||
        echo "Some of them could not be installed."
fi
for tool in chromium espeak-ng; do
    command -v $tool >/dev/null 2>&1 || echo "No $tool here: its tests will be skipped."
done
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    echo "No PostgreSQL here: its tests will be skipped."
exit 0
