using KubeLint.Flux;
using KubeLint.LanguageServer.Repositories;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>Says what clusters get and where it comes from, in Markdown. Never what a Secret holds.</summary>
/// <param name="server">The session.</param>
/// <param name="snapshot">The repository.</param>
internal sealed class EffectiveText(ServerContext server, Snapshot snapshot)
{
    private const int MaxLength = 120;

    /// <summary>A value, as far as it may be shown.</summary>
    public string Value(YamlNode? node) => node?.Resolved switch
    {
        null => "nothing",
        var some when snapshot.Effective.SecretOf(some) is { } secret => $"a value {FromSecret(secret)}",
        { IsUnknown: true } => "a value that the files do not tell",
        YamlScalar scalar => Code(scalar.IsNull ? "null" : scalar.Value.Length == 0 ? "\"\"" : scalar.Value),
        YamlMapping { Entries.Length: 1 } => "a mapping of one key",
        YamlMapping mapping => $"a mapping of {mapping.Entries.Length} keys",
        YamlSequence { Items.Length: 1 } => "a list of one item",
        YamlSequence sequence => $"a list of {sequence.Items.Length} items",
        _ => "something",
    };

    /// <summary>What is said in the place of a Secret's value.</summary>
    public static string FromSecret(ObjectId secret) => $"from Secret {(secret.Namespace is { } ns ? ns + "/" : "")}{secret.Name}, not shown";

    /// <summary>Where a value comes from, as the end of a sentence.</summary>
    /// <param name="effective">What a cluster gets; it is not null.</param>
    /// <param name="written">The node at which the reader is; null where there is none.</param>
    public string Origin(EffectiveNode effective, YamlNode? written)
    {
        var node = effective.Node!;
        if (node.Derivation is { By: not ("patches" or "valuesFrom") } derivation)
        {
            return derivation.By != PostBuildSubstitution.By ? $"from `{derivation.By}` in {Link(node.Location)}"
                : derivation.Inputs.IsEmpty ? "by the variables of postBuild"
                : $"by the variable in {string.Join(" and ", derivation.Inputs.Select(input => Link(input.Location)))}";
        }

        var place = node.Location;
        if (written is not null && written.Location == place)
        {
            return "as written here";
        }

        if (effective.Release is { } release)
        {
            for (var i = release.Layers.Length - 1; i >= 0; i--)
            {
                var layer = release.Layers[i];
                if (layer.Kind != ValuesLayerKind.Inline && layer.Values?.Location is { } at && at.Text.Path == place.Text.Path && at.Span.Contains(place.Span))
                {
                    return $"from {layer.Origin} in {Link(place)}";
                }
            }
        }

        var root = effective.Object.Root.Location;
        return root.Text.Path == place.Text.Path && root.Span.Contains(place.Span) ? $"from {Link(place)}" : $"from the patch in {Link(place)}";
    }

    /// <summary>A place with an address that editors open.</summary>
    public string Link(KubeLint.Yaml.Location place) => $"[{place.Text.Path}:{place.Start.Line}]({server.ToClient(snapshot, place).Uri}#L{place.Start.Line})";

    /// <summary>A text as code on one line.</summary>
    public static string Code(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var isCut = (end >= 0 && text.AsSpan(end).ContainsAnyExcept('\r', '\n')) || text.Length > MaxLength;
        var shown = text[..Math.Min(end < 0 ? text.Length : end, MaxLength)];
        var fence = shown.Contains('`', StringComparison.Ordinal) ? "`` " : "`";
        return $"{fence}{shown}{(isCut ? "…" : "")}{new string([.. fence.Reverse()])}";
    }
}
