#!/usr/bin/env bash
# Times the native program as a whole process over real repositories and over generated ones of 1,000, 5,000 and 10,000 apps, beside
# what is installed of kustomize, kubeconform and yamllint, and writes docs/performance.md. Takes some minutes; needs nobody beside it.
# Usage: bench/e2e.sh PATH_TO_NATIVE_KUBELINT [CORPORA]     needs hyperfine, GNU time, jq and the .NET SDK (for the generator)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kubelint=$(realpath "${1:?the native kubelint}")
corpora=$(realpath "${2:-$here/../../shared/corpora}")
for tool in hyperfine jq dotnet /usr/bin/time; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 2; }
done
[ -d "$corpora/bjw-s" ] || { echo "there is no $corpora/bjw-s" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=$work/rows
load=$(cut -d' ' -f1 /proc/loadavg)

# row KEY RUNS NAME COMMAND...: a line of the table: mean and deviation of the wall time, and the most memory that the process held.
# What is measured ends with 1 where it has findings.
row() {
  local key=$1 runs=$2 name=$3
  shift 3
  hyperfine --warmup 1 --runs "$runs" --ignore-failure --shell=none --export-json "$work/$key.json" "$*" >"$work/hyperfine.log" 2>&1 ||
    { cat "$work/hyperfine.log" >&2; return 1; }
  # Its status is the command's.
  /usr/bin/time -q -f %M -o "$work/memory" "$@" >/dev/null 2>&1 || true
  jq --argjson kilobytes "$(tail -n 1 "$work/memory")" '{ms: (.results[0].mean * 1000), megabytes: ($kilobytes / 1024), spread: (.results[0].stddev * 1000)}' \
    "$work/$key.json" >"$work/$key.figures"
  jq -r --arg name "$name" '"| \($name) | \(if .ms < 100 then (.ms * 10 | round / 10) else (.ms | round) end) ms | \(.spread * 10 | round / 10) ms | \(.megabytes | round) MB |"' \
    "$work/$key.figures" | tee -a "$results"
}

figure() { jq -r ".$2" "$work/$1.figures"; }

# verdict NAME FIGURE LIMIT UNIT: a line of the second table.
verdict() {
  jq -rn --arg name "$1" --argjson figure "$2" --argjson limit "$3" --arg unit "$4" \
    '"| \($name) | \($limit)\($unit) | \(if $figure < 20 then ($figure * 10 | round / 10) else ($figure | round) end)\($unit) | \(if $figure <= $limit then "yes" else "no" end) |"'
}

cd "$corpora/bjw-s"
row version 50 "\`kubelint --version\`" "$kubelint" --version
row bjws 20 "bjw-s/kubernetes ($(find kubernetes -type f | wc -l) files): everything built, all default rules" "$kubelint" kubernetes --format concise
row build 10 "bjw-s: \`build --all\`, every kustomization" "$kubelint" build --all .
cd "$corpora/tyriis"
row tyriis 10 "tyriis ($(find . -name '*.yaml' | wc -l) YAML files): everything built, all default rules" "$kubelint" --format concise
cd "$corpora"
row all 5 "all $(ls -d -- */ | wc -l) corpora: \`tree\`, loaded and built" "$kubelint" tree ./*/

for apps in 1000 5000 10000; do
  dotnet run -c Release --project "$here/KubeLint.Benchmarks" -- generate "$work/mono-$apps" "$apps" 1 >/dev/null
  cd "$work/mono-$apps"
  row "mono-$apps" 7 "generated, ${apps%000},000 apps ($(find . -name '*.yaml' | wc -l) files)" "$kubelint" --format concise
done

cd "$corpora/bjw-s"
absent=()
if command -v kustomize >/dev/null; then
  find . -name kustomization.yaml -print0 | xargs -0 grep -LE '^kind: Component' | xargs -n1 dirname | sort >"$work/folders"
  cat >"$work/loop" <<L
while read -r folder; do kustomize build --load-restrictor LoadRestrictionsNone "\$folder" >/dev/null 2>&1; done <"$work/folders"
L
  row kustomize 3 "beside: a shell loop over \`kustomize build\`, bjw-s ($(wc -l <"$work/folders") folders)" bash "$work/loop"
else
  absent+=(kustomize)
fi
if command -v kubeconform >/dev/null; then row kubeconform 10 "beside: \`kubeconform\`, bjw-s" kubeconform -ignore-missing-schemas kubernetes; else absent+=(kubeconform); fi
if command -v yamllint >/dev/null; then row yamllint 3 "beside: \`yamllint -d relaxed\`, bjw-s" yamllint -d relaxed kubernetes; else absent+=(yamllint); fi

# Keystrokes in an editor: each is a change of the text and a question for the findings.
edited=kubernetes/apps/external-secrets/external-secrets/app/helmrelease.yaml
dotnet run -c Release --project "$here/KubeLint.Benchmarks" -- lsp "$kubelint" "$corpora/bjw-s" "$edited" 1000 | tee "$work/editor"

growth() { jq -n --slurpfile small "$work/mono-1000.figures" --slurpfile large "$work/mono-10000.figures" "\$large[0].$1 / \$small[0].$1"; }
{
  cat <<H
# Performance

Written by \`bench/e2e.sh\` on $(date -u +%Y-%m-%d): the native program as a whole process (start, read, build, judge, print), with hyperfine, files in the page cache.
Machine: $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $(free -g | awk '/^Mem/ {print $2}') GB. Wall time is the mean; memory is the most that the process held.
H
  if awk "BEGIN { exit !($load > 0.5) }"; then
    echo
    echo "**The machine was busy with other work (load $load at the start): the times are too long.**"
  fi
  printf '\n| What | Time | ± | Memory |\n|---|---|---|---|\n'
  cat "$results"
  if [ "${#absent[@]}" -gt 0 ]; then printf '\nNot installed on this machine, so not timed: %s.\n' "$(IFS=,; echo "${absent[*]}" | sed 's/,/, /g')"; fi
  printf '\n## What was to be reached\n\n| | At most | Measured | Reached |\n|---|---|---|---|\n'
  verdict "\`--version\`" "$(figure version ms)" 15 " ms"
  verdict "bjw-s/kubernetes, time" "$(figure bjws ms)" 150 " ms"
  verdict "bjw-s/kubernetes, memory" "$(figure bjws megabytes)" 150 " MB"
  verdict "10,000 apps, time" "$(figure mono-10000 ms)" 6000 " ms"
  verdict "10,000 apps, memory" "$(figure mono-10000 megabytes)" 1024 " MB"
  verdict "growth of time from 1,000 to 10,000 apps" "$(growth ms)" 11 "×"
  verdict "growth of memory from 1,000 to 10,000 apps" "$(growth megabytes)" 11 "×"
  if [ -f "$work/kustomize.figures" ]; then
    jq -rn --slurpfile build "$work/build.figures" --slurpfile loop "$work/kustomize.figures" \
      '"\n`build --all` takes 1/\($loop[0].ms / $build[0].ms | round) of the loop over `kustomize build`."'
  fi
  printf '\n## In the editor\n\nA thousand keystrokes in `%s` of bjw-s, one character at a time, each until the findings are there (`kubelint lsp`, at most 30 ms for 95 %%):\n\n' "$edited"
  sed 's/^/- /' "$work/editor"
  cat "$here/notes.md"
} >"$work/performance.md"
mv "$work/performance.md" "$here/../docs/performance.md"
