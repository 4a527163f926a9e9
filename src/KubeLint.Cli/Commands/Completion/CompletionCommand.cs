using System.Collections.Immutable;
using System.Text;

using KubeLint.Analysis;
using KubeLint.Reporting;
using KubeLint.Rules;

namespace KubeLint.Cli;

/// <summary><c>kubelint completion</c>: scripts that complete commands, options, formats and rules.</summary>
internal static class CompletionCommand
{
    private const string Revisions = "git for-each-ref --format='%(refname:short)' 2>/dev/null";

    private static readonly string[] Shells = ["bash", "zsh", "fish", "powershell"];
    private static readonly char[] WordEnds = [' ', ',', '.', ';', ':', '(', ')'];

    // What a command's help may name as a format.
    private static readonly string[] Formats = ["text", "table", "tree", "json", "yaml", "markdown", "csv", "html", "svg", "dot", "mermaid", "concise", "sarif", "github", "gitlab", "junit"];

    public static Task<int> RunAsync(CompletionOptions options, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var verbs = Verbs.All();
        host.Output.Write(options.Shell switch
        {
            "bash" => Bash(verbs),
            "zsh" => Zsh(verbs),
            "fish" => Fish(verbs),
            "powershell" or "pwsh" => PowerShell(verbs),
            null => throw new UsageException("completion needs a shell: bash, zsh, fish or powershell"),
            _ => throw new UsageException($"there is no completion for '{options.Shell}', only for bash, zsh, fish and powershell"),
        });
        return Task.FromResult(ExitCodes.Success);
    }

    private static IEnumerable<VerbOption> Named(Verb verb) => verb.Options.Where(option => option.LongName.Length > 0);

    private static string Options(Verb verb) => string.Join(' ', Named(verb).Select(option => "--" + option.LongName).Append("--help"));

    private static string Names(ImmutableArray<Verb> verbs) => string.Join(' ', verbs.Select(verb => verb.Name));

    // What an option's value can be; empty where it can be anything.
    private static ImmutableArray<string> Values(Verb verb, VerbOption option) => option.LongName switch
    {
        "format" => verb.Name == Verbs.Default ? [.. ReportFormats.Names] : [.. option.HelpText.Split(WordEnds).Where(word => Formats.Contains(word)).Distinct()],
        "fail-on" => ["error", "warning", "info", "never"],
        "color" => ["auto", "always", "never"],
        "ci" => ["github", "gitlab"],
        "select" or "ignore" => RuleNames(),
        _ => [],
    };

    // What stands behind a command; empty where it is a file.
    private static ImmutableArray<string> Positional(Verb verb) => verb.Name switch
    {
        "explain" => [.. BuiltInRules.All.SelectMany(rule => new[] { rule.Descriptor.Id, rule.Descriptor.Name })],
        "rules" => RuleNames(),
        "completion" => [.. Shells],
        "registry" => ["check"],
        _ => [],
    };

    private static ImmutableArray<string> RuleNames() =>
    [
        .. BuiltInRules.All.SelectMany(rule => new[] { rule.Descriptor.Id, rule.Descriptor.Name }),
        .. BuiltInRules.All.Select(rule => RuleFamily.NameOf(rule.Descriptor.Category)).Distinct(),
    ];

    // "lint --format|lint -f" and the words, for each option that has some.
    private static IEnumerable<(string Patterns, string Words)> ValueCases(ImmutableArray<Verb> verbs)
    {
        foreach (var verb in verbs)
        {
            foreach (var option in Named(verb))
            {
                var patterns = $"\"{verb.Name} --{option.LongName}\"" + (option.ShortName is { } letter ? $"|\"{verb.Name} -{letter}\"" : "");
                if (option.LongName == "since")
                {
                    yield return (patterns, $"$({Revisions})");
                }
                else if (Values(verb, option) is { IsEmpty: false } words)
                {
                    yield return (patterns, string.Join(' ', words));
                }
            }
        }
    }

    private static string Bash(ImmutableArray<Verb> verbs)
    {
        var values = string.Concat(ValueCases(verbs).Select(item => $"    {item.Patterns}) COMPREPLY=($(compgen -W \"{item.Words}\" -- \"$current\")); return ;;\n"));
        var options = string.Concat(verbs.Select(verb => $"    {verb.Name}) words=\"{Options(verb)}\"; values=\"{string.Join(' ', Positional(verb))}\" ;;\n"));
        return $$"""
            # kubelint: completion for bash. Load it with: source <(kubelint completion bash)
            _kubelint() {
              local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" verb="{{Verbs.Default}}" word words values
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case " {{Names(verbs)}} " in *" $word "*) verb="$word"; break ;; esac
              done
              case "$verb $previous" in
            {{values.TrimEnd()}}
              esac
              case "$verb" in
            {{options.TrimEnd()}}
              esac
              if [[ "$current" == -* ]]; then
                COMPREPLY=($(compgen -W "$words" -- "$current"))
              elif [[ -n "$values" ]]; then
                COMPREPLY=($(compgen -W "$values" -- "$current"))
              elif [[ $COMP_CWORD -eq 1 ]]; then
                COMPREPLY=($(compgen -W "{{Names(verbs)}}" -- "$current") $(compgen -f -- "$current"))
              else
                COMPREPLY=($(compgen -f -- "$current"))
              fi
            }
            complete -o filenames -F _kubelint kubelint

            """.ReplaceLineEndings("\n");
    }

