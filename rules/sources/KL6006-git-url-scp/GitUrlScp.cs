using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.References;

namespace KubeLint.Rules.Sources;

/// <summary>Reports git addresses in the form of scp, which Flux does not take.</summary>
public sealed class GitUrlScp : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6006", "git-url-scp", "The git address has the form of scp, which Flux does not take", Severity.Error)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#url"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(FluxGroups.Source, "GitRepository", context =>
    {
        if (SourceObjects.Read(context.Object, "url") is not var (at, url) || url.Contains("://", StringComparison.Ordinal))
        {
            return;
        }

        var at1 = url.IndexOf('@', StringComparison.Ordinal);
        var colon = url.IndexOf(':', StringComparison.Ordinal);
        var slash = url.IndexOf('/', StringComparison.Ordinal);
        if (at1 <= 0 || colon < at1 || (slash >= 0 && slash < colon) || colon + 1 >= url.Length)
        {
            return;
        }

        var better = $"ssh://{url[..colon]}/{url[(colon + 1)..].TrimStart('/')}";
        context.Report(at, $"'{url}' is no URL, so the API server refuses the GitRepository", $"Write `{better}`", fixes: YamlEdits.Replace($"Write {better}", FixSafety.Safe, at, better));
    });
}
