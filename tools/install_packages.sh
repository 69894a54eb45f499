#!/bin/sh
# Installs what is missing of the named groups of Debian packages: build, test, lint, bench.
# usage: tools/install_packages.sh build [test]
set -eu

build="ca-certificates g++ cmake ninja-build ccache pkg-config
  libdcmtk-dev libopenjp2-7-dev zlib1g-dev libpng-dev libcairo2-dev libpango1.0-dev fonts-dejavu-core
  nlohmann-json3-dev libcli11-dev libfmt-dev libeigen3-dev libssl-dev libcurl4-openssl-dev"
test="libgtest-dev libgmock-dev dcmtk dicom3tools poppler-utils python3 python3-pytest python3-jsonschema python3-pydicom python3-numpy python3-pil"
lint="clang-format clang-tidy"
bench="dcm2niix elastix python3 python3-numpy"

wanted=""
for group in "$@"; do
  case "$group" in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    lint) wanted="$wanted $lint" ;;
    bench) wanted="$wanted $bench" ;;
    *) echo "unknown group of packages: $group" >&2; exit 2 ;;
  esac
done

missing=""
for package in $wanted; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q "install ok installed" || missing="$missing $package"
done
[ -z "$missing" ] && exit 0

sudo=""
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || { echo "these packages are missing and need root to install:$missing" >&2; exit 1; }
  sudo="sudo"
fi
echo "installing:$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086  # the list is meant to be split
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
