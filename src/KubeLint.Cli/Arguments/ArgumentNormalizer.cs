using System.Collections.Immutable;

namespace KubeLint.Cli;

/// <summary>
/// Rewrites a command line so that CommandLineParser reads it as people mean it: the verb is found, each option
/// is joined with its one value (the library's list options would swallow the paths behind them), and the values that
/// belong to no option stand at the end, behind <c>--</c>.
/// </summary>
internal static class ArgumentNormalizer
{
    /// <summary>The verb that a command line is for, and its rewritten arguments without the verb.</summary>
    public static (Verb Verb, string[] Arguments) Normalize(ReadOnlySpan<string> arguments, ImmutableArray<Verb> verbs)
    {
        var verb = arguments.Length > 0 ? Find(verbs, arguments[0]) : null;
        var rest = verb is null ? arguments : arguments[1..];
        verb ??= Find(verbs, Verbs.Default)!;
        var options = new List<string>();
        var values = new List<string>();
        for (var i = 0; i < rest.Length; i++)
        {
            var argument = rest[i];
            if (argument == "--")
            {
                values.AddRange(rest[(i + 1)..]);
                break;
            }

            if (argument.Length < 2 || argument[0] != '-')
            {
                values.Add(argument);
            }
            else if (argument.StartsWith("--", StringComparison.Ordinal))
            {
                var takesNext = verb.Options.Any(option => option.TakesValue && option.LongName.Length > 0 && argument.AsSpan(2).SequenceEqual(option.LongName));
                options.Add(takesNext && i + 1 < rest.Length ? $"{argument}={rest[++i]}" : argument);
            }
            else
            {
                AddLetters(argument, verb, i + 1 < rest.Length ? rest[i + 1] : null, options, out var usedNext);
                i += usedNext ? 1 : 0;
            }
        }

        return (verb, values.Count == 0 ? [.. options] : [.. options, "--", .. values]);
    }

    private static Verb? Find(ImmutableArray<Verb> verbs, string name) => verbs.FirstOrDefault(verb => verb.Name == name);

    // `-q`, `-qf json`, `-fjson`: switches, and at last perhaps an option whose value is the rest or the next argument.
    private static void AddLetters(string argument, Verb verb, string? next, List<string> options, out bool usedNext)
    {
        usedNext = false;
        for (var i = 1; i < argument.Length; i++)
        {
            var letter = argument[i];
            if (verb.Options.FirstOrDefault(option => option.TakesValue && option.ShortName == letter) is not { } option)
            {
                options.Add($"-{letter}");
                continue;
            }

            usedNext = i == argument.Length - 1 && next is not null;
            var value = usedNext ? next : argument[(i + 1)..];
            options.Add(value is { Length: > 0 } ? $"--{option.LongName}={value}" : $"-{letter}");
            return;
        }
    }
}
