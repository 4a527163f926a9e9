using System.Globalization;

namespace KubeLint.Registry;

/// <summary>
/// What a registry says about the pulls that are left. Docker Hub writes <c>ratelimit-limit: 100;w=21600</c>; others write
/// <c>x-ratelimit-remaining</c>. Source: docs.docker.com, "Docker Hub pull usage and limits".
/// </summary>
/// <param name="Limit">Pulls allowed within the window, if said.</param>
/// <param name="Remaining">Pulls left in the window, if said.</param>
/// <param name="Window">Length of the window, if said.</param>
public sealed record RateLimit(int? Limit, int? Remaining, TimeSpan? Window)
{
    internal static RateLimit? From(HttpResponseMessage response)
    {
        var (limit, limitWindow) = Read(response, "ratelimit-limit", "x-ratelimit-limit");
        var (remaining, remainingWindow) = Read(response, "ratelimit-remaining", "x-ratelimit-remaining");
        return limit is null && remaining is null ? null : new RateLimit(limit, remaining, remainingWindow ?? limitWindow);
    }

    private static (int? Value, TimeSpan? Window) Read(HttpResponseMessage response, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (response.Headers.TryGetValues(name, out var values) && values.FirstOrDefault() is { } text)
            {
                var parts = text.Split(';', StringSplitOptions.TrimEntries);
                if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                {
                    var window = parts.FirstOrDefault(part => part.StartsWith("w=", StringComparison.Ordinal));
                    return (count, window is not null && int.TryParse(window.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
                        ? TimeSpan.FromSeconds(seconds) : null);
                }
            }
        }

        return (null, null);
    }
}
