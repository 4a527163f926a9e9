using System.Text.Json;

using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>
/// A comment by which image automation finds what to change (https://fluxcd.io/flux/components/image/imageupdateautomations/#update-strategy):
/// <c># {"$imagepolicy": "namespace:policy:tag"}</c>.
/// </summary>
/// <param name="Namespace">The policy's namespace.</param>
/// <param name="Name">The policy's name.</param>
/// <param name="Field">What of the image is written: <c>tag</c>, <c>name</c>, <c>digest</c>; null for all of it.</param>
internal sealed record ImagePolicyMarker(string Namespace, string Name, string? Field)
{
    private const string Key = "$imagepolicy";

    /// <summary>Whether a text may hold markers: cheap, to be asked first.</summary>
    public static bool MayStandIn(string text) => text.Contains(Key, StringComparison.Ordinal);

    /// <summary>Whether a comment is meant as a marker.</summary>
    public static bool IsMeant(YamlComment comment) =>
        comment.Value.Contains(Key, StringComparison.Ordinal) && comment.Value.StartsWith('{');

    /// <summary>Reads a comment that is meant as one.</summary>
    /// <param name="comment">The comment.</param>
    /// <param name="error">What is wrong, where it is none.</param>
    public static ImagePolicyMarker? Read(YamlComment comment, out string? error)
    {
        string? value;
        try
        {
            using var document = JsonDocument.Parse(comment.Value);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty(Key, out var property) || property.ValueKind != JsonValueKind.String)
            {
                error = $"it is no JSON object with a text below \"{Key}\"";
                return null;
            }

            value = property.GetString();
        }
        catch (JsonException)
        {
            error = "it is no JSON";
            return null;
        }

        var parts = value!.Split(':');
        error = parts.Length is not (2 or 3) ? "the policy is written as namespace:name, perhaps with :tag, :name or :digest behind it"
            : parts[0].Length == 0 || parts[1].Length == 0 ? "the policy's namespace or name is empty"
            : parts.Length == 3 && parts[2] is not ("tag" or "name" or "digest") ? $"'{parts[2]}' is none of tag, name and digest"
            : null;
        return error is null ? new ImagePolicyMarker(parts[0], parts[1], parts.Length == 3 ? parts[2] : null) : null;
    }
}
