using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Sources;

/// <summary>Reports passwords and tokens in the address of a source.</summary>
public sealed class SourceUrlCredentials : Rule
{
    private const int TokenLength = 30;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6011", "source-url-credentials", "The address of a source holds credentials", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/components/source/gitrepositories/#secret-reference"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        foreach (var kind in new[] { "GitRepository", "HelmRepository", "OCIRepository", "Bucket" })
        {
            on.Object(FluxGroups.Source, kind, Check);
        }
    }

    private static bool IsToken(string user) =>
        user.Length >= TokenLength || user.StartsWith("ghp_", StringComparison.Ordinal) || user.StartsWith("glpat-", StringComparison.Ordinal);

    private static void Check(ObjectContext context)
    {
        if (SourceObjects.Read(context.Object, context.Object.Kind == "Bucket" ? "endpoint" : "url") is not var (at, url)
            || url.IndexOf("://", StringComparison.Ordinal) is not (> 0 and var scheme))
        {
            return;
        }

        var slash = url.IndexOf('/', scheme + 3);
        var authority = slash < 0 ? url[(scheme + 3)..] : url[(scheme + 3)..slash];
        var end = authority.LastIndexOf('@');

        // A name alone is no secret, as in https://org@dev.azure.com, unless it is a token.
        if (end > 0 && (authority.IndexOf(':', 0, end) >= 0 || (url.StartsWith("http", StringComparison.Ordinal) && IsToken(authority[..end]))))
        {
            // The address itself is not shown.
            context.Report(
                at,
                $"The address of {context.Object.Kind} {context.Object.Name} holds credentials, which everybody can read who can read the repository or the cluster's objects",
                "Write the address without them, put them into an encrypted Secret that `secretRef` names, and make them void where they were issued");
        }
    }
}
