using System.Collections.Immutable;

using KubeLint.Flux.Images;

namespace KubeLint.Cli;

/// <summary>Reads <c>--pin IMAGE=TAG</c>.</summary>
internal static class PinOption
{
    /// <summary>The tags by the images' full names.</summary>
    /// <exception cref="UsageException">One is no image and tag, or an image has two tags.</exception>
    public static ImmutableDictionary<string, string> Parse(IEnumerable<string> pins)
    {
        var result = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var pin in pins)
        {
            var separator = pin.IndexOf('=', StringComparison.Ordinal);
            if (separator < 0 || !ImageReference.TryParse(pin[..separator], out var image, out _)
                || image is not { Repository: not null, Tag.State: PartState.Absent, Digest.State: PartState.Absent })
            {
                throw new UsageException($"--pin takes IMAGE=TAG, for instance ghcr.io/rclone/rclone=1.64.2, not '{pin}'");
            }

            var tag = pin[(separator + 1)..];
            if (!ImageReference.TryParse($"{image.Text}:{tag}", out var pinned, out var error) || pinned.Tag.State != PartState.Known)
            {
                throw new UsageException($"--pin: '{tag}' is no tag{(error.Message is { Length: > 0 } reason ? $": {reason}" : "")}");
            }

            if (!result.TryAdd($"{image.Registry}/{image.Repository}", tag))
            {
                throw new UsageException($"--pin gives {image.Text} two tags");
            }
        }

        return result.ToImmutable();
    }
}
