namespace KubeLint.Flux.Images;

/// <summary>How an image stands where it was found.</summary>
public enum ImageShape : byte
{
    /// <summary>A container of a workload: <c>image</c> is a reference.</summary>
    Container,

    /// <summary>A volume of a workload with the content of an image: <c>volumes[].image.reference</c>.</summary>
    Volume,

    /// <summary>A field of a custom resource that its operator runs.</summary>
    CustomResource,

    /// <summary>Chart values: a reference in one string.</summary>
    ValuesReference,

    /// <summary>Chart values: repository, tag and so on are keys.</summary>
    ValuesMap,

    /// <summary>Values of the app-template chart: <c>controllers.*.containers.*.image</c>, whose parts have no default.</summary>
    AppTemplate,

    /// <summary>Chart values that say only a registry: for all images of a chart, or for one whose name is the chart's.</summary>
    RegistryOnly,

    /// <summary>Chart values that say only a pull policy.</summary>
    PullPolicyOnly,

    /// <summary>An entry of <c>images</c> in a kustomization.yaml, a Flux Kustomization or a post-renderer.</summary>
    KustomizeTransformer,
}
