using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Reads the images of pod specs (https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/).</summary>
internal static class PodImages
{
    /// <summary>Reads a pod spec at the collector's place.</summary>
    public static void ReadSpec(ImageCollector collector, YamlMapping spec, ImageShape shape = ImageShape.Container)
    {
        var credentials = Credentials(spec);
        ReadContainers(collector, spec, "containers", credentials, shape);
        ReadContainers(collector, spec, "initContainers", credentials, shape);
        ReadContainers(collector, spec, "ephemeralContainers", credentials, shape);
        ReadVolumes(collector, spec, credentials);
    }

    /// <summary>Reads the containers in a list below a mapping.</summary>
    public static void ReadContainers(ImageCollector collector, YamlMapping parent, string key, PullCredentials credentials, ImageShape shape)
    {
        if (parent[key]?.AsSequence() is not { } list)
        {
            return;
        }

        collector.Enter(key);
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (list.Items[i].AsMapping() is { } container)
            {
                collector.Enter(i);
                ReadContainer(collector, container, credentials, shape);
                collector.Leave();
            }
        }

        collector.Leave();
    }

    /// <summary>Reads one container at the collector's place.</summary>
    public static void ReadContainer(ImageCollector collector, YamlMapping container, PullCredentials credentials, ImageShape shape) =>
        collector.AddReference(container["image"]?.AsScalar(), shape, container["imagePullPolicy"], credentials, "image");

    /// <summary>The pull secrets and the account that a pod spec, or a custom resource with the same fields, names.</summary>
    public static PullCredentials Credentials(YamlMapping spec)
    {
        var account = (spec["serviceAccountName"] ?? spec["serviceAccount"])?.AsScalar();
        var secrets = SecretNames(spec["imagePullSecrets"]);
        return secrets.IsEmpty && account is null ? PullCredentials.None : new PullCredentials(secrets, ImagePart.Of(account));
    }

    /// <summary>The names in a list of <c>{name}</c> or of strings.</summary>
    public static ImmutableArray<ImagePart> SecretNames(YamlNode? list)
    {
        if (list?.AsSequence() is not { Items.IsEmpty: false } sequence)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<ImagePart>(0);
        foreach (var item in sequence.Items)
        {
            var name = ImagePart.Of(item.AsScalar() ?? item.Get("name")?.AsScalar());
            if (name.IsWritten)
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    private static void ReadVolumes(ImageCollector collector, YamlMapping spec, PullCredentials credentials)
    {
        if (spec["volumes"]?.AsSequence() is not { } volumes)
        {
            return;
        }

        for (var i = 0; i < volumes.Items.Length; i++)
        {
            if (volumes.Items[i].Get("image")?.AsMapping() is { } image)
            {
                collector.Enter("volumes");
                collector.Enter(i);
                collector.Enter("image");
                collector.AddReference(image["reference"]?.AsScalar(), ImageShape.Volume, image["pullPolicy"], credentials, "reference");
                collector.Leave();
                collector.Leave();
                collector.Leave();
            }
        }
    }
}
