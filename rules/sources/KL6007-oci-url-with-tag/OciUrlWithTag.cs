using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.References;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports tags and digests in the address of an OCI source.</summary>
public sealed class OciUrlWithTag : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6007", "oci-url-with-tag", "The address of an OCI source holds a tag or a digest", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#url"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "OCIRepository", Check);
        on.Object(FluxGroups.Source, "HelmRepository", Check);
    }

    private static void Check(ObjectContext context)
    {
        if (SourceObjects.Read(context.Object, "url") is not var (at, url) || !url.StartsWith("oci://", StringComparison.Ordinal))
        {
            return;
        }

        var last = url.LastIndexOf('/');
        var digest = url.IndexOf('@', last);
        var colon = url.IndexOf(':', last);

        // Behind a host alone a colon begins a port.
        if (last <= "oci://".Length || (digest < 0 && colon < 0))
        {
            return;
        }

        var (field, value) = digest >= 0 ? ("digest", url[(digest + 1)..]) : ("tag", url[(colon + 1)..]);
        var bare = url[..(colon >= 0 && (digest < 0 || colon < digest) ? colon : digest)];
        context.Report(
            at,
            $"The address of {context.Object.Kind} {context.Object.Name} holds the {field} '{value}', which Flux refuses",
            context.Object.Kind == "OCIRepository" ? $"Write `{bare}` and `ref: {{{field}: {value}}}`" : $"Write `{bare}`; the version of a chart stands in the HelmRelease",
            fixes: Fixes(context.Object, at, bare, field, value));
    }

    private static ImmutableArray<Fix> Fixes(KubernetesObject item, YamlNode at, string bare, string field, string value)
    {
        var replaced = YamlEdits.Replace($"Move the {field} to `ref`", FixSafety.Safe, at, bare);
        if (item.Kind != "OCIRepository" || item.Spec is not { } spec || replaced is not [var fix])
        {
            return [];
        }

        // Where a version is written already, that is the one that is meant.
        if (spec["ref"] is YamlMapping { Entries.IsEmpty: false })
        {
            return [fix with { Title = $"Remove the {field} from the address" }];
        }

        return spec["ref"] is null && YamlEdits.Add("", FixSafety.Safe, spec, "url", "ref", $"{{{field}: \"{value}\"}}") is [var added]
            ? [fix with { Edits = [new FileEdit(fix.Edits[0].Text, [.. fix.Edits[0].Edits, .. added.Edits[0].Edits])] }]
            : [];
    }
}
