using System.Collections.Immutable;

using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Navigation;

/// <summary>What references lead to.</summary>
internal enum TargetKind
{
    /// <summary>An object; its name is where it is made.</summary>
    Object,

    /// <summary>A variable of post-build substitution; its key is where it is made.</summary>
    Variable,

    /// <summary>A file as a whole.</summary>
    File,
}

/// <summary>A range of a file, by what tells it apart from all others.</summary>
/// <param name="Path">The shown path.</param>
/// <param name="Span">The range.</param>
internal readonly record struct Place(string Path, TextSpan Span)
{
    /// <summary>The place of a location.</summary>
    public static Place Of(Location location) => new(location.Text.Root.Path, location.Span);
}

/// <summary>A place that others refer to. Several clusters may make several objects of it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The token that names it; the start of a file.</param>
/// <param name="Whole">All of it.</param>
internal sealed record Target(TargetKind Kind, Location Name, Location Whole)
{
    /// <summary>The objects that are made here, as the clusters get them; empty for other kinds.</summary>
    public ImmutableArray<KubernetesObject> Objects { get; init; } = [];

    /// <summary>The place of the name.</summary>
    public Place Place => Place.Of(Name);
}

/// <summary>A place that refers to another.</summary>
/// <param name="Node">The node that does, as it is written: an alias stays one.</param>
/// <param name="At">Its place; for a variable that of the expression.</param>
/// <param name="Target">What it refers to.</param>
internal sealed record Reference(YamlNode Node, Location At, Target Target)
{
    /// <summary>The id by which an object is referred to; null for other kinds.</summary>
    public ObjectId? Id { get; init; }

    /// <summary>Whether an object of Flux refers.</summary>
    public bool IsOfFlux { get; init; }

    /// <summary>Whether the target only makes the object that is meant: an ExternalSecret its Secret.</summary>
    public bool IsToMaker { get; init; }
}
