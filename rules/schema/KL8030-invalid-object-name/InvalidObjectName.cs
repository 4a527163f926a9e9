using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.Rules.Schema;

/// <summary>Reports names that the API server does not take.</summary>
public sealed class InvalidObjectName : Rule
{
    // A CronJob's Jobs add eleven characters.
    private const int MaxCronJob = 52;

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL8030", "invalid-object-name", "The API server does not take this name", Severity.Error)
        {
            Reference = new("https://kubernetes.io/docs/concepts/overview/working-with-objects/names/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Object(static context =>
    {
        // What nothing applies may be a patch, which is called what its author likes.
        if (!context.Model.Clusters.IsEmpty && !Applied.IsKnown(context.Model, context.Object))
        {
            return;
        }

        if (NodeOf(context.Object, "name") is { } name && NameError(context.Object, name.Value) is { } error)
        {
            context.Report(name, $"The name of {context.Object.Kind} '{name.Value}' {error}: the object cannot be applied");
        }

        if (NodeOf(context.Object, "namespace") is { } ns && ObjectNames.LabelError(ns.Value) is { } wrong)
        {
            context.Report(ns, $"The namespace '{ns.Value}' {wrong}: the object cannot be applied");
        }
    });

    private static YamlScalar? NodeOf(KubernetesObject item, string field) =>
        item.Root.Get("metadata", field) is YamlScalar { IsUnknown: false, Type: YamlScalarType.String } scalar && !SchemaChecker.IsOpen(scalar.Value) ? scalar : null;

    private static string? NameError(KubernetesObject item, string name) => (item.Group, item.Kind) switch
    {
        ("", "Namespace") => ObjectNames.LabelError(name),
        ("", "Service") => ObjectNames.LabelError(name, startsWithLetter: true),
        ("batch", "CronJob") when name.Length > MaxCronJob => $"has {name.Length} characters, and {MaxCronJob} fit",
        ("rbac.authorization.k8s.io", _) or ("flowcontrol.apiserver.k8s.io", _) => ObjectNames.PathSegmentError(name),
        ("certificates.k8s.io", "ClusterTrustBundle") => null,
        ("apiextensions.k8s.io", "CustomResourceDefinition") when item.Root.GetString("spec", "names", "plural") is { } plural && item.Root.GetString("spec", "group") is { } group =>
            name == $"{plural}.{group}" ? null : $"must be '{plural}.{group}'",
        ("apiregistration.k8s.io", "APIService") when item.Root.GetString("spec", "version") is { } version =>
            name == $"{version}.{item.Root.GetString("spec", "group")}" ? null : $"must be '{version}.{item.Root.GetString("spec", "group")}'",
        _ => ObjectNames.SubdomainError(name),
    };
}
