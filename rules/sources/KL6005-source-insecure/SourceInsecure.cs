using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Sources;

/// <summary>Reports sources that are fetched without TLS from outside.</summary>
public sealed class SourceInsecure : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL6005", "source-insecure", "The source is fetched without TLS", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/security/best-practices/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on)
    {
        on.Object(FluxGroups.Source, "GitRepository", Check);
        on.Object(FluxGroups.Source, "OCIRepository", Check);
        on.Object(FluxGroups.Source, "HelmRepository", Check);
        on.Object(FluxGroups.Source, "Bucket", Check);
        on.Object(FluxGroups.Image, "ImageRepository", Check);
    }

    private static void Check(ObjectContext context)
    {
        var item = context.Object;
        var field = item.Kind switch { "Bucket" => "endpoint", "ImageRepository" => "image", _ => "url" };
        if (SourceObjects.Read(item, field) is not var (at, address) || SourceObjects.IsPrivate(SourceObjects.HostOf(address)))
        {
            return;
        }

        const string Consequence = "so that whoever is on the way can change what the cluster applies";
        if (address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        {
            context.Report(at, $"{item.Kind} {item.Name} is fetched over plain HTTP, {Consequence}", "Write `https://`");
        }
        else if (item.Spec?.Find("insecure") is { } entry && entry.Value.AsScalar() is { IsUnknown: false } insecure && insecure.AsBoolean() == true
            && (item.Kind != "HelmRepository" || SourceObjects.IsOciHelm(item)))
        {
            context.Report(entry.Value, $"`insecure: true` lets {item.Kind} {item.Name} be fetched without TLS, {Consequence}", "Remove it, and give `certSecretRef` if the registry has a certificate of its own");
        }
    }
}
