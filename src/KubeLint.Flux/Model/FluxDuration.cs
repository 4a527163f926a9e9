using System.Buffers;
using System.Globalization;

namespace KubeLint.Flux;

/// <summary>Durations as Flux writes them: Go's <c>1h30m</c>, <c>10m0s</c>, <c>1.5h</c> (https://pkg.go.dev/time#ParseDuration).</summary>
public static class FluxDuration
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    /// <summary>The duration; null where the text is none.</summary>
    public static TimeSpan? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        if (text == "0")
        {
            return TimeSpan.Zero;
        }

        var total = 0m;
        for (var rest = text.AsSpan(); rest.Length > 0;)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !decimal.TryParse(rest[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            decimal? ticks = unit switch
            {
                "h" => TimeSpan.TicksPerHour,
                "m" => TimeSpan.TicksPerMinute,
                "s" => TimeSpan.TicksPerSecond,
                "ms" => TimeSpan.TicksPerMillisecond,
                "us" or "µs" => TimeSpan.TicksPerMicrosecond,
                "ns" => 0.01m,
                _ => null,
            };
            if (ticks is not { } perUnit || number > 1_000_000_000)
            {
                return null;
            }

            total += number * perUnit;
            rest = rest[unit.Length..];
        }

        return total > TimeSpan.MaxValue.Ticks ? null : new TimeSpan((long)total);
    }
}
