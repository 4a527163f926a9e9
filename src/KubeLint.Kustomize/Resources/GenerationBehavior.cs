namespace KubeLint.Kustomize.Resources;

/// <summary>How a generated resource meets one of its name that is already there.</summary>
internal enum GenerationBehavior
{
    /// <summary>Nothing said: as <see cref="Create"/>.</summary>
    Unspecified,

    /// <summary>There may be none.</summary>
    Create,

    /// <summary>It takes the other's place.</summary>
    Replace,

    /// <summary>Its data is laid over the other's.</summary>
    Merge,
}
