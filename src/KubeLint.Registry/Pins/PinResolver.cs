using KubeLint.Registry.Credentials;

namespace KubeLint.Registry.Pins;

/// <summary>What a mutable tag can be replaced by, as a registry confirmed it.</summary>
/// <param name="Version">The version tag with the same digest, or null where none has it.</param>
/// <param name="Digest">The digest that the mutable tag has now.</param>
public sealed record Pin(string? Version, string Digest)
{
    /// <summary>The value for a chart's <c>tag</c>: <c>1.64.2@sha256:…</c>, or null where no version is known.</summary>
    public string? TagWithDigest => Version is null ? null : $"{Version}@{Digest}";
}

/// <summary>Finds what to pin a mutable tag to.</summary>
/// <param name="client">Asks the registries.</param>
/// <param name="mostChecks">How many version tags are compared at most, from the highest down.</param>
public sealed class PinResolver(RegistryClient client, int mostChecks = 40)
{
    private const int TagPages = 20;

    /// <summary>
    /// The version tag that has the same digest as the image's tag now (the highest, and of equal ones the most exact), else the
    /// digest alone; or the answer that says why neither is known.
    /// </summary>
    public async Task<(Pin? Pin, RegistryAnswer? Failure)> ResolveAsync(RegistryImage image, ICredentialSource? credentials, CancellationToken cancellationToken)
    {
        var answer = await client.CheckAsync(image with { Digest = null }, credentials, platforms: false, cancellationToken).ConfigureAwait(false);
        if (answer is not RegistryAnswer.Exists { Digest: var digest })
        {
            return (null, answer);
        }

        if (VersionTag.TryParse(image.Reference, out var own) && own.Parts == 3)
        {
            return (new Pin(own.Tag, digest), null);
        }

        var (tags, _) = await client.ListTagsAsync(image, credentials, TagPages, cancellationToken).ConfigureAwait(false);
        var versions = new List<VersionTag>();
        foreach (var tag in tags)
        {
            if (VersionTag.TryParse(tag, out var version))
            {
                versions.Add(version);
            }
        }

        versions.Sort((left, right) => right.CompareTo(left));
        const int together = 8;
        for (var start = 0; start < Math.Min(versions.Count, mostChecks); start += together)
        {
            var some = versions.Skip(start).Take(Math.Min(together, mostChecks - start)).ToList();
            var found = await Task.WhenAll(some.Select(version =>
                client.CheckAsync(image with { Tag = version.Tag, Digest = null }, credentials, platforms: false, cancellationToken))).ConfigureAwait(false);
            for (var i = 0; i < found.Length; i++)
            {
                if (found[i] is RegistryAnswer.Exists exists && exists.Digest == digest)
                {
                    return (new Pin(some[i].Tag, digest), null);
                }
            }
        }

        return (new Pin(null, digest), null);
    }
}
