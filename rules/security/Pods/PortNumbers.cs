using System.Globalization;

using KubeLint.Yaml;

namespace KubeLint.Rules.Security;

/// <summary>Port numbers.</summary>
internal static class PortNumbers
{
    /// <summary>The number that a scalar is; null where it is none.</summary>
    public static int? Parse(YamlScalar? scalar) =>
        scalar is not null && int.TryParse(scalar.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
