using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Reports references to other namespaces where the controllers refuse them.</summary>
public sealed class CrossNamespaceRefDenied : Rule
{
    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL7020", "cross-namespace-ref-denied", "A reference leads to another namespace, which the controllers refuse", Severity.Error)
        {
            Reference = new("https://fluxcd.io/flux/installation/configuration/multitenancy/#how-to-configure-flux-multi-tenancy"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Graph(context =>
    {
        var lockdown = Lockdown.Of(context);
        if (!lockdown.IsSet)
        {
            return;
        }

        var objects = context.Cluster.Objects().Select(item => item.Object)
            .Concat(context.Cluster.Kustomizations.Where(item => item.EntryPoint is not null).Select(item => item.Object));
        foreach (var item in objects)
        {
            foreach (var (controller, reference) in References(item))
            {
                if (reference?.Get("namespace") is YamlScalar { IsNull: false } ns && Template.IsPlain(ns) && ns.Value != (item.Namespace ?? "default")
                    && lockdown.CrossNamespaceRefs(controller) is { } flag)
                {
                    context.Report(
                        ns,
                        $"The {item.Kind} '{item.Name}' refers to namespace '{ns.Value}', and the {controller} is told to refuse references to other namespaces",
                        "Put a copy of what it refers to into its own namespace",
                        [new RelatedLocation(flag.Location, "They are refused from here")],
                        about: item.Id);
                }
            }
        }
    });

    private static IEnumerable<(string Controller, YamlNode? Reference)> References(KubernetesObject item)
    {
        switch (item.Group, item.Kind)
        {
            case (FluxGroups.Kustomize, "Kustomization"):
                yield return ("kustomize-controller", item.Root.Get("spec", "sourceRef"));
                break;
            case (FluxGroups.Helm, "HelmRelease"):
                yield return ("helm-controller", item.Root.Get("spec", "chart", "spec", "sourceRef"));
                yield return ("helm-controller", item.Root.Get("spec", "chartRef"));
                break;
            case (FluxGroups.Image, "ImagePolicy"):
                yield return ("image-reflector-controller", item.Root.Get("spec", "imageRepositoryRef"));
                break;
            case (FluxGroups.Image, "ImageUpdateAutomation"):
                yield return ("image-automation-controller", item.Root.Get("spec", "sourceRef"));
                break;
            case (FluxGroups.Notification, "Alert"):
                foreach (var source in item.Root.Get("spec", "eventSources")?.AsSequence()?.Items ?? [])
                {
                    yield return ("notification-controller", source);
                }

                break;
            case (FluxGroups.Notification, "Receiver"):
                foreach (var resource in item.Root.Get("spec", "resources")?.AsSequence()?.Items ?? [])
                {
                    yield return ("notification-controller", resource);
                }

                break;
        }
    }
}
