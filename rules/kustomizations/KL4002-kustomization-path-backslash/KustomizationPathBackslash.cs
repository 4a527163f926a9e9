using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reports paths of Flux Kustomizations with a backslash.</summary>
public sealed class KustomizationPathBackslash : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL4002", "kustomization-path-backslash", "The path of a Flux Kustomization has a backslash, which separates nothing", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/kustomize/kustomizations/#path"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => FluxObjects.OnKustomization(on, static (context, item) =>
    {
        if (item.Root.Get("spec", "path")?.AsScalar() is { IsUnknown: false } path && path.Value.Contains('\\', StringComparison.Ordinal))
        {
            context.Report(path, $"The path '{path.Value}' has a backslash: to Flux that is a letter of a name, so it finds no such directory", "Write `/` between directories", fixes: Fixes(path));
        }
    });

    private static ImmutableArray<Fix> Fixes(YamlScalar path)
    {
        if (path is not { Derivation: null, Anchor: null, Source.Parent: null, Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted })
        {
            return [];
        }

        var written = path.Source.Content.Substring(path.Span.Start, path.Span.Length);
        var mended = written.Replace(path.Style == YamlScalarStyle.DoubleQuoted ? "\\\\" : "\\", "/", StringComparison.Ordinal);
        return [new Fix($"Write {mended}", FixSafety.Safe, [new FileEdit(path.Source, [new TextEdit(path.Span, mended)])])];
    }
}
