using System.Collections.Immutable;

namespace KubeLint.Kustomize.Schema;

/// <summary>
/// What a strategic merge needs to know of a type: which of its lists are merged by what keys
/// (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/).
/// </summary>
public abstract class MergeSchema
{
    /// <summary>Whether a list of this type is merged element by element; else a patch replaces it.</summary>
    public abstract bool IsMergedList { get; }

    /// <summary>The fields that tell the elements of a merged list apart; none for a list of scalars, whose values do.</summary>
    public abstract ImmutableArray<string> MergeKeys { get; }

    /// <summary>The type of a field; null where nothing is known of it.</summary>
    public abstract MergeSchema? Field(string name);

    /// <summary>The type of a list's elements; null where nothing is known of it.</summary>
    public abstract MergeSchema? Elements();
}
