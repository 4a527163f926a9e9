using System.Collections.Immutable;
using System.Globalization;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Schema;

/// <summary>A version of a Kubernetes kind that is deprecated or gone.</summary>
/// <param name="ApiVersion">The group and version.</param>
/// <param name="Kinds">The kinds.</param>
/// <param name="DeprecatedIn">The minor version of Kubernetes 1 that deprecated it.</param>
/// <param name="RemovedIn">The minor version of Kubernetes 1 that no longer serves it; null where all serve it.</param>
/// <param name="New">What replaces it; null where nothing does.</param>
/// <param name="Note">What has to change besides; null where the fields are the same.</param>
internal sealed record KubernetesMigration(string ApiVersion, ImmutableArray<string> Kinds, int DeprecatedIn, int? RemovedIn, string? New, string? Note);

/// <summary>Which versions of its kinds Kubernetes serves (https://kubernetes.io/docs/reference/using-api/deprecation-guide/).</summary>
internal static class KubernetesApis
{
    /// <summary>The oldest minor version that is thought of where nothing is configured.</summary>
    public const int Oldest = 29;

    private const string Selector = "`spec.selector` must be written, and its labels must be those of the template";

    private static readonly Dictionary<(string ApiVersion, string Kind), KubernetesMigration> Migrations = Index(
    [
        new("extensions/v1beta1", ["Deployment", "DaemonSet", "ReplicaSet"], 9, 16, "apps/v1", Selector),
        new("extensions/v1beta1", ["NetworkPolicy"], 9, 16, "networking.k8s.io/v1", null),
        new("extensions/v1beta1", ["PodSecurityPolicy"], 10, 16, null, "Pod Security Admission has replaced it: labels of the Namespace"),
        new("extensions/v1beta1", ["Ingress"], 14, 22, "networking.k8s.io/v1", "Backends are written `service.name` and `service.port`, and each path needs a `pathType`"),
        new("apps/v1beta1", ["Deployment", "StatefulSet", "ControllerRevision"], 9, 16, "apps/v1", Selector),
        new("apps/v1beta2", ["Deployment", "DaemonSet", "StatefulSet", "ReplicaSet", "ControllerRevision"], 9, 16, "apps/v1", Selector),
        new("networking.k8s.io/v1beta1", ["Ingress"], 19, 22, "networking.k8s.io/v1", "Backends are written `service.name` and `service.port`, and each path needs a `pathType`"),
        new("networking.k8s.io/v1beta1", ["IngressClass"], 19, 22, "networking.k8s.io/v1", null),
        new("networking.k8s.io/v1beta1", ["IPAddress", "ServiceCIDR"], 33, 37, "networking.k8s.io/v1", null),
        new("apiextensions.k8s.io/v1beta1", ["CustomResourceDefinition"], 16, 22, "apiextensions.k8s.io/v1", "Each version needs a `schema`, and `validation` and `subresources` move into it"),
        new("admissionregistration.k8s.io/v1beta1", ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"], 16, 22, "admissionregistration.k8s.io/v1",
            "`sideEffects` and `admissionReviewVersions` must be written"),
        new("admissionregistration.k8s.io/v1beta1", ["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"], 30, 34, "admissionregistration.k8s.io/v1", null),
        new("apiregistration.k8s.io/v1beta1", ["APIService"], 19, 22, "apiregistration.k8s.io/v1", null),
        new("authentication.k8s.io/v1beta1", ["TokenReview"], 19, 22, "authentication.k8s.io/v1", null),
        new("authorization.k8s.io/v1beta1", ["LocalSubjectAccessReview", "SelfSubjectAccessReview", "SubjectAccessReview", "SelfSubjectRulesReview"], 19, 22, "authorization.k8s.io/v1", null),
        new("certificates.k8s.io/v1beta1", ["CertificateSigningRequest"], 19, 22, "certificates.k8s.io/v1", "`signerName` and `usages` must be written"),
        new("coordination.k8s.io/v1beta1", ["Lease"], 19, 22, "coordination.k8s.io/v1", null),
        new("rbac.authorization.k8s.io/v1alpha1", ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"], 17, 22, "rbac.authorization.k8s.io/v1", null),
        new("rbac.authorization.k8s.io/v1beta1", ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"], 17, 22, "rbac.authorization.k8s.io/v1", null),
        new("scheduling.k8s.io/v1alpha1", ["PriorityClass"], 14, 17, "scheduling.k8s.io/v1", null),
        new("scheduling.k8s.io/v1beta1", ["PriorityClass"], 14, 22, "scheduling.k8s.io/v1", null),
        new("storage.k8s.io/v1beta1", ["CSIDriver", "CSINode", "StorageClass", "VolumeAttachment"], 19, 22, "storage.k8s.io/v1", null),
        new("storage.k8s.io/v1beta1", ["CSIStorageCapacity"], 24, 27, "storage.k8s.io/v1", null),
        new("storage.k8s.io/v1beta1", ["VolumeAttributesClass"], 34, 37, "storage.k8s.io/v1", null),
        new("batch/v1beta1", ["CronJob"], 21, 25, "batch/v1", null),
        new("batch/v2alpha1", ["CronJob"], 8, 21, "batch/v1", null),
        new("discovery.k8s.io/v1beta1", ["EndpointSlice"], 21, 25, "discovery.k8s.io/v1", "`topology` is written `nodeName` and `zone`"),
        new("events.k8s.io/v1beta1", ["Event"], 19, 25, "events.k8s.io/v1", null),
        new("autoscaling/v2beta1", ["HorizontalPodAutoscaler"], 22, 25, "autoscaling/v2", "Metrics have a `target` instead of `targetAverageUtilization` and the like"),
        new("autoscaling/v2beta2", ["HorizontalPodAutoscaler"], 23, 26, "autoscaling/v2", null),
        new("policy/v1beta1", ["PodDisruptionBudget"], 21, 25, "policy/v1", null),
        new("policy/v1beta1", ["PodSecurityPolicy"], 21, 25, null, "Pod Security Admission has replaced it: labels of the Namespace"),
        new("node.k8s.io/v1beta1", ["RuntimeClass"], 20, 25, "node.k8s.io/v1", null),
        new("flowcontrol.apiserver.k8s.io/v1beta1", ["FlowSchema", "PriorityLevelConfiguration"], 23, 26, "flowcontrol.apiserver.k8s.io/v1", null),
        new("flowcontrol.apiserver.k8s.io/v1beta2", ["FlowSchema", "PriorityLevelConfiguration"], 26, 29, "flowcontrol.apiserver.k8s.io/v1", null),
        new("flowcontrol.apiserver.k8s.io/v1beta3", ["FlowSchema", "PriorityLevelConfiguration"], 29, 32, "flowcontrol.apiserver.k8s.io/v1", null),
        new("v1", ["ComponentStatus"], 19, null, null, null),
    ]);

    /// <summary>What became of an object's version; null where it is current, or not one of Kubernetes.</summary>
    public static KubernetesMigration? MigrationOf(KubernetesObject item) => Migrations.GetValueOrDefault((item.ApiVersion, item.Kind));

    /// <summary>Whether a version of Kubernetes ever served the kind, and none that is thought of does.</summary>
    public static bool IsKnown(string apiVersion, string kind) => Migrations.ContainsKey((apiVersion, kind));

    /// <summary>The minor version of Kubernetes 1 that the clusters run; null where it is not configured.</summary>
    public static int? Minor(RepositorySettings settings)
    {
        var parts = (settings.KubernetesVersion ?? "").TrimStart('v').Split('.', '-', '+');
        return parts is ["1", var minor, ..] && int.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    /// <summary>What to write.</summary>
    public static string? Help(KubernetesMigration migration) =>
        migration.New is not { } now ? migration.Note : migration.Note is null ? $"Write `{now}`" : $"Write `{now}`. {migration.Note}";

    private static Dictionary<(string, string), KubernetesMigration> Index(ImmutableArray<KubernetesMigration> migrations)
    {
        var index = new Dictionary<(string, string), KubernetesMigration>();
        foreach (var migration in migrations)
        {
            foreach (var kind in migration.Kinds)
            {
                index.Add((migration.ApiVersion, kind), migration);
            }
        }

        return index;
    }
}
