using System.Collections.Immutable;
using System.Text;

using KubeLint.Reporting;
using KubeLint.Rules;

namespace KubeLint.Cli;

/// <summary><c>kubelint completion</c>: scripts that complete commands, options, formats and rules.</summary>
internal static class CompletionCommand
{
    public static Task<int> RunAsync(CompletionOptions options, CliHost host, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var verbs = Verbs.All();
        host.Output.Write(options.Shell switch
        {
            "bash" => Bash(verbs),
            "zsh" => "#compdef kubelint\nautoload -U +X bashcompinit && bashcompinit\n" + Bash(verbs),
            "fish" => Fish(verbs),
            "powershell" or "pwsh" => PowerShell(verbs),
            null => throw new UsageException("completion needs a shell: bash, zsh, fish or powershell"),
            _ => throw new UsageException($"there is no completion for '{options.Shell}', only for bash, zsh, fish and powershell"),
        });
        return Task.FromResult(ExitCodes.Success);
    }

    private static string Options(Verb verb) =>
        string.Join(' ', verb.Options.Where(option => option.LongName.Length > 0).Select(option => "--" + option.LongName).Append("--help"));

    private static string RuleNames() =>
        string.Join(' ', BuiltInRules.All.SelectMany(rule => new[] { rule.Descriptor.Id, rule.Descriptor.Name }));

    private static string Bash(ImmutableArray<Verb> verbs)
    {
        var cases = new StringBuilder();
        foreach (var verb in verbs)
        {
            cases.Append($"    {verb.Name}) words=\"{Options(verb)}\" ;;\n");
        }

        return $$"""
            # kubelint: completion for bash. Load it with: source <(kubelint completion bash)
            _kubelint() {
              local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}" verb="{{Verbs.Default}}" word words
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                case " {{string.Join(' ', verbs.Select(verb => verb.Name))}} " in *" $word "*) verb="$word"; break ;; esac
              done
              case "$previous" in
                -f|--format) COMPREPLY=($(compgen -W "{{string.Join(' ', ReportFormats.Names)}}" -- "$current")); return ;;
                --fail-on) COMPREPLY=($(compgen -W "error warning info never" -- "$current")); return ;;
                --color) COMPREPLY=($(compgen -W "auto always never" -- "$current")); return ;;
                --select|--ignore|explain) COMPREPLY=($(compgen -W "{{RuleNames()}}" -- "$current")); return ;;
                completion) COMPREPLY=($(compgen -W "bash zsh fish powershell" -- "$current")); return ;;
              esac
              case "$verb" in
            {{cases.ToString().TrimEnd()}}
              esac
              if [[ "$current" == -* ]]; then
                COMPREPLY=($(compgen -W "$words" -- "$current"))
              elif [[ $COMP_CWORD -eq 1 ]]; then
                COMPREPLY=($(compgen -W "{{string.Join(' ', verbs.Select(verb => verb.Name))}}" -- "$current") $(compgen -f -- "$current"))
              else
                COMPREPLY=($(compgen -f -- "$current"))
              fi
            }
            complete -o filenames -F _kubelint kubelint

            """;
    }

    private static string Fish(ImmutableArray<Verb> verbs)
    {
        var names = string.Join(' ', verbs.Select(verb => verb.Name));
        var script = new StringBuilder("# kubelint: completion for fish. Load it with: kubelint completion fish | source\n");
        foreach (var verb in verbs)
        {
            script.Append($"complete -c kubelint -n 'not __fish_seen_subcommand_from {names}' -a {verb.Name} -d {FishQuote(verb.Summary)}\n");
            var condition = verb.Name == Verbs.Default ? $"not __fish_seen_subcommand_from {string.Join(' ', verbs.Select(other => other.Name).Where(name => name != verb.Name))}" : $"__fish_seen_subcommand_from {verb.Name}";
            foreach (var option in verb.Options.Where(option => option.LongName.Length > 0))
            {
                var letter = option.ShortName is { } found ? $" -s {found}" : "";
                script.Append($"complete -c kubelint -n '{condition}' -l {option.LongName}{letter}{(option.TakesValue ? " -r" : "")} -d {FishQuote(option.HelpText)}\n");
            }
        }

        return script.ToString();
    }

    private static string FishQuote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private static string PowerShell(ImmutableArray<Verb> verbs)
    {
        var table = new StringBuilder();
        foreach (var verb in verbs)
        {
            table.Append($"        '{verb.Name}' = '{Options(verb)}'.Split(' ')\n");
        }

        return $$"""
            # kubelint: completion for PowerShell. Load it with: kubelint completion powershell | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName kubelint -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $options = @{
            {{table.ToString().TrimEnd()}}
                }
                $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
                $verb = $words | Where-Object { $options.ContainsKey($_) } | Select-Object -First 1
                $candidates = if ($wordToComplete.StartsWith('-')) { $options[$(if ($verb) { $verb } else { '{{Verbs.Default}}' })] } else { $options.Keys | Sort-Object }
                $candidates | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }

            """;
    }
}
