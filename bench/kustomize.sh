#!/usr/bin/env bash
# Times `kubelint build --all` (native) beside a shell loop over `kustomize build`, on the same folders in the same run, and
# loading and building all corpora as clusters get them. Usage: bench/kustomize.sh PATH_TO_NATIVE_KUBELINT [CORPORA]
# Needs hyperfine; kustomize is timed where it is installed.
set -euo pipefail
kubelint=$(realpath "${1:?the native kubelint}")
corpora=$(realpath "${2:-$(dirname "$0")/../../shared/corpora}")
list=$(mktemp)
trap 'rm -f "$list"' EXIT
cd "$corpora/bjw-s"
find . -name kustomization.yaml -print0 | xargs -0 grep -LE '^kind: Component' | xargs -n1 dirname | sort >"$list"
echo "$(wc -l <"$list") kustomizations of bjw-s, $(nproc) cores"
hyperfine --warmup 2 --ignore-failure --shell=none "$kubelint build --all ."
if command -v kustomize >/dev/null; then
  hyperfine --runs 3 --ignore-failure "while read -r d; do kustomize build --load-restrictor LoadRestrictionsNone \"\$d\" >/dev/null 2>&1; done <$list"
fi
cd "$corpora"
echo "all corpora, loaded and built as their clusters get them"
hyperfine --warmup 1 --ignore-failure --shell=none "$kubelint tree $(ls -d */ | tr '\n' ' ')"
command -v /usr/bin/time >/dev/null && /usr/bin/time -f '%MkB at most' "$kubelint" tree */ >/dev/null
