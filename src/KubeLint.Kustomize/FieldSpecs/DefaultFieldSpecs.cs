using System.Collections.Immutable;

using KubeLint.Kustomize.Resources;

namespace KubeLint.Kustomize.FieldSpecs;

/// <summary>
/// The field specs that kustomize has without being told
/// (https://github.com/kubernetes-sigs/kustomize, api/internal/konfig/builtinpluginconsts).
/// </summary>
internal static class DefaultFieldSpecs
{
    private const string Template = "spec/template/";
    private const string CronTemplate = "spec/jobTemplate/spec/template/";

    /// <summary>All of them.</summary>
    public static TransformerConfiguration Configuration { get; } = Make();

    /// <summary>Metadata labels alone.</summary>
    public static FieldSpec MetadataLabels { get; } = Of("", "metadata/labels", creates: true);

    private static TransformerConfiguration Make() => new()
    {
        NamePrefix = [Of("", "metadata/name")],
        NameSuffix = [Of("", "metadata/name")],
        Namespace = TransformerConfiguration.Sort(
        [
            Of("Namespace", "metadata/name", creates: true),
            Of("APIService", "spec/service/namespace", "apiregistration.k8s.io", creates: true),
            Of("CustomResourceDefinition", "spec/conversion/webhook/clientConfig/service/namespace", "apiextensions.k8s.io"),
        ]),
        CommonLabels = TransformerConfiguration.Sort([.. SelectorLabels(), .. TemplateLabels()]),
        TemplateLabels = TransformerConfiguration.Sort([.. TemplateLabels()]),
        CommonAnnotations = TransformerConfiguration.Sort([.. Annotations()]),
        VarReferences = TransformerConfiguration.Sort([.. VarReferences()]),
        NameReferences = TransformerConfiguration.Sort([.. NameReferences()]),
        Images = [.. ImageFields("spec/"), .. ImageFields(Template + "spec/")],
        Replicas = TransformerConfiguration.Sort(
        [
            Of("Deployment", "spec/replicas", creates: true), Of("ReplicationController", "spec/replicas", creates: true),
            Of("ReplicaSet", "spec/replicas", creates: true), Of("StatefulSet", "spec/replicas", creates: true),
        ]),
    };

    private static FieldSpec Of(string kind, string path, string group = "", string version = "", bool creates = false) =>
        new(new GroupVersionKind(group, version, kind), path, creates);

    private static IEnumerable<FieldSpec> ImageFields(string spec)
    {
        yield return Of("", spec + "containers[]/image", creates: true);
        yield return Of("", spec + "initContainers[]/image", creates: true);
        yield return Of("", spec + "volumes[]/image/reference", creates: true);
    }

    private static IEnumerable<FieldSpec> SelectorLabels()
    {
        yield return Of("Service", "spec/selector", version: "v1", creates: true);
        yield return Of("ReplicationController", "spec/selector", version: "v1", creates: true);
        yield return Of("Deployment", "spec/selector/matchLabels", creates: true);
        yield return Of("ReplicaSet", "spec/selector/matchLabels", creates: true);
        yield return Of("DaemonSet", "spec/selector/matchLabels", creates: true);
        yield return Of("StatefulSet", "spec/selector/matchLabels", "apps", creates: true);
        foreach (var kind in new[] { "Deployment", "StatefulSet" })
        {
            foreach (var affinity in new[] { "podAffinity", "podAntiAffinity" })
            {
                var start = $"{Template}spec/affinity/{affinity}/";
                yield return Of(kind, start + "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm/labelSelector/matchLabels", "apps");
                yield return Of(kind, start + "requiredDuringSchedulingIgnoredDuringExecution/labelSelector/matchLabels", "apps");
            }

            yield return Of(kind, Template + "spec/topologySpreadConstraints/labelSelector/matchLabels", "apps");
        }

        yield return Of("Job", "spec/selector/matchLabels", "batch");
        yield return Of("CronJob", "spec/jobTemplate/spec/selector/matchLabels", "batch");
        yield return Of("PodDisruptionBudget", "spec/selector/matchLabels", "policy");
        foreach (var selector in new[] { "spec/podSelector/matchLabels", "spec/ingress/from/podSelector/matchLabels", "spec/egress/to/podSelector/matchLabels" })
        {
            yield return Of("NetworkPolicy", selector, "networking.k8s.io");
        }
    }

