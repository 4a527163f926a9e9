using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>The fields in which objects of Flux and Kubernetes' workloads name others (https://fluxcd.io/flux/components/, https://kubernetes.io/docs/reference/kubernetes-api/).</summary>
public static class ReferenceFields
{
    private static readonly ImmutableArray<ReferenceField> OfKustomization =
    [
        Named("spec.sourceRef", FluxGroups.Source, "GitRepository", "OCIRepository", "Bucket", "ExternalArtifact"),
        Named("spec.dependsOn[]", FluxGroups.Kustomize, "Kustomization"),
        Own("spec.postBuild.substituteFrom[]", "", "ConfigMap", "Secret"),
        Secret("spec.decryption.secretRef"),
        Secret("spec.kubeConfig.secretRef"),
        Own("spec.kubeConfig.configMapRef", "", "ConfigMap"),
        Named("spec.healthChecks[]", null),
        Account("spec"),
    ];

    private static readonly ImmutableArray<ReferenceField> OfHelmRelease =
    [
        Named("spec.chart.spec.sourceRef", FluxGroups.Source, "HelmRepository", "GitRepository", "Bucket"),
        Named("spec.chartRef", FluxGroups.Source, "OCIRepository", "HelmChart", "ExternalArtifact"),
        Named("spec.dependsOn[]", FluxGroups.Helm, "HelmRelease"),
        Own("spec.valuesFrom[]", "", "ConfigMap", "Secret"),
        Secret("spec.chart.spec.verify.secretRef"),
        Secret("spec.kubeConfig.secretRef"),
        Own("spec.kubeConfig.configMapRef", "", "ConfigMap"),
        Account("spec"),
    ];

    private static readonly ImmutableArray<ReferenceField> OfSource =
    [
        Secret("spec.secretRef"), Secret("spec.certSecretRef"), Secret("spec.proxySecretRef"), Secret("spec.verify.secretRef"),
    ];

    private static readonly ImmutableArray<ReferenceField> OfChart =
        [Named("spec.sourceRef", FluxGroups.Source, "HelmRepository", "GitRepository", "Bucket"), Secret("spec.verify.secretRef")];

    private static readonly ImmutableArray<ReferenceField> OfAccount =
        [Secret("imagePullSecrets[]"), Secret("secrets[]")];

    private static readonly ImmutableArray<ReferenceField> OfPod = Pod("spec");
    private static readonly ImmutableArray<ReferenceField> OfTemplate = Pod("spec.template.spec");
    private static readonly ImmutableArray<ReferenceField> OfCronJob = Pod("spec.jobTemplate.spec.template.spec");

    /// <summary>The fields of a kind.</summary>
    /// <param name="group">The API group; empty for the core group.</param>
    /// <param name="kind">The kind.</param>
    public static ImmutableArray<ReferenceField> Of(string group, string kind) => (group, kind) switch
    {
        (FluxGroups.Kustomize, "Kustomization") => OfKustomization,
        (FluxGroups.Helm, "HelmRelease") => OfHelmRelease,
        (FluxGroups.Source, "HelmChart") => OfChart,
        (FluxGroups.Source, "GitRepository") => [.. OfSource, Own("spec.include[].repository", FluxGroups.Source, "GitRepository")],
        (FluxGroups.Source, "OCIRepository") => [.. OfSource, Account("spec")],
        (FluxGroups.Source, _) => OfSource,
        (FluxGroups.SourceExtensions, "ArtifactGenerator") => [Named("spec.sources[]", FluxGroups.Source)],
        (FluxGroups.Image, "ImageRepository") => [.. OfSource, Account("spec")],
        (FluxGroups.Image, "ImagePolicy") => [Named("spec.imageRepositoryRef", FluxGroups.Image, "ImageRepository")],
        (FluxGroups.Image, "ImageUpdateAutomation") => [Named("spec.sourceRef", FluxGroups.Source, "GitRepository"), Secret("spec.git.commit.signingKey.secretRef")],
        (FluxGroups.Notification, "Alert") => [Own("spec.providerRef", FluxGroups.Notification, "Provider"), Named("spec.eventSources[]", null)],
        (FluxGroups.Notification, "Receiver") => [Secret("spec.secretRef"), Named("spec.resources[]", null)],
        (FluxGroups.Notification, "Provider") => OfSource,
        ("", "Pod") => OfPod,
        ("", "ReplicationController") or ("apps", "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet") or ("batch", "Job") => OfTemplate,
        ("batch", "CronJob") => OfCronJob,
        ("", "ServiceAccount") => OfAccount,
        ("networking.k8s.io", "Ingress") => [Own("spec.tls[]", "", "Secret") with { NameKey = "secretName" }],
        _ => [],
    };

    /// <summary>The references of an object; what is not known is left out.</summary>
    /// <param name="item">The object, as the cluster gets it.</param>
    public static IEnumerable<ObjectReference> In(KubernetesObject item) => Of(item.Group, item.Kind).SelectMany(field => field.Read(item));

    private static ReferenceField Named(string path, string? group, params ReadOnlySpan<string> kinds) => new(path, group, kinds) { HasNamespace = true };

    private static ReferenceField Own(string path, string group, params ReadOnlySpan<string> kinds) => new(path, group, kinds);

    private static ReferenceField Secret(string path) => new(path, "", "Secret");

    private static ReferenceField Account(string path) => new(path, "", "ServiceAccount") { NameKey = "serviceAccountName" };

    // A pod reaches what is in its own namespace.
    private static ImmutableArray<ReferenceField> Pod(string spec)
    {
        var fields = ImmutableArray.CreateBuilder<ReferenceField>();
        fields.Add(Account(spec));
        fields.Add(Secret($"{spec}.imagePullSecrets[]"));
        fields.Add(Secret($"{spec}.volumes[].secret") with { NameKey = "secretName" });
        fields.Add(Own($"{spec}.volumes[].configMap", "", "ConfigMap"));
        fields.Add(Own($"{spec}.volumes[].persistentVolumeClaim", "", "PersistentVolumeClaim") with { NameKey = "claimName" });
        fields.Add(Secret($"{spec}.volumes[].projected.sources[].secret"));
        fields.Add(Own($"{spec}.volumes[].projected.sources[].configMap", "", "ConfigMap"));
        foreach (var containers in (ReadOnlySpan<string>)["containers", "initContainers", "ephemeralContainers"])
        {
            fields.Add(Secret($"{spec}.{containers}[].envFrom[].secretRef"));
            fields.Add(Own($"{spec}.{containers}[].envFrom[].configMapRef", "", "ConfigMap"));
            fields.Add(Secret($"{spec}.{containers}[].env[].valueFrom.secretKeyRef"));
            fields.Add(Own($"{spec}.{containers}[].env[].valueFrom.configMapKeyRef", "", "ConfigMap"));
        }

        return fields.ToImmutable();
    }
}
