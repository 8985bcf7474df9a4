#!/usr/bin/env bash
# Posts the drafts that are named, each only if it is what was checked, and only once.
set -euo pipefail

for draft in "$@"; do
  text=$(mktemp)
  replylint verify --receipts receipts --case "$draft" --key replies.key.pub --once posted.log --print > "$text"
  ./publish "$draft" "$text" # yours: puts the bytes of that file on the platform
  rm "$text"
done
