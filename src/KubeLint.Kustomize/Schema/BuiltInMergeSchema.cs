using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KubeLint.Kustomize.Schema;

/// <summary>
/// The merged lists of the kinds that are built into Kubernetes, as in the OpenAPI description that kustomize holds
/// (v1.21.2: <c>x-kubernetes-patch-strategy</c>, <c>x-kubernetes-patch-merge-key</c>, <c>x-kubernetes-list-map-keys</c>).
/// Only fields on the way to a merged list are here.
/// </summary>
internal sealed class BuiltInMergeSchema : MergeSchema
{
    private static readonly FrozenDictionary<(string ApiVersion, string Kind), BuiltInMergeSchema> Kinds = MakeKinds();

    private readonly FrozenDictionary<string, BuiltInMergeSchema> fields;
    private readonly BuiltInMergeSchema? elements;

    private BuiltInMergeSchema(FrozenDictionary<string, BuiltInMergeSchema> fields, BuiltInMergeSchema? elements, bool isMergedList, ImmutableArray<string> mergeKeys)
    {
        this.fields = fields;
        this.elements = elements;
        IsMergedList = isMergedList;
        MergeKeys = mergeKeys;
    }

    public override bool IsMergedList { get; }

    public override ImmutableArray<string> MergeKeys { get; }

    /// <summary>The type of a kind; null for a kind that is not built in.</summary>
    public static BuiltInMergeSchema? Find(string apiVersion, string kind) => Kinds.GetValueOrDefault((apiVersion, kind));

    public override MergeSchema? Field(string name) => fields.GetValueOrDefault(name);

    public override MergeSchema? Elements() => elements;

    private static BuiltInMergeSchema Type(params (string Name, BuiltInMergeSchema Schema)[] fields) =>
        new(fields.ToFrozenDictionary(field => field.Name, field => field.Schema, StringComparer.Ordinal), null, false, []);

    private static BuiltInMergeSchema Merged(BuiltInMergeSchema? elements, params ImmutableArray<string> keys) =>
        new(FrozenDictionary<string, BuiltInMergeSchema>.Empty, elements, true, keys);

