namespace KubeLint.Kustomize.Resources;

/// <summary>
/// A Kubernetes type. As a selector (in a field spec) an empty part stands for any.
/// </summary>
/// <param name="Group">The API group; empty for the core group.</param>
/// <param name="Version">The version.</param>
/// <param name="Kind">The kind.</param>
internal readonly record struct GroupVersionKind(string Group, string Version, string Kind)
{
    /// <summary>The <c>apiVersion</c> that the group and version make.</summary>
    public string ApiVersion => Group.Length > 0 ? $"{Group}/{Version}" : Version;

    /// <summary>Whether <see cref="ApiVersion"/> is this one.</summary>
    public bool HasApiVersion(string apiVersion) => Group.Length == 0
        ? apiVersion == Version
        : apiVersion.Length == Group.Length + 1 + Version.Length && apiVersion[Group.Length] == '/'
            && apiVersion.StartsWith(Group, StringComparison.Ordinal) && apiVersion.EndsWith(Version, StringComparison.Ordinal);

    /// <summary>A type from an <c>apiVersion</c> and a <c>kind</c>.</summary>
    public static GroupVersionKind From(string apiVersion, string kind)
    {
        var slash = apiVersion.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? new("", apiVersion, kind) : new(apiVersion[..slash], apiVersion[(slash + 1)..], kind);
    }

    /// <summary>Whether a selector matches this type: an empty part of the selector matches all.</summary>
    public bool IsSelectedBy(GroupVersionKind selector) =>
        (selector.Kind.Length == 0 || selector.Kind == Kind)
        && (selector.Group.Length == 0 || selector.Group == Group)
        && (selector.Version.Length == 0 || selector.Version == Version);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Kind.Length > 0 ? Kind : "[noKind]")}.{(Version.Length > 0 ? Version : "[noVer]")}.{(Group.Length > 0 ? Group : "[noGrp]")}";
}
