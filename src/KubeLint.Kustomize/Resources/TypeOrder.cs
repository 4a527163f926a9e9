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

    private const string NoGroup = "~G";
    private const string NoVersion = "~V";
    private const string NoKind = "~K";
    private const string NoNamespace = "~X";
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
        return byRank != 0 ? byRank : CompareKeys(left, right);
    }

    /// <summary>Compares two resources: by type, then by namespace and name.</summary>
    public int Compare(ResourceId left, ResourceId right)
    {
        if (left.Type == right.Type)
        {
            return left.Namespace == right.Namespace
                ? string.CompareOrdinal(OrElse(left.Name, NoName), OrElse(right.Name, NoName))
                : CompareKeys(left, right);
        }

        var byRank = Rank(left.Type).CompareTo(Rank(right.Type));
        if (byRank != 0)
        {
            return byRank;
        }

        // Of two kinds called Namespace the cluster's own comes first.
        var byKey = CompareKeys(left.Type, right.Type);
        var isNamespace = left.Type.Kind == "Namespace" && right.Type.Kind == "Namespace"
            && (left.Type.Group.Length == 0 || right.Type.Group.Length == 0);
        return isNamespace ? -byKey : byKey;
    }

    // Of two keys the first parts that differ nearly always decide, and then the keys need not be made.
    private static int CompareKeys(GroupVersionKind left, GroupVersionKind right)
    {
        if (left.Group == right.Group && left.Version == right.Version)
        {
            return string.CompareOrdinal(OrElse(left.Kind, NoKind), OrElse(right.Kind, NoKind));
        }

        var byStart = left.Group == right.Group
            ? CompareStarts(OrElse(left.Version, NoVersion), OrElse(right.Version, NoVersion), '_')
            : CompareStarts(OrElse(left.Group, NoGroup), OrElse(right.Group, NoGroup), '_');
        return byStart != 0 ? byStart : string.CompareOrdinal(Key(left), Key(right));
    }

    private static int CompareKeys(ResourceId left, ResourceId right)
    {
        var byStart = CompareStarts(OrElse(left.Namespace, NoNamespace), OrElse(right.Namespace, NoNamespace), '|');
        return byStart != 0 ? byStart : string.CompareOrdinal(Key(left), Key(right));
    }

    // How two texts compare with a separator and more behind them; 0 where that depends on what comes then.
    private static int CompareStarts(string left, string right, char separator)
    {
        var common = left.AsSpan().CommonPrefixLength(right);
        return (common < left.Length ? left[common] : separator) - (common < right.Length ? right[common] : separator);
    }

    private int Rank(GroupVersionKind type) => ranks.GetValueOrDefault(type.Kind);

    private static string Key(GroupVersionKind type) => $"{OrElse(type.Group, NoGroup)}_{OrElse(type.Version, NoVersion)}_{OrElse(type.Kind, NoKind)}";

    private static string Key(ResourceId id) => $"{OrElse(id.Namespace, NoNamespace)}|{OrElse(id.Name, NoName)}";

    private static string OrElse(string text, string fallback) => text.Length > 0 ? text : fallback;
}
