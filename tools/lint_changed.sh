#!/bin/sh
# clang-tidy over the C++ sources that differ from the given revision; all of them where none is given.
set -eu
base="${1:-}"
if [ -n "$base" ]; then
  files=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.cpp')
else
  files=$(git ls-files 'src/*.cpp')
fi
[ -z "$files" ] && { echo "nothing to lint"; exit 0; }
# shellcheck disable=SC2086  # the list is meant to be split
printf '%s\n' $files | xargs -P "$(nproc)" -n 1 clang-tidy -p build --quiet --extra-arg=-Wno-unknown-warning-option