    private static string Zsh(ImmutableArray<Verb> verbs)
    {
        var values = string.Concat(ValueCases(verbs).Select(item => $"    {item.Patterns}) candidates=({item.Words}); compadd -- $candidates; return ;;\n"));
        var options = string.Concat(verbs.Select(verb => $"    {verb.Name}) candidates=({Options(verb)}); values=({string.Join(' ', Positional(verb))}) ;;\n"));
        return $$"""
            #compdef kubelint
            # kubelint: completion for zsh. Load it with: source <(kubelint completion zsh), or write it to a file _kubelint in $fpath
            _kubelint() {
              local verb="{{Verbs.Default}}" word current="${words[CURRENT]}" previous="${words[CURRENT-1]}"
              local -a candidates values
              for word in "${(@)words[2,CURRENT-1]}"; do
                case " {{Names(verbs)}} " in *" $word "*) verb="$word"; break ;; esac
              done
              case "$verb $previous" in
            {{values.TrimEnd()}}
              esac
              case "$verb" in
            {{options.TrimEnd()}}
              esac
              if [[ "$current" == -* ]]; then
                compadd -- $candidates
              elif (( $#values )); then
                compadd -- $values
              else
                (( CURRENT == 2 )) && compadd -- {{Names(verbs)}}
                _files
              fi
            }
            if [[ "${funcstack[1]}" == _kubelint ]]; then _kubelint "$@"; else compdef _kubelint kubelint; fi

            """.ReplaceLineEndings("\n");
    }

    private static string Fish(ImmutableArray<Verb> verbs)
    {
        var names = Names(verbs);
        var script = new StringBuilder("# kubelint: completion for fish. Load it with: kubelint completion fish | source\n");
        foreach (var verb in verbs)
        {
            script.Append($"complete -c kubelint -n 'not __fish_seen_subcommand_from {names}' -a {verb.Name} -d {FishQuote(verb.Summary)}\n");
            var condition = verb.Name == Verbs.Default ? $"not __fish_seen_subcommand_from {string.Join(' ', verbs.Select(other => other.Name).Where(name => name != verb.Name))}" : $"__fish_seen_subcommand_from {verb.Name}";
            foreach (var option in Named(verb))
            {
                var letter = option.ShortName is { } found ? $" -s {found}" : "";
                var words = option.LongName == "since" ? $"({Revisions})" : string.Join(' ', Values(verb, option));
                var value = !option.TakesValue ? "" : words.Length == 0 ? " -r" : $" -x -a {FishQuote(words)}";
                script.Append($"complete -c kubelint -n '{condition}' -l {option.LongName}{letter}{value} -d {FishQuote(option.HelpText)}\n");
            }

            if (Positional(verb) is { IsEmpty: false } values)
            {
                script.Append($"complete -c kubelint -n '{condition}' -f -a {FishQuote(string.Join(' ', values))}\n");
            }
        }

        return script.ToString();
    }

    private static string FishQuote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string PowerShell(ImmutableArray<Verb> verbs)
    {
        var table = string.Concat(verbs.Select(verb => $"        '{verb.Name}' = '{Options(verb)}'.Split(' ')\n"));
        var values = new StringBuilder();
        foreach (var verb in verbs)
        {
            if (Positional(verb) is { IsEmpty: false } positional)
            {
                values.Append($"        '{verb.Name}' = {{ '{string.Join(' ', positional)}'.Split(' ') }}\n");
            }

            foreach (var option in Named(verb))
            {
                string[] names = option.ShortName is { } letter ? [$"--{option.LongName}", $"-{letter}"] : [$"--{option.LongName}"];
                var words = option.LongName == "since" ? $"@({Revisions})" : Values(verb, option) is { IsEmpty: false } found ? $"'{string.Join(' ', found)}'.Split(' ')" : null;
                foreach (var name in words is null ? [] : names)
                {
                    values.Append($"        '{verb.Name} {name}' = {{ {words} }}\n");
                }
            }
        }

        return $$"""
            # kubelint: completion for PowerShell. Load it with: kubelint completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName kubelint -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $options = @{
            {{table.TrimEnd()}}
                }
                $values = @{
            {{values.ToString().TrimEnd()}}
                }
                $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
                $verb = $words | Where-Object { $options.ContainsKey($_) } | Select-Object -First 1
                $named = [bool]$verb
                if (-not $named) { $verb = '{{Verbs.Default}}' }
                $before = @($words | Where-Object { $_ -ne $wordToComplete })
                $previous = if ($before.Count -gt 0) { $before[-1] } else { '' }
                $candidates = if ($values.ContainsKey("$verb $previous")) { & $values["$verb $previous"] }
                    elseif ($wordToComplete.StartsWith('-')) { $options[$verb] }
                    elseif ($named -and $values.ContainsKey($verb)) { & $values[$verb] }
                    elseif (-not $named) { $options.Keys | Sort-Object }
                    else { @() }
                $candidates | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """.ReplaceLineEndings("\n");
    }
}
