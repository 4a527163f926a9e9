using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace KubeLint.Rules.Security;

/// <summary>Schedules as Kubernetes reads them: the standard parser of github.com/robfig/cron/v3, with five fields.</summary>
internal static class CronSchedule
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");
    private static readonly ImmutableArray<string> Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    private static readonly ImmutableArray<Field> Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of month", 1, 31, []),
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new("day of week", 0, 6, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>Why a schedule is refused, as a clause; null where it is accepted.</summary>
    public static string? FindProblem(string schedule)
    {
        if (string.IsNullOrWhiteSpace(schedule))
        {
            return "it is empty";
        }

        if (schedule.Contains("TZ=", StringComparison.Ordinal))
        {
            return "it holds a time zone, which belongs in timeZone";
        }

        if (schedule.StartsWith('@'))
        {
            return Descriptors.Contains(schedule) || IsEvery(schedule) ? null
                : Descriptors.Contains(schedule.ToLowerInvariant()) ? "descriptors are written in small letters" : "there is no such descriptor";
        }

        var parts = schedule.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Fields.Length)
        {
            return parts.Length == 6 ? "it has six fields, and Kubernetes knows none for seconds or years" : $"it has {parts.Length} of the five fields";
        }

        for (var i = 0; i < parts.Length; i++)
        {
            foreach (var part in parts[i].Split(','))
            {
                // Nothing between two commas is passed over.
                if (part.Length > 0 && Fields[i].FindProblem(part) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    private static bool IsEvery(string schedule)
    {
        const string Prefix = "@every ";
        if (!schedule.StartsWith(Prefix, StringComparison.Ordinal) || schedule.Length == Prefix.Length)
        {
            return false;
        }

        // A duration of Go, from 1ns up: numbers, each with its unit.
        var rest = schedule.AsSpan(Prefix.Length);
        while (!rest.IsEmpty)
        {
            var digits = rest.IndexOfAnyExcept(Digits);
            if (digits <= 0)
            {
                return false;
            }

            rest = rest[digits..];
            var unit = rest.IndexOfAny(Digits);
            var name = unit < 0 ? rest : rest[..unit];
            if (name is not ("h" or "m" or "s" or "ms" or "us" or "µs" or "ns"))
            {
                return false;
            }

            rest = rest[name.Length..];
        }

        return true;
    }

    private sealed record Field(string Name, int Least, int Greatest, ImmutableArray<string> Words)
    {
        public string? FindProblem(string part)
        {
            var steps = part.Split('/');
            var bounds = steps[0].Split('-');
            if (steps.Length > 2 || bounds.Length > 2)
            {
                return $"'{part}' is no {Name}";
            }

            var isAny = bounds is ["*" or "?"];
            int low = Least, high = Greatest;
            if (!isAny)
            {
                if (Parse(bounds[0]) is not { } from || Parse(bounds[^1]) is not { } to)
                {
                    return $"'{part}' is no {Name}";
                }

                (low, high) = (from, to);
            }

            if (steps.Length == 2)
            {
                if (!int.TryParse(steps[1], NumberStyles.None, CultureInfo.InvariantCulture, out var step) || step == 0)
                {
                    return $"'{part}' has no step above 0";
                }

                // `5/10` means from 5 to the end.
                high = bounds.Length == 1 && !isAny ? Greatest : high;
            }

            if (low < Least || high > Greatest)
            {
                return $"{(low < Least ? low : high)} is no {Name}: it goes from {Least} to {Greatest}{(Words is [.., "sat"] ? ", and Sunday is 0" : "")}";
            }

            return low > high ? $"the range '{part}' of the {Name} ends before it begins" : null;
        }

        private int? Parse(string text)
        {
            var word = Words.IndexOf(text.ToLowerInvariant());
            return word >= 0 ? word + (Least == 1 ? 1 : 0)
                : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
        }
    }
}
