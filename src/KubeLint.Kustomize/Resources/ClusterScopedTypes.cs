using System.Collections.Frozen;

namespace KubeLint.Kustomize.Resources;

/// <summary>
/// The types that kustomize knows to belong to no namespace: those of the OpenAPI schema that is built into it
/// (https://github.com/kubernetes-sigs/kustomize, kyaml/openapi). Custom resources are taken to be namespaced.
/// </summary>
internal static class ClusterScopedTypes
{
    private static readonly FrozenSet<GroupVersionKind> Types = new GroupVersionKind[]
    {
        new("admissionregistration.k8s.io", "v1", "MutatingWebhookConfiguration"),
        new("admissionregistration.k8s.io", "v1", "ValidatingWebhookConfiguration"),
        new("admissionregistration.k8s.io", "v1beta1", "MutatingWebhookConfiguration"),
        new("admissionregistration.k8s.io", "v1beta1", "ValidatingWebhookConfiguration"),
        new("apiextensions.k8s.io", "v1", "CustomResourceDefinition"),
        new("apiextensions.k8s.io", "v1beta1", "CustomResourceDefinition"),
        new("apiregistration.k8s.io", "v1", "APIService"),
        new("apiregistration.k8s.io", "v1beta1", "APIService"),
        new("certificates.k8s.io", "v1", "CertificateSigningRequest"),
        new("certificates.k8s.io", "v1beta1", "CertificateSigningRequest"),
        new("flowcontrol.apiserver.k8s.io", "v1beta1", "FlowSchema"),
        new("flowcontrol.apiserver.k8s.io", "v1beta1", "PriorityLevelConfiguration"),
        new("networking.k8s.io", "v1", "IngressClass"),
        new("networking.k8s.io", "v1beta1", "IngressClass"),
        new("node.k8s.io", "v1", "RuntimeClass"),
        new("node.k8s.io", "v1beta1", "RuntimeClass"),
        new("policy", "v1beta1", "PodSecurityPolicy"),
        new("rbac.authorization.k8s.io", "v1", "ClusterRole"),
        new("rbac.authorization.k8s.io", "v1", "ClusterRoleBinding"),
        new("rbac.authorization.k8s.io", "v1beta1", "ClusterRole"),
        new("rbac.authorization.k8s.io", "v1beta1", "ClusterRoleBinding"),
        new("scheduling.k8s.io", "v1", "PriorityClass"),
        new("scheduling.k8s.io", "v1beta1", "PriorityClass"),
        new("storage.k8s.io", "v1", "CSIDriver"),
        new("storage.k8s.io", "v1", "CSINode"),
        new("storage.k8s.io", "v1", "StorageClass"),
        new("storage.k8s.io", "v1", "VolumeAttachment"),
        new("storage.k8s.io", "v1beta1", "CSIDriver"),
        new("storage.k8s.io", "v1beta1", "CSINode"),
        new("storage.k8s.io", "v1beta1", "StorageClass"),
        new("storage.k8s.io", "v1beta1", "VolumeAttachment"),
        new("", "v1", "ComponentStatus"),
        new("", "v1", "Namespace"),
        new("", "v1", "Node"),
        new("", "v1", "NodeProxyOptions"),
        new("", "v1", "PersistentVolume"),
    }.ToFrozenSet();

    /// <summary>Whether the type is known to belong to no namespace.</summary>
    public static bool Contains(GroupVersionKind type) => Types.Contains(type);
}
