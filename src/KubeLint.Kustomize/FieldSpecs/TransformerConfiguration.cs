using System.Collections.Immutable;

using KubeLint.Kustomize.Resources;

namespace KubeLint.Kustomize.FieldSpecs;

/// <summary>
/// The field specs of all transformers: the defaults, with what <c>configurations</c> and <c>crds</c> add. Immutable;
/// merging two gives a third.
/// </summary>
internal sealed class TransformerConfiguration
{
    private Dictionary<string, ImmutableArray<(GroupVersionKind Target, FieldSpec Field)>>? referencesByKind;

    /// <summary>No field at all.</summary>
    public static TransformerConfiguration Empty { get; } = new();

    /// <summary>What <c>namePrefix</c> edits.</summary>
    public ImmutableArray<FieldSpec> NamePrefix { get; init; } = [];

    /// <summary>What <c>nameSuffix</c> edits.</summary>
    public ImmutableArray<FieldSpec> NameSuffix { get; init; } = [];

    /// <summary>What <c>namespace</c> edits.</summary>
    public ImmutableArray<FieldSpec> Namespace { get; init; } = [];

    /// <summary>What <c>commonLabels</c> edits, and <c>labels</c> with selectors.</summary>
    public ImmutableArray<FieldSpec> CommonLabels { get; init; } = [];

    /// <summary>What <c>labels</c> edits besides.</summary>
    public ImmutableArray<FieldSpec> Labels { get; init; } = [];

    /// <summary>What <c>labels</c> with templates edits.</summary>
    public ImmutableArray<FieldSpec> TemplateLabels { get; init; } = [];

    /// <summary>What <c>commonAnnotations</c> edits.</summary>
    public ImmutableArray<FieldSpec> CommonAnnotations { get; init; } = [];

    /// <summary>Where names of other resources stand.</summary>
    public ImmutableArray<NameReference> NameReferences { get; init; } = [];

    /// <summary>Where variables are expanded.</summary>
    public ImmutableArray<FieldSpec> VarReferences { get; init; } = [];

    /// <summary>What <c>images</c> edits.</summary>
    public ImmutableArray<FieldSpec> Images { get; init; } = [];

    /// <summary>What <c>replicas</c> edits.</summary>
    public ImmutableArray<FieldSpec> Replicas { get; init; } = [];

    /// <summary>The fields of a kind that may name other resources, in the order in which kustomize looks at them.</summary>
    public ImmutableArray<(GroupVersionKind Target, FieldSpec Field)> ReferencesOf(string kind)
    {
        // Computed once: two threads that both do so get equal tables.
        var table = referencesByKind;
        if (table is null)
        {
            table = [];
            foreach (var byKind in NameReferences.SelectMany(reference => reference.Referrers.Select(field => (reference.Target, Field: field)))
                .GroupBy(pair => pair.Field.Type.Kind))
            {
                table[byKind.Key] = [.. byKind];
            }

            referencesByKind = table;
        }

        var own = table.TryGetValue(kind, out var found) ? found : [];
        if (!table.ContainsKey(""))
        {
            return own;
        }

        return AllReferencesOf(kind);
    }

    // Fields of any kind are rare: only then the order of the whole list must be kept by walking it.
    private ImmutableArray<(GroupVersionKind Target, FieldSpec Field)> AllReferencesOf(string kind) =>
        [.. NameReferences.SelectMany(reference => reference.Referrers
            .Where(field => field.Type.Kind.Length == 0 || field.Type.Kind == kind)
            .Select(field => (reference.Target, field)))];

    /// <summary>Both together. What the other adds to a field already there must agree whether it is made.</summary>
    /// <param name="other">The configuration to add.</param>
    /// <param name="conflict">The first field on which both disagree; null where there is none.</param>
    public TransformerConfiguration Merge(TransformerConfiguration other, out FieldSpec? conflict)
    {
        FieldSpec? found = null;
        if (ReferenceEquals(this, other) || ReferenceEquals(other, Empty)
            || (ReferenceEquals(this, Empty) && ReferenceEquals(other, DefaultFieldSpecs.Configuration)))
        {
            // Nearly always: the defaults and nothing else. Any other merge with nothing is not without effect, for a
            // list can hold a field that an earlier one in it covers.
            conflict = null;
            return ReferenceEquals(this, Empty) ? other : this;
        }

        var merged = new TransformerConfiguration
        {
            NamePrefix = MergeAndSort(NamePrefix, other.NamePrefix),
            NameSuffix = MergeAndSort(NameSuffix, other.NameSuffix),
            Namespace = MergeAndSort(Namespace, other.Namespace),
            CommonLabels = MergeAndSort(CommonLabels, other.CommonLabels),
            Labels = MergeAndSort(Labels, other.Labels),
            TemplateLabels = MergeAndSort(TemplateLabels, other.TemplateLabels),
            CommonAnnotations = MergeAndSort(CommonAnnotations, other.CommonAnnotations),
            NameReferences = MergeReferences(NameReferences, other.NameReferences, ref found),
            VarReferences = MergeAndSort(VarReferences, other.VarReferences),
            Images = MergeAndSort(Images, other.Images),
            Replicas = MergeAndSort(Replicas, other.Replicas),
        };
        conflict = found;
        return merged;

        ImmutableArray<FieldSpec> MergeAndSort(ImmutableArray<FieldSpec> left, ImmutableArray<FieldSpec> right) =>
            Sort(Merge(left, right, ref found));
    }

    /// <summary>Two lists of field specs together, without those that the first already has.</summary>
    public static ImmutableArray<FieldSpec> Merge(ImmutableArray<FieldSpec> left, ImmutableArray<FieldSpec> right, ref FieldSpec? conflict)
    {
        if (left == right || right.IsEmpty)
        {
            return left;
        }

        var result = left.ToBuilder();
        foreach (var field in right)
        {
            var covering = -1;
            for (var i = 0; i < result.Count && covering < 0; i++)
            {
                covering = result[i].Covers(field) ? i : -1;
            }

            if (covering < 0)
            {
                result.Add(field);
            }
            else if (result[covering].Creates != field.Creates)
            {
                conflict ??= field;
            }
        }

        return result.Count == left.Length ? left : result.ToImmutable();
    }

    /// <summary>Field specs in kustomize's order of types; equal types keep theirs.</summary>
    public static ImmutableArray<FieldSpec> Sort(ImmutableArray<FieldSpec> fields) =>
        fields.Length < 2 ? fields : [.. fields.Order(Comparer<FieldSpec>.Create((a, b) => TypeOrder.Compare(a.Type, b.Type)))];

    /// <summary>Name references in kustomize's order of the types that are named.</summary>
    public static ImmutableArray<NameReference> Sort(ImmutableArray<NameReference> references) =>
        [.. references.Order(Comparer<NameReference>.Create((a, b) => TypeOrder.Compare(a.Target, b.Target)))];

    private static ImmutableArray<NameReference> MergeReferences(
        ImmutableArray<NameReference> left, ImmutableArray<NameReference> right, ref FieldSpec? conflict)
    {
        if (left == right || right.IsEmpty)
        {
            return left;
        }

        var result = left.ToBuilder();
        foreach (var reference in right)
        {
            var found = false;
            for (var i = 0; i < result.Count; i++)
            {
                if (result[i].Target == reference.Target)
                {
                    result[i] = result[i] with { Referrers = Merge(result[i].Referrers, reference.Referrers, ref conflict) };
                    found = true;
                }
            }

            if (!found)
            {
                result.Add(reference);
            }
        }

        return Sort(result.ToImmutable());
    }
}
