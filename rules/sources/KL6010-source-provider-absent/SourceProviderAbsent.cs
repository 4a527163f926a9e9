using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Rules.References;

namespace KubeLint.Rules.Sources;

/// <summary>Reports sources at a cloud's registry that are fetched without that cloud's login.</summary>
public sealed class SourceProviderAbsent : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6010", "source-provider-absent", "A source at a cloud's private registry has no provider to log in with", Severity.Warning)
        {
            Fix = FixSafety.Safe,
            Reference = new("https://fluxcd.io/flux/components/source/ocirepositories/#provider"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "OCIRepository", context => Check(context, "url"));
        on.Object(FluxGroups.Source, "HelmRepository", context => Check(context, "url"));
        on.Object(FluxGroups.Image, "ImageRepository", context => Check(context, "image"));
    }

    private static void Check(ObjectContext context, string field)
    {
        var item = context.Object;
        if (item.Spec is not { } spec || SourceObjects.Read(item, field) is not var (at, address) || (item.Kind == "HelmRepository" && !SourceObjects.IsOciHelm(item))
            || spec["secretRef"] is not null || spec["serviceAccountName"] is not null || spec["certSecretRef"] is not null
            || spec["provider"] is { IsUnknown: true } || (spec["provider"] is { } provider && provider.AsScalar()?.Value is not "generic"))
        {
            return;
        }

        var host = SourceObjects.HostOf(address);
        if (ProviderOf(host) is not { } name)
        {
            return;
        }

        context.Report(
            at,
            $"{host} needs a login, and {item.Kind} {item.Name} has neither `provider: {name}` nor a `secretRef`, so Flux cannot fetch it",
            $"Write `provider: {name}`",
            fixes: spec["provider"] is { } written ? YamlEdits.Replace($"Write provider {name}", FixSafety.Safe, written, name)
                : YamlEdits.Add($"Add provider {name}", FixSafety.Safe, spec, field, "provider", name));
    }

    // Artifact Registry and ACR may let anybody read; of ECR only public.ecr.aws does.
    private static string? ProviderOf(string host) =>
        host.Contains(".dkr.ecr.", StringComparison.Ordinal) && host.Contains(".amazonaws.com", StringComparison.Ordinal) ? "aws" : null;
}