    private static FrozenDictionary<(string ApiVersion, string Kind), BuiltInMergeSchema> MakeKinds()
    {
        var metadata = Type(("finalizers", Merged(null)), ("ownerReferences", Merged(null, "uid")));
        var plain = Type(("metadata", metadata));
        var conditions = Type(("conditions", Merged(null, "type")));
        var withStatus = Type(("metadata", metadata), ("status", conditions));
        var podTemplate = Type(("metadata", metadata), ("spec", MakePodSpec(plain)));
        var controllerSpec = Type(("template", podTemplate));
        var controller = Type(("metadata", metadata), ("spec", controllerSpec), ("status", conditions));
        var jobTemplate = Type(("metadata", metadata), ("spec", controllerSpec));
        var cronJob = Type(("metadata", metadata), ("spec", Type(("jobTemplate", jobTemplate))));
        var webhooks = Type(("metadata", metadata), ("webhooks", Merged(null, "name")));
        var csiNode = Type(("metadata", metadata), ("spec", Type(("drivers", Merged(null, "name")))));
        var podStatus = Type(("conditions", Merged(null, "type")), ("podIPs", Merged(null, "ip")));
        var nodeStatus = Type(("addresses", Merged(null, "type")), ("conditions", Merged(null, "type")));
        var generators = Type(("configMapGenerator", Merged(null, "name")), ("secretGenerator", Merged(null, "name")));

        var kinds = new Dictionary<(string ApiVersion, string Kind), BuiltInMergeSchema>
        {
            [("v1", "ComponentStatus")] = Type(("metadata", metadata), ("conditions", Merged(null, "type"))),
            [("v1", "Node")] = Type(("metadata", metadata), ("spec", Type(("podCIDRs", Merged(null)))), ("status", nodeStatus)),
            [("v1", "Pod")] = Type(("metadata", metadata), ("spec", podTemplate.fields["spec"]), ("status", podStatus)),
            [("v1", "PodTemplate")] = Type(("metadata", metadata), ("template", podTemplate)),
            [("v1", "Service")] = Type(("metadata", metadata), ("spec", Type(("ports", Merged(null, "port", "protocol")))), ("status", conditions)),
            [("v1", "ServiceAccount")] = Type(("metadata", metadata), ("secrets", Merged(null, "name"))),
            [("kustomize.config.k8s.io/v1beta1", "Kustomization")] = generators,
        };
        Add(controller, "apps/v1", "DaemonSet", "Deployment", "ReplicaSet", "StatefulSet");
        Add(controller, "batch/v1", "Job");
        Add(controller, "v1", "ReplicationController");
        Add(cronJob, "batch/v1", "CronJob");
        Add(cronJob, "batch/v1beta1", "CronJob");
        Add(withStatus, "v1", "Namespace", "PersistentVolumeClaim");
        Add(withStatus, "policy/v1", "PodDisruptionBudget");
        Add(withStatus, "policy/v1beta1", "PodDisruptionBudget");
        Add(withStatus, "apiregistration.k8s.io/v1", "APIService");
        Add(withStatus, "apiregistration.k8s.io/v1beta1", "APIService");
        Add(webhooks, "admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
        Add(webhooks, "admissionregistration.k8s.io/v1beta1", "MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
        Add(csiNode, "storage.k8s.io/v1", "CSINode");
        Add(csiNode, "storage.k8s.io/v1beta1", "CSINode");
        Add(plain, "v1", "Binding", "ConfigMap", "Endpoints", "Event", "LimitRange", "PersistentVolume", "ResourceQuota", "Secret");
        Add(plain, "apiextensions.k8s.io/v1", "CustomResourceDefinition");
        Add(plain, "apiextensions.k8s.io/v1beta1", "CustomResourceDefinition");
        Add(plain, "apps/v1", "ControllerRevision");
        Add(plain, "authentication.k8s.io/v1", "TokenRequest", "TokenReview");
        Add(plain, "authentication.k8s.io/v1beta1", "TokenReview");
        foreach (var version in new[] { "authorization.k8s.io/v1", "authorization.k8s.io/v1beta1" })
        {
            Add(plain, version, "LocalSubjectAccessReview", "SelfSubjectAccessReview", "SelfSubjectRulesReview", "SubjectAccessReview");
        }

        Add(plain, "autoscaling/v1", "HorizontalPodAutoscaler", "Scale");
        Add(plain, "autoscaling/v2beta1", "HorizontalPodAutoscaler");
        Add(plain, "autoscaling/v2beta2", "HorizontalPodAutoscaler");
        Add(plain, "certificates.k8s.io/v1", "CertificateSigningRequest");
        Add(plain, "certificates.k8s.io/v1beta1", "CertificateSigningRequest");
        Add(plain, "coordination.k8s.io/v1", "Lease");
        Add(plain, "coordination.k8s.io/v1beta1", "Lease");
        Add(plain, "discovery.k8s.io/v1", "EndpointSlice");
        Add(plain, "discovery.k8s.io/v1beta1", "EndpointSlice");
        Add(plain, "events.k8s.io/v1", "Event");
        Add(plain, "events.k8s.io/v1beta1", "Event");
        Add(plain, "extensions/v1beta1", "Ingress");
        Add(plain, "flowcontrol.apiserver.k8s.io/v1beta1", "FlowSchema", "PriorityLevelConfiguration");
        Add(plain, "networking.k8s.io/v1", "Ingress", "IngressClass", "NetworkPolicy");
        Add(plain, "networking.k8s.io/v1beta1", "Ingress", "IngressClass");
        Add(plain, "node.k8s.io/v1", "RuntimeClass");
        Add(plain, "node.k8s.io/v1beta1", "RuntimeClass");
        Add(plain, "policy/v1beta1", "Eviction", "PodSecurityPolicy");
        foreach (var version in new[] { "rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1" })
        {
            Add(plain, version, "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
        }

        Add(plain, "scheduling.k8s.io/v1", "PriorityClass");
        Add(plain, "scheduling.k8s.io/v1beta1", "PriorityClass");
        Add(plain, "storage.k8s.io/v1", "CSIDriver", "StorageClass", "VolumeAttachment");
        Add(plain, "storage.k8s.io/v1beta1", "CSIDriver", "CSIStorageCapacity", "StorageClass", "VolumeAttachment");
        return kinds.ToFrozenDictionary();

        void Add(BuiltInMergeSchema schema, string apiVersion, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                kinds.Add((apiVersion, name), schema);
            }
        }
    }

    private static BuiltInMergeSchema MakePodSpec(BuiltInMergeSchema claimTemplate)
    {
        var env = ("env", Merged(null, "name"));
        var devices = ("volumeDevices", Merged(null, "devicePath"));
        var mounts = ("volumeMounts", Merged(null, "mountPath"));
        var container = Type(env, devices, mounts, ("ports", Merged(null, "containerPort", "protocol")));
        var volume = Type(("ephemeral", Type(("volumeClaimTemplate", claimTemplate))));
        return Type(
            ("containers", Merged(container, "name")),
            ("initContainers", Merged(container, "name")),
            ("ephemeralContainers", Merged(Type(env, devices, mounts), "name")),
            ("hostAliases", Merged(null, "ip")),
            ("imagePullSecrets", Merged(null, "name")),
            ("topologySpreadConstraints", Merged(null, "topologyKey", "whenUnsatisfiable")),
            ("volumes", Merged(volume, "name")));
    }
}
