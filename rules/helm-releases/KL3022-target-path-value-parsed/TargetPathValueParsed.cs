using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.HelmReleases;

/// <summary>Reports values that Helm's <c>--set</c> syntax takes apart.</summary>
public sealed class TargetPathValueParsed : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL3022", "target-path-value-parsed", "The value for a targetPath is taken apart as by --set", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/helm/helmreleases/#values-references"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.HelmRelease(context =>
    {
        foreach (var item in TargetPaths.Of(context.Release))
        {
            // What a variable or a secret holds is not known.
            if (item.Layer is not { State: ValuesLayerState.Known, Values: YamlScalar value } || value.Derivation?.Replaced is { IsUnknown: true }
                || item.Layer.At.Get("literal")?.AsScalar()?.AsBoolean() == true || !Judging.IsKnown(value) || Fault(value.Value) is not { } fault)
            {
                continue;
            }

            var isLiteralThere = context.Cluster.Version.IsAtLeast(2, 9);
            context.Report(
                item.Node,
                $"The value of {item.Layer.Origin} {fault}, so it does not arrive at '{item.Path}' as it is",
                isLiteralThere ? "Write `literal: true` beside the path" : "Write `\\` before each comma and brace of the value; from Flux 2.9 on, `literal: true` beside the path does it",
                [new RelatedLocation(value.Location, "The value")],
                isLiteralThere && item.Layer.At is YamlMapping entry ? EntryFixes.Insert("Take the value literally", entry, FixSafety.Safe, "literal: true") : []);
        }
    });

    // https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
    private static string? Fault(string value)
    {
        if (value.StartsWith('{'))
        {
            var end = IndexOf(value, '}');
            return end < 0 ? "begins a list that does not end"
                : end < value.Length - 1 ? "goes on behind a list"
                : value.StartsWith("{\"", StringComparison.Ordinal) && value.Contains(':', StringComparison.Ordinal) ? "is JSON, and Helm reads braces as a list"
                : null;
        }

        return IndexOf(value, ',') >= 0 ? "holds a comma, behind which Helm expects another path" : null;
    }

    private static int IndexOf(string value, char wanted)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\')
            {
                i++;
            }
            else if (value[i] == wanted)
            {
                return i;
            }
        }

        return -1;
    }
}
