using System.Globalization;

using KubeLint.Kustomize.Loading;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>How a part of a text is meant (<c>options</c> of a replacement's source or target).</summary>
/// <param name="Delimiter">What parts the text; empty where the whole is meant.</param>
/// <param name="Index">Which part, from 0. In a target one below 0 means a new first part, one behind the last a new last part.</param>
/// <param name="Creates">Whether a target's missing field is made.</param>
internal sealed record ReplacementOptions(string Delimiter, int Index, bool Creates)
{
    /// <summary>Reads the options of a source or target.</summary>
    public static ReplacementOptions Read(YamlMapping owner)
    {
        var options = KustomizationFields.Object(owner, "options");
        _ = int.TryParse(KustomizationFields.Text(options, "index"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index);
        return new ReplacementOptions(KustomizationFields.Text(options, "delimiter"), index, KustomizationFields.IsTrue(options, "create"));
    }
}
