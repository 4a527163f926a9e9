#!/usr/bin/env bash
# Puts the tool on the PATH of the steps that follow. Everything from outside comes in through variables, never as script text.
set -euo pipefail
if [ -z "${KUBELINT_VERSION:-}" ] && command -v kubelint >/dev/null; then
  kubelint --version
  exit 0
fi
if ! command -v dotnet >/dev/null; then
  echo "::error title=KubeLint::The .NET 10 SDK is not on this runner: run actions/setup-dotnet with dotnet-version 10.0.x before this step, or install kubelint yourself"
  exit 1
fi
tools=$RUNNER_TEMP/kubelint-tool
if [ -n "${KUBELINT_VERSION:-}" ]; then
  dotnet tool install KubeLint --tool-path "$tools" --version "$KUBELINT_VERSION"
else
  dotnet tool install KubeLint --tool-path "$tools"
fi
echo "$tools" >>"$GITHUB_PATH"
