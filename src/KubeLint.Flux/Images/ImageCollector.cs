using System.Collections.Immutable;
using System.Globalization;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>Takes the images of one object and knows where in it the reader stands.</summary>
internal sealed class ImageCollector(KubernetesObject? owner)
{
    // Most objects have none.
    private ImmutableArray<ContainerImage>.Builder? images;
    private readonly List<string> path = [];

    /// <summary>The object whose images these are.</summary>
    public KubernetesObject? Owner { get; } = owner;

    /// <summary>The keys from the object's root to the reader; a sequence's item is <c>[0]</c>.</summary>
    public IReadOnlyList<string> Path => path;

    public void Enter(string key) => path.Add(key);

    public void Enter(int index) => path.Add(string.Create(CultureInfo.InvariantCulture, $"[{index}]"));

    public void Leave() => path.RemoveAt(path.Count - 1);

    /// <summary>Adds an image at a key below the reader's place.</summary>
    public void Add(ContainerImage image, string key = "") => (images ??= ImmutableArray.CreateBuilder<ContainerImage>(1)).Add(image with { Owner = Owner, Path = PathTo(key) });

    /// <summary>Adds the image of a reference in one scalar; nothing where the scalar is none.</summary>
    public void AddReference(YamlScalar? scalar, ImageShape shape, YamlNode? policy, PullCredentials credentials, string key, bool tagDefaultsToLatest = true)
    {
        if (scalar is not null && References.Read(scalar, shape) is { } image)
        {
            Add(image with { PullPolicy = ImagePart.Of(policy?.AsScalar()), Credentials = credentials, TagDefaultsToLatest = tagDefaultsToLatest }, key);
        }
    }

    public ImmutableArray<ContainerImage> ToImages() => images?.ToImmutable() ?? [];

    private string PathTo(string key)
    {
        var text = new StringBuilder();
        foreach (var part in path)
        {
            Append(text, part);
        }

        Append(text, key);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string part)
    {
        if (text.Length > 0 && part.Length > 0 && part[0] != '[')
        {
            text.Append('.');
        }

        text.Append(part);
    }
}
