namespace KubeLint.Kustomize.Resources;

/// <summary>What names a resource within a build.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace as written; empty where none is.</param>
internal readonly record struct ResourceId(GroupVersionKind Type, string Name, string Namespace)
{
    /// <summary>What <see cref="EffectiveNamespace"/> is for a resource that belongs to no namespace.</summary>
    public const string NoNamespace = "_non_namespaceable_";

    /// <summary>Whether the type is known to belong to no namespace.</summary>
    public bool IsClusterScoped => ClusterScopedTypes.Contains(Type);

    /// <summary>The namespace that the cluster would use: <c>default</c> where none is written.</summary>
    public string EffectiveNamespace => IsClusterScoped ? NoNamespace : Namespace.Length == 0 ? "default" : Namespace;

    /// <summary>Whether both name one resource: same type, name and effective namespace.</summary>
    public bool Matches(ResourceId other) =>
        Name == other.Name && Type == other.Type && EffectiveNamespace == other.EffectiveNamespace;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Type}/{(Name.Length > 0 ? Name : "[noName]")}.{(Namespace.Length > 0 ? Namespace : "[noNs]")}";
}
