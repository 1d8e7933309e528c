#!/usr/bin/env bash
# Runs everything that must hold: format, vet, staticcheck, all tests with the race detector.
# What the tests need beside Go and a C/C++ compiler is installed where it is missing (Debian, Ubuntu).
set -euo pipefail
cd "$(dirname "$0")"

need() { printf '%s\n' "$*" >&2; exit 1; }

command -v go >/dev/null || need "Go is missing: install Go 1.26 or later."
command -v cc >/dev/null && command -v c++ >/dev/null || need "A C and C++ compiler is missing: install gcc and g++ (or clang)."

missing=()
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || missing+=(chromium)
command -v soffice >/dev/null || missing+=(libreoffice-calc)
command -v fc-list >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q . || missing+=(fontconfig fonts-noto-cjk)
if [ ${#missing[@]} -gt 0 ]; then
  command -v apt-get >/dev/null || need "The tests need Chromium, LibreOffice Calc and a Chinese font. Install them with your system's package manager, then run ./test.sh again. Missing: ${missing[*]}"
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || need "Run as root, or install by hand: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  echo "installing ${missing[*]}"
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

unformatted=$(gofmt -l cmd ingest analytics dashboards sql)
[ -z "$unformatted" ] || need "gofmt: these files are not formatted: $unformatted"
go vet ./...
go tool staticcheck ./...
CGO_ENABLED=1 go test -race -timeout 30m "$@" ./...
