using System.Collections.Immutable;

using KubeLint.Kustomize.Resources;

namespace KubeLint.Kustomize.FieldSpecs;

/// <summary>
/// Which field of which types a transformer edits
/// (https://kubectl.docs.kubernetes.io/references/kustomize/glossary/, "transformer configurations").
/// </summary>
internal sealed class FieldSpec
{
    /// <summary>A field of types.</summary>
    /// <param name="type">The types; an empty part stands for any.</param>
    /// <param name="path">The path, split at <c>/</c>; lists on the way are entered.</param>
    /// <param name="creates">Whether what is missing on the way is made.</param>
    public FieldSpec(GroupVersionKind type, string path, bool creates)
    {
        Type = type;
        Path = path;
        Creates = creates;
        var parts = FieldPath.Split(path, '/');
        Steps = [.. parts.Select(part => part.EndsWith("[]", StringComparison.Ordinal) ? new FieldStep(part[..^2], true) : new FieldStep(part, false))];
    }

    /// <summary>The types.</summary>
    public GroupVersionKind Type { get; }

    /// <summary>The path as written.</summary>
    public string Path { get; }

    /// <summary>Whether what is missing on the way is made.</summary>
    public bool Creates { get; }

    /// <summary>The path's parts.</summary>
    public ImmutableArray<FieldStep> Steps { get; }

    /// <summary>This field, of other types.</summary>
    public FieldSpec For(GroupVersionKind type) => new(type, Path, Creates);

    /// <summary>Whether kustomize takes another field spec for this one, and so leaves it out.</summary>
    public bool Covers(FieldSpec other) => Path == other.Path && Type.IsSelectedBy(other.Type);
}

/// <summary>A part of a field's path.</summary>
/// <param name="Name">The key.</param>
/// <param name="IsSequence">Whether the key must hold a list (<c>containers[]</c>): such a one is never made.</param>
internal readonly record struct FieldStep(string Name, bool IsSequence);

/// <summary>The fields that hold names of resources of a type.</summary>
/// <param name="Target">The type that is named.</param>
/// <param name="Referrers">The fields that name it.</param>
internal sealed record NameReference(GroupVersionKind Target, ImmutableArray<FieldSpec> Referrers);
