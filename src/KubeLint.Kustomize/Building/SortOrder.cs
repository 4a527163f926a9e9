using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Building;

/// <summary>
/// Orders the result: kustomize's "legacy" order, or the order of reading where <c>sortOptions</c> says <c>fifo</c>
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/sortoptions/).
/// </summary>
internal static class SortOrder
{
    /// <summary>Orders the resources.</summary>
    public static void Apply(KustomizationFile file, ResourceMap resources, BuildContext context)
    {
        var options = KustomizationFields.Object(file.Root, "sortOptions");
        var order = TypeOrder.Default;
        if (options is not null)
        {
            var name = KustomizationFields.Text(options, "order");
            var legacy = KustomizationFields.Object(options, "legacySortOptions");
            if (name is not ("legacy" or "fifo"))
            {
                context.Error(
                    KustomizeProblemKind.InvalidField,
                    KustomizationFields.Get(options, "order") ?? options,
                    "The field 'sortOptions.order' must be one of [fifo, legacy]");
                return;
            }

            if (name == "fifo")
            {
                if (legacy is not null)
                {
                    context.Error(
                        KustomizeProblemKind.InvalidField,
                        legacy,
                        "The field 'sortOptions.legacySortOptions' is set but the selected sort order is 'fifo', not 'legacy'");
                }

                return;
            }

            order = legacy is null ? order : new TypeOrder(Names(legacy, "orderFirst"), Names(legacy, "orderLast"));
        }

        if (!IsSorted(resources.Items, order))
        {
            Sort(resources, order);
        }
    }

    // Most builds are small, and their resources written in this order.
    private static bool IsSorted(IReadOnlyList<KustomizeResource> items, TypeOrder order)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (order.Compare(items[i - 1].CurrentId, items[i].CurrentId) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static void Sort(ResourceMap resources, TypeOrder order) =>
        resources.Reorder([.. resources.Items.Order(Comparer<KustomizeResource>.Create((a, b) => order.Compare(a.CurrentId, b.CurrentId)))]);

    private static List<string> Names(YamlMapping options, string field) => [.. KustomizationFields.Texts(options, field).Select(name => name.Value)];
}
