using System.Collections.Immutable;

namespace KubeLint.Rules.Security;

/// <summary>
/// Names of time zones, as far as they can be judged without a database: which one a cluster has is not known, and zones are added.
/// </summary>
internal static class TimeZoneNames
{
    private static readonly ImmutableHashSet<string> Areas =
        ["Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Brazil", "Canada", "Chile", "Etc", "Europe", "Indian", "Mexico", "Pacific", "US", "SystemV", "posix", "right"];

    private static readonly ImmutableHashSet<string> Single =
    [
        "CET", "CST6CDT", "Cuba", "EET", "EST", "EST5EDT", "Egypt", "Eire", "Factory", "GB", "GB-Eire", "GMT", "GMT+0", "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel",
        "Jamaica", "Japan", "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland", "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "UTC",
        "Universal", "W-SU", "WET", "Zulu",
    ];

    /// <summary>Why a time zone is refused, as a clause; null where it may be accepted.</summary>
    public static string? FindProblem(string zone)
    {
        if (zone.Length == 0)
        {
            return "it is empty";
        }

        if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
        {
            return "a zone must have a name";
        }

        if (zone.Trim() != zone)
        {
            return "it begins or ends with a space";
        }

        var slash = zone.IndexOf('/', StringComparison.Ordinal);
        var isKnown = slash < 0 ? Single.Contains(zone) : Areas.Contains(zone[..slash]);
        return isKnown ? null : "the time zone database has no such name";
    }
}
