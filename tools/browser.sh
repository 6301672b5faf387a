#!/bin/sh
# Finds a Chromium for the browser tests; installs Debian's where the user may; never fails.
set -u
if command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1; then
    exit 0
fi
as_root=
[ "$(id -u)" = 0 ] || { command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null && as_root=sudo; }
if command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || [ -n "$as_root" ]; }; then
    echo "Installing Debian's Chromium and fonts for the browser tests…"
    $as_root apt-get update -qq >/dev/null 2>&1
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends \
        chromium chromium-driver fonts-noto-cjk fonts-noto-color-emoji >/dev/null 2>&1 ||
        echo "Chromium could not be installed."
fi
command -v chromium >/dev/null 2>&1 ||
    echo "No Chromium here: the browser tests will be skipped."
exit 0
