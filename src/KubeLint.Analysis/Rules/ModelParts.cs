namespace KubeLint.Analysis;

/// <summary>What of a repository has to be built for the rules that are on.</summary>
[Flags]
public enum ModelParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The files, parsed.</summary>
    Files = 1,

    /// <summary>The objects as the clusters get them.</summary>
    Objects = 2,

    /// <summary>The objects now and at a revision, where there is one to compare with.</summary>
    Changes = 4,
}