    private static IEnumerable<FieldSpec> TemplateLabels()
    {
        yield return Of("", "metadata/labels", creates: true);
        yield return Of("ReplicationController", Template + "metadata/labels", version: "v1", creates: true);
        yield return Of("Deployment", Template + "metadata/labels", creates: true);
        yield return Of("ReplicaSet", Template + "metadata/labels", creates: true);
        yield return Of("DaemonSet", Template + "metadata/labels", creates: true);
        yield return Of("StatefulSet", Template + "metadata/labels", "apps", creates: true);
        yield return Of("StatefulSet", "spec/volumeClaimTemplates[]/metadata/labels", "apps", creates: true);
        yield return Of("Job", Template + "metadata/labels", "batch", creates: true);
        yield return Of("CronJob", "spec/jobTemplate/metadata/labels", "batch", creates: true);
        yield return Of("CronJob", CronTemplate + "metadata/labels", "batch", creates: true);
    }

    private static IEnumerable<FieldSpec> Annotations()
    {
        yield return Of("", "metadata/annotations", creates: true);
        yield return Of("ReplicationController", Template + "metadata/annotations", version: "v1", creates: true);
        foreach (var kind in new[] { "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet" })
        {
            yield return Of(kind, Template + "metadata/annotations", creates: true);
        }

        yield return Of("Job", Template + "metadata/annotations", "batch", creates: true);
        yield return Of("CronJob", "spec/jobTemplate/metadata/annotations", "batch", creates: true);
        yield return Of("CronJob", CronTemplate + "metadata/annotations", "batch", creates: true);
    }

    private static IEnumerable<FieldSpec> VarReferences()
    {
        var kinds = new[]
        {
            ("CronJob", CronTemplate), ("DaemonSet", Template), ("Deployment", Template), ("Job", Template), ("Pod", ""), ("ReplicaSet", Template),
            ("StatefulSet", Template),
        };
        foreach (var (kind, template) in kinds)
        {
            foreach (var containers in new[] { "containers", "initContainers" })
            {
                foreach (var field in new[] { "args", "command", "env/value", "volumeMounts/mountPath" })
                {
                    yield return Of(kind, $"{template}spec/{containers}/{field}");
                }
            }

            yield return kind switch
            {
                // These two paths are kustomize's own, unlikely as they look.
                "CronJob" => Of(kind, CronTemplate + "volumes/nfs/server"),
                "StatefulSet" => Of(kind, "spec/volumeClaimTemplates/spec/nfs/server"),
                _ => Of(kind, template + "spec/volumes/nfs/server"),
            };
        }

        yield return Of("Deployment", Template + "metadata/annotations");
        yield return Of("Ingress", "spec/rules/host");
        yield return Of("Ingress", "spec/tls/hosts");
        yield return Of("Ingress", "spec/tls/secretName");
        yield return Of("Service", "spec/ports/port");
        yield return Of("Service", "spec/ports/targetPort");
        yield return Of("PersistentVolume", "spec/nfs/server");
        yield return Of("", "metadata/labels");
        yield return Of("", "metadata/annotations");
    }

