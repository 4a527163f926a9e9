using System.Globalization;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Reads amounts as Kubernetes writes them (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/).</summary>
internal static class Quantity
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        [""] = 1, ["n"] = 1e-9, ["u"] = 1e-6, ["m"] = 1e-3, ["k"] = 1e3, ["M"] = 1e6, ["G"] = 1e9, ["T"] = 1e12, ["P"] = 1e15, ["E"] = 1e18,
        ["Ki"] = 1L << 10, ["Mi"] = 1L << 20, ["Gi"] = 1L << 30, ["Ti"] = 1L << 40, ["Pi"] = 1L << 50, ["Ei"] = 1L << 60,
    };

    /// <summary>The amount; null where the text is none.</summary>
    public static double? Parse(string text)
    {
        text = text.Trim();
        var end = text.AsSpan().LastIndexOfAnyInRange('0', '9') + 1;
        if (end > 0 && text[end..] is { } unit && Units.TryGetValue(unit, out var factor)
            && double.TryParse(text[..end], NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return number * factor;
        }

        return null;
    }
}
