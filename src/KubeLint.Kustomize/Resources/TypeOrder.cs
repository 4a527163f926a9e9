using System.Collections.Frozen;
using System.Collections.Immutable;

namespace KubeLint.Kustomize.Resources;

/// <summary>
/// kustomize's "legacy" order: namespaces and definitions first, webhooks last, all else by group, version and kind
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/sortoptions/).
/// </summary>
internal sealed class TypeOrder
{
    private static readonly ImmutableArray<string> DefaultFirst =
    [
        "Namespace", "ResourceQuota", "StorageClass", "CustomResourceDefinition", "ServiceAccount", "PodSecurityPolicy", "Role",
        "ClusterRole", "RoleBinding", "ClusterRoleBinding", "ConfigMap", "Secret", "Endpoints", "Service", "LimitRange", "PriorityClass",
        "PersistentVolume", "PersistentVolumeClaim", "Deployment", "StatefulSet", "CronJob", "PodDisruptionBudget",
    ];

    private static readonly ImmutableArray<string> DefaultLast = ["MutatingWebhookConfiguration", "ValidatingWebhookConfiguration"];

    private const string NoName = "~N";

    private readonly FrozenDictionary<string, int> ranks;

    /// <summary>An order with kinds that come first and last.</summary>
    public TypeOrder(IReadOnlyList<string> first, IReadOnlyList<string> last)
    {
        var table = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < first.Count; i++)
        {
            table[first[i]] = i - first.Count;
        }

        for (var i = 0; i < last.Count; i++)
        {
            table[last[i]] = i + 1;
        }

        ranks = table.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The order with the default kinds first and last.</summary>
    public static TypeOrder Default { get; } = new(DefaultFirst, DefaultLast);

    /// <summary>Compares two types in the default order.</summary>
    public static int Compare(GroupVersionKind left, GroupVersionKind right)
    {
        var byRank = Default.Rank(left).CompareTo(Default.Rank(right));
        return byRank != 0 ? byRank : string.CompareOrdinal(Key(left), Key(right));
    }

    /// <summary>Compares two resources: by type, then by namespace and name.</summary>
    public int Compare(ResourceId left, ResourceId right)
    {
        if (left.Type == right.Type)
        {
            return left.Namespace == right.Namespace
                ? string.CompareOrdinal(OrElse(left.Name, NoName), OrElse(right.Name, NoName))
                : string.CompareOrdinal(Key(left), Key(right));
        }

        var byRank = Rank(left.Type).CompareTo(Rank(right.Type));
        if (byRank != 0)
        {
            return byRank;
        }

        // Of two kinds called Namespace the cluster's own comes first.
        var byKey = string.CompareOrdinal(Key(left.Type), Key(right.Type));
        var isNamespace = left.Type.Kind == "Namespace" && right.Type.Kind == "Namespace"
            && (left.Type.Group.Length == 0 || right.Type.Group.Length == 0);
        return isNamespace ? -byKey : byKey;
    }

    private int Rank(GroupVersionKind type) => ranks.GetValueOrDefault(type.Kind);

    private static string Key(GroupVersionKind type) => $"{OrElse(type.Group, "~G")}_{OrElse(type.Version, "~V")}_{OrElse(type.Kind, "~K")}";

    private static string Key(ResourceId id) => $"{OrElse(id.Namespace, "~X")}|{OrElse(id.Name, NoName)}";

    private static string OrElse(string text, string fallback) => text.Length > 0 ? text : fallback;
}
