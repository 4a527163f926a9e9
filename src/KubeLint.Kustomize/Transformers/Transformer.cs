using KubeLint.Kustomize.Origins;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Transformers;

/// <summary>Changes the resources of a build, as a field of a kustomization asks for it.</summary>
/// <param name="kind">The plugin's kind in kustomize, which <c>buildMetadata</c> names.</param>
/// <param name="at">The field.</param>
internal abstract class Transformer(string kind, YamlNode at)
{
    /// <summary>The plugin's kind in kustomize.</summary>
    public string Kind { get; } = kind;

    /// <summary>What <c>buildMetadata</c> writes about the transformer; null where nothing is kept.</summary>
    public ResourceOrigin? Origin { get; set; }

    /// <summary>The field that asks for the change.</summary>
    protected YamlNode At { get; } = at;

    /// <summary>Changes the resources; what cannot be done is noted.</summary>
    public abstract void Transform(ResourceMap resources, BuildContext context);
}