    private static IEnumerable<NameReference> NameReferences()
    {
        foreach (var scaled in new[] { "Deployment", "ReplicationController", "ReplicaSet", "StatefulSet" })
        {
            yield return Named(scaled, [Of("HorizontalPodAutoscaler", "spec/scaleTargetRef/name")]);
        }

        yield return Named("ConfigMap", version: "v1", fields:
        [
            .. InPodSpecs(
                "volumes/configMap/name", "containers/env/valueFrom/configMapKeyRef/name", "initContainers/env/valueFrom/configMapKeyRef/name",
                "containers/envFrom/configMapRef/name", "initContainers/envFrom/configMapRef/name", "volumes/projected/sources/configMap/name"),
            Of("Node", "spec/configSource/configMap"),
            Of("Role", "rules/resourceNames"),
            Of("ClusterRole", "rules/resourceNames"),
            Of("Ingress", @"metadata/annotations/nginx.ingress.kubernetes.io\/fastcgi-params-configmap"),
        ]);
        yield return Named("Secret", version: "v1", fields:
        [
            .. InPodSpecs(
                "volumes/secret/secretName", "containers/env/valueFrom/secretKeyRef/name", "initContainers/env/valueFrom/secretKeyRef/name",
                "containers/envFrom/secretRef/name", "initContainers/envFrom/secretRef/name", "imagePullSecrets/name",
                "volumes/projected/sources/secret/name"),
            Of("Ingress", "spec/tls/secretName"),
            Of("Ingress", @"metadata/annotations/ingress.kubernetes.io\/auth-secret"),
            Of("Ingress", @"metadata/annotations/nginx.ingress.kubernetes.io\/auth-secret"),
            Of("Ingress", @"metadata/annotations/nginx.ingress.kubernetes.io\/auth-tls-secret"),
            Of("ServiceAccount", "imagePullSecrets/name"),
            Of("StorageClass", "parameters/secretName"),
            Of("StorageClass", "parameters/adminSecretName"),
            Of("StorageClass", "parameters/userSecretName"),
            Of("StorageClass", "parameters/secretRef"),
            Of("Role", "rules/resourceNames"),
            Of("ClusterRole", "rules/resourceNames"),
            Of("Service", Template + "spec/containers/env/valueFrom/secretKeyRef/name", "serving.knative.dev", "v1"),
            Of("PersistentVolume", "spec/azureFile/secretName"),
        ]);
        yield return Named("Service", version: "v1", fields:
        [
            Of("StatefulSet", "spec/serviceName", "apps"),
            Of("Ingress", "spec/rules/http/paths/backend/serviceName"),
            Of("Ingress", "spec/backend/serviceName"),
            Of("Ingress", "spec/rules/http/paths/backend/service/name"),
            Of("Ingress", "spec/defaultBackend/service/name"),
            Of("APIService", "spec/service/name", "apiregistration.k8s.io"),
            Of("ValidatingWebhookConfiguration", "webhooks/clientConfig/service", "admissionregistration.k8s.io"),
            Of("MutatingWebhookConfiguration", "webhooks/clientConfig/service", "admissionregistration.k8s.io"),
        ]);
        const string rbac = "rbac.authorization.k8s.io";
        yield return Named("Role", [Of("RoleBinding", "roleRef/name", rbac)], rbac);
        yield return Named("ClusterRole", [Of("RoleBinding", "roleRef/name", rbac), Of("ClusterRoleBinding", "roleRef/name", rbac)], rbac);
        yield return Named("ServiceAccount", version: "v1", fields:
            [Of("RoleBinding", "subjects", rbac), Of("ClusterRoleBinding", "subjects", rbac), .. InWorkloads("serviceAccountName")]);
        yield return Named("PersistentVolumeClaim", version: "v1", fields: [.. InWorkloads("volumes/persistentVolumeClaim/claimName")]);
        yield return Named("PersistentVolume", version: "v1", fields: [Of("PersistentVolumeClaim", "spec/volumeName"), Of("ClusterRole", "rules/resourceNames")]);
        yield return Named("StorageClass", group: "storage.k8s.io", version: "v1", fields:
        [
            Of("PersistentVolume", "spec/storageClassName"),
            Of("PersistentVolumeClaim", "spec/storageClassName"),
            Of("StatefulSet", "spec/volumeClaimTemplates/spec/storageClassName"),
        ]);
        yield return Named("PriorityClass", group: "scheduling.k8s.io", version: "v1", fields: [.. InWorkloads("priorityClassName")]);

        // The group is what kustomize has; it never matches.
        yield return Named("IngressClass", group: "networking.k8s.io/v1", version: "v1", fields: [Of("Ingress", "spec/ingressClassName")]);
        yield return Named(
            "ValidatingAdmissionPolicy",
            [Of("ValidatingAdmissionPolicyBinding", "spec/policyName", "admissionregistration.k8s.io")],
            "admissionregistration.k8s.io");
    }

    private static NameReference Named(string kind, ImmutableArray<FieldSpec> fields, string group = "", string version = "") =>
        new(new GroupVersionKind(group, version, kind), fields);

    // ConfigMaps and Secrets are looked for in these; ReplicationController is not among them.
    private static IEnumerable<FieldSpec> InPodSpecs(params string[] fields)
    {
        foreach (var field in fields)
        {
            yield return Of("Pod", "spec/" + field, version: "v1");
            yield return Of("PodTemplate", "template/spec/" + field);
            foreach (var kind in new[] { "Deployment", "ReplicaSet", "DaemonSet", "StatefulSet", "Job" })
            {
                yield return Of(kind, $"{Template}spec/{field}");
            }

            yield return Of("CronJob", $"{CronTemplate}spec/{field}");
        }
    }

    // ServiceAccounts, claims and priority classes are looked for in these; ReplicaSet is not among them.
    private static IEnumerable<FieldSpec> InWorkloads(string field)
    {
        yield return Of("Pod", "spec/" + field);
        foreach (var kind in new[] { "StatefulSet", "Deployment", "ReplicationController", "Job", "DaemonSet" })
        {
            yield return Of(kind, $"{Template}spec/{field}");
        }

        yield return Of("CronJob", $"{CronTemplate}spec/{field}");
    }
}
