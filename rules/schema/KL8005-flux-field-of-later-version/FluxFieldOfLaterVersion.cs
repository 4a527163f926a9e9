using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports fields and API versions that the cluster's Flux does not have yet.</summary>
public sealed class FluxFieldOfLaterVersion : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8005", "flux-field-of-later-version", "The cluster's Flux does not have this field or API version yet", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/releases/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        var item = context.Object;
        if (!FluxVersions.IsFlux(item.Group))
        {
            return;
        }

        // The oldest decides; where no version is told, the newest is assumed, which has everything.
        FluxVersion? oldest = null;
        foreach (var told in FluxVersions.Told(context, item))
        {
            oldest = oldest is { } known && known < told ? known : told;
        }

        if (oldest is not { } flux || flux >= FluxVersion.Newest)
        {
            return;
        }

        if (FluxVersions.SinceOf(item) is { } since && flux < since)
        {
            context.Report(
                item.Root["apiVersion"]!, $"{item.Kind} {item.Version} came with Flux {since}, and the cluster has {flux}: it cannot be applied", "Upgrade Flux first");
        }
        else if (BuiltInSchemas.Flux.Find(item.ApiVersion, item.Kind) is { } schema)
        {
            Visit(context, item.Root, schema, "", flux);
        }
    });

    private static void Visit(ObjectContext context, YamlNode node, ValueSchema schema, string path, FluxVersion flux)
    {
        switch (node.Resolved)
        {
            case YamlMapping mapping when schema.Actual.Fields is { } fields:
                foreach (var entry in mapping.EffectiveEntries())
                {
                    if (entry.Name is { } name && fields.TryGetValue(name, out var field))
                    {
                        var here = path.Length == 0 ? name : $"{path}.{name}";
                        if (FluxVersion.Parse(field.Since) is { } since && flux < since)
                        {
                            context.Report(
                                entry.Key, $"'{here}' of {context.Object.Kind} came with Flux {since}, and the cluster has {flux}: it cannot be applied", "Upgrade Flux first, or leave it out");
                        }
                        else
                        {
                            Visit(context, entry.Value, field.Schema, here, flux);
                        }
                    }
                }

                break;
            case YamlSequence sequence when schema.Actual.Items is { } items:
                foreach (var item in sequence.Items)
                {
                    Visit(context, item, items, path, flux);
                }

                break;
        }
    }
}
