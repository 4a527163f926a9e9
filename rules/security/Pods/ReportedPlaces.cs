using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>The places that a rule has reported: a token that several pods or containers share is one finding.</summary>
internal sealed class ReportedPlaces
{
    // Mostly nothing is reported.
    private HashSet<(Location Place, object? Owner)>? places;

    /// <summary>Whether a node is new; it no longer is after that.</summary>
    /// <param name="node">The node.</param>
    /// <param name="owner">The object that it was found in, where one set serves several.</param>
    public bool Add(YamlNode node, object? owner = null) => (places ??= []).Add((node.Location, owner));
}
