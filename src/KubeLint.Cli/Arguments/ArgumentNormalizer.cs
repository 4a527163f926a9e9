using System.Collections.Immutable;

namespace KubeLint.Cli;

/// <summary>
/// Rewrites a command line so that CommandLineParser reads it as people mean it: the default verb is inserted, each option
/// is joined with its one value (the library's list options would swallow the paths behind them), and the values that
/// belong to no option stand at the end, behind <c>--</c>.
/// </summary>
internal static class ArgumentNormalizer
{
    /// <summary>The verb that a command line is for, and its rewritten arguments, the verb first.</summary>
    public static (Verb Verb, string[] Arguments) Normalize(ReadOnlySpan<string> arguments, ImmutableArray<Verb> verbs)
    {
        var verb = arguments.Length > 0 ? Find(verbs, arguments[0]) : null;
        var rest = verb is null ? arguments : arguments[1..];
        verb ??= Find(verbs, Verbs.Default)!;
        var options = new List<string> { verb.Name };
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
            else if (NeedsNext(argument, verb, out var name) && i + 1 < rest.Length)
            {
                options.Add($"{name}={rest[++i]}");
            }
            else
            {
                options.Add(argument);
            }
        }

        return (verb, values.Count == 0 ? [.. options] : [.. options, "--", .. values]);
    }

    private static Verb? Find(ImmutableArray<Verb> verbs, string name) => verbs.FirstOrDefault(verb => verb.Name == name);

    // `--output` and `-f`, but not `--output=x` nor `-fjson`.
    private static bool NeedsNext(string argument, Verb verb, out string name)
    {
        name = argument;
        foreach (var option in verb.Options)
        {
            var isMeant = argument.StartsWith("--", StringComparison.Ordinal)
                ? option.LongName.Length > 0 && argument.AsSpan(2).SequenceEqual(option.LongName)
                : argument.Length == 2 && argument[1] == option.ShortName;
            if (isMeant)
            {
                name = "--" + option.LongName;
                return option.TakesValue;
            }
        }

        return false;
    }
}
