using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// Reads <c>images</c> transformers (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/).
/// What an entry does not say stays as it is in the resources, so nothing is missing here.
/// </summary>
internal static class KustomizeImages
{
    public static void Read(ImageCollector collector, YamlMapping parent)
    {
        if (parent["images"]?.AsSequence() is not { } list)
        {
            return;
        }

        collector.Enter("images");
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (list.Items[i].AsMapping() is { } entry && (entry["newName"] ?? entry["name"])?.AsScalar() is { } name
                && References.Read(name, ImageShape.KustomizeTransformer) is { } image)
            {
                var (tag, digest) = References.ReadTag(entry["newTag"]?.AsScalar());
                collector.Enter(i);
                collector.Add(image with { Tag = tag, Digest = digest.IsWritten ? digest : ImagePart.Of(entry["digest"]?.AsScalar()) });
                collector.Leave();
            }
        }

        collector.Leave();
    }
}
