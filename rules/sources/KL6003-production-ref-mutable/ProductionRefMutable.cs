using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.Images;
using KubeLint.Yaml;

namespace KubeLint.Rules.Sources;

/// <summary>Reports sources of production that follow a branch or a tag that moves.</summary>
public sealed class ProductionRefMutable : Rule<ProductionRefMutable.ProductionRefMutableOptions>
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6003", "production-ref-mutable", "A source in a production directory follows what moves", Severity.Info)
        {
            IsEnabledByDefault = false,
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        ImmutableArray<GlobPattern> paths = [.. Options.Production.Select(pattern => new GlobPattern(pattern))];
        var tags = new MutableTags(MutableTags.Default);
        on.Object(FluxGroups.Source, "GitRepository", context => Check(context, paths, tags));
        on.Object(FluxGroups.Source, "OCIRepository", context => Check(context, paths, tags));
    }

    private static void Check(ObjectContext context, ImmutableArray<GlobPattern> paths, MutableTags tags)
    {
        if (context.Object.Spec?["ref"]?.AsMapping() is not { } reference || context.Model.Clusters.Any(cluster => SourceObjects.IsBeginning(cluster, context.Object)))
        {
            return;
        }

        var fields = context.Object.Kind == "GitRepository" ? new[] { "commit", "name", "semver", "tag", "branch" } : ["digest", "semver", "tag"];
        foreach (var field in fields)
        {
            if (reference.Find(field) is not { } entry || entry.Value.Resolved is not YamlScalar { IsNull: false } scalar)
            {
                continue;
            }

            // The first that is written is the one that counts.
            var moves = field switch { "branch" => true, "semver" => scalar.Value is "*" or ">=0.0.0" or "x", "tag" => tags.Contains(scalar.Value), _ => false };
            if (moves && !scalar.IsUnknown && paths.Any(path => path.IsMatch(entry.Value.Location.Text.Path)))
            {
                context.Report(
                    entry.Value,
                    $"{context.Object.Kind} {context.Object.Name} follows the {field} '{scalar.Value}', so production changes without a commit here",
                    "Write a `tag` or `digest` that stays, or a narrow `semver` range");
            }

            return;
        }
    }

    /// <summary>The options of KL6003.</summary>
    public sealed record ProductionRefMutableOptions
    {
        /// <summary>Globs of the files that describe production.</summary>
        public ImmutableArray<string> Production { get; init; } = ["**/prod/**", "**/production/**", "**/prod-*/**", "**/*-prod/**", "**/*-production/**"];
    }
}
