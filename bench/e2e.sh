#!/usr/bin/env bash
# Times the native program as a whole process over real repositories and over generated ones of 1,000, 5,000 and 10,000 apps,
# beside what is installed of kustomize, kubeconform and yamllint, and writes docs/performance.md.
# Usage: bench/e2e.sh PATH_TO_NATIVE_KUBELINT [CORPORA]     needs hyperfine, GNU time and jq
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kubelint=$(realpath "${1:?the native kubelint}")
corpora=$(realpath "${2:-$here/../../shared/corpora}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
results=$work/rows
# Paths of a repository that is no git checkout begin at the working directory.
cd "$corpora/bjw-s"

# row NAME COMMAND: one line of the table: mean and deviation of the wall time, and the most memory.
row() {
  local name=$1 command=$2 runs=${3:-10}
  hyperfine --warmup 1 --runs "$runs" --ignore-failure --shell=none --export-json "$work/h.json" "$command" >/dev/null 2>&1
  local memory
  memory=$(/usr/bin/time -f %M bash -c "exec $command" 2>&1 >/dev/null | tail -n 1)
  jq -r --arg name "$name" --arg memory "$memory" \
    '.results[0] | "| \($name) | \(.mean * 1000 | round) ms | \(.stddev * 1000 * 10 | round / 10) ms | \($memory | tonumber / 1024 | round) MB |"' "$work/h.json" | tee -a "$results"
}

row "\`kubelint --version\`" "$kubelint --version" 50
row "bjw-s/kubernetes: all built, all default rules" "$kubelint kubernetes --format concise"
row "tyriis: all built, all default rules" "$kubelint ../tyriis --format concise"
row "bjw-s: \`build --all\`, every kustomization" "$kubelint build --all ."
row "all corpora: \`tree\`, loaded and built" "$kubelint tree $(printf '%s ' "$corpora"/*/)"

for apps in 1000 5000 10000; do
  dotnet run -c Release --project "$here/KubeLint.Benchmarks" -- generate "$work/mono-$apps" "$apps" 1 >/dev/null
  row "generated, $apps apps ($(find "$work/mono-$apps" -name '*.yaml' | wc -l) files)" "$kubelint $work/mono-$apps --format concise" 3
done

if command -v kustomize >/dev/null; then
  find "$corpora/bjw-s" -name kustomization.yaml -print0 | xargs -0 grep -LE '^kind: Component' | xargs -n1 dirname >"$work/folders"
  cat >"$work/loop" <<L
while read -r folder; do kustomize build --load-restrictor LoadRestrictionsNone "\$folder" >/dev/null 2>&1 || true; done <"$work/folders"
L
  row "beside: a shell loop over \`kustomize build\`, bjw-s" "bash $work/loop" 3
fi
if command -v kubeconform >/dev/null; then row "beside: \`kubeconform\`, bjw-s" "kubeconform -ignore-missing-schemas $corpora/bjw-s/kubernetes"; fi
if command -v yamllint >/dev/null; then row "beside: \`yamllint\`, bjw-s" "yamllint -d relaxed $corpora/bjw-s/kubernetes" 3; fi

{
  cat <<H
# Performance

Written by \`bench/e2e.sh\` on $(date -u +%Y-%m-%d): the native program as a whole process (start, read, build, judge, print), with hyperfine.
Machine: $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $(free -g | awk '/^Mem/ {print $2}') GB. Wall time is the mean; memory is the most that the process held.

| What | Time | ± | Memory |
|---|---|---|---|
H
  cat "$results"
} >"$work/performance.md"
mv "$work/performance.md" "$here/../docs/performance.md"
