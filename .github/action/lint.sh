#!/usr/bin/env bash
# Runs the tool once and hands its reports to the runner: annotations on standard output, a table to the job's summary, counts to
# the outputs. Everything from outside comes in through variables, never as script text.
set -euo pipefail
cd "${GITHUB_WORKSPACE:-.}"
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/kubelint.XXXXXX")
trap 'rm -rf "$work"' EXIT

# White space separates; globs stay as they are, kubelint expands them itself.
set -f
read -r -d '' -a paths <<<"${KUBELINT_PATH:-.}" || true
read -r -d '' -a extra <<<"${KUBELINT_ARGS:-}" || true
set +f

format=text
if [ "${KUBELINT_ANNOTATIONS:-true}" = true ]; then format=github; fi
arguments=(--format "$format" --fail-on "${KUBELINT_FAIL_ON:-warning}" --output "json=$work/report.json" --output "markdown=$work/summary.md")
if [ -n "${KUBELINT_SARIF:-}" ]; then arguments+=(--output "sarif=$KUBELINT_SARIF"); fi
if [ "${KUBELINT_CHANGED_ONLY:-false}" = true ]; then
  if [ -n "${GITHUB_BASE_REF:-}" ]; then
    arguments+=(--since "origin/$GITHUB_BASE_REF...")
  else
    echo "changed-only: this is no pull request, so everything is reported"
  fi
fi

code=0
kubelint lint "${arguments[@]}" ${extra[@]+"${extra[@]}"} -- "${paths[@]}" || code=$?

# The report is there unless kubelint was used wrongly or failed.
if [ -f "$work/report.json" ]; then
  count() { sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" "$work/report.json" | head -n 1; }
  errors=$(count errors)
  {
    echo "findings=$((errors + $(count warnings) + $(count infos)))"
    echo "errors=$errors"
    echo "sarif=${KUBELINT_SARIF:-}"
  } >>"$GITHUB_OUTPUT"
  if [ "${KUBELINT_SUMMARY:-true}" = true ]; then cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
fi
exit "$code"
