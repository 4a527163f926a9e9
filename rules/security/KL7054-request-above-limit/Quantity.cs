using System.Globalization;

namespace KubeLint.Rules.Security;

/// <summary>Amounts of resources (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).</summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
    [
        ("Ki", 1024d), ("Mi", 1048576d), ("Gi", 1073741824d), ("Ti", 1099511627776d), ("Pi", 1125899906842624d), ("Ei", 1152921504606846976d),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ];

    /// <summary>The amount; null for what is none.</summary>
    public static double? Parse(string text)
    {
        var factor = 1d;
        var number = text.AsSpan();
        foreach (var (suffix, of) in Suffixes)
        {
            if (number.EndsWith(suffix, StringComparison.Ordinal))
            {
                factor = of;
                number = number[..^suffix.Length];
                break;
            }
        }

        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;
        return double.TryParse(number, Style, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value * factor : null;
    }
}
