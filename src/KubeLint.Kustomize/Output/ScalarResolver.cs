using System.Globalization;
using System.Text;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Output;

/// <summary>
/// Resolves scalars as kustomize does: it reads with go-yaml v3 (https://github.com/yaml/go-yaml, resolve.go), for which
/// <c>yes</c> and <c>on</c> are strings, then goes through JSON, where a timestamp becomes a string and <c>1.0</c> becomes <c>1</c>.
/// </summary>
public static class ScalarResolver
{
    private const string TimestampTag = "tag:yaml.org,2002:timestamp";

    /// <summary>What kustomize takes the scalar for.</summary>
    public static ResolvedScalar Resolve(YamlScalar scalar)
    {
        var value = scalar.Value;
        switch (scalar.Tag)
        {
            case null or "!":
                return scalar.Style == YamlScalarStyle.Plain ? ResolvePlain(value) : new(YamlScalarType.String, AsPrinted(scalar));
            case YamlTags.String:
                return new(YamlScalarType.String, AsPrinted(scalar));
            case YamlTags.Binary:
                return ResolveBinary(value);
            case YamlTags.Integer:
                return Expect(ResolvePlain(value), YamlScalarType.Integer, value, "!!int");
            case YamlTags.Boolean:
                return Expect(ResolvePlain(value), YamlScalarType.Boolean, value, "!!bool");
            case YamlTags.Null:
                return Expect(ResolvePlain(value), YamlScalarType.Null, value, "!!null");
            case YamlTags.Float:
                // Through JSON a whole number loses its fraction, so an integer under this tag prints as it is.
                var number = ResolvePlain(value);
                return number.Type == YamlScalarType.Integer ? number : Expect(number, YamlScalarType.Float, value, "!!float");
            case TimestampTag:
                return GoTimestamp.TryNormalize(value, out var timestamp)
                    ? new(YamlScalarType.String, timestamp)
                    : new(YamlScalarType.String, value, $"'{value}' is no timestamp, as its tag says");
            default:
                return new(YamlScalarType.String, value);
        }
    }

    /// <summary>What kustomize takes an unquoted, untagged text for.</summary>
    public static ResolvedScalar ResolvePlain(string value)
    {
        if (GoTimestamp.TryNormalize(value, out var timestamp))
        {
            return new(YamlScalarType.String, timestamp);
        }

        switch (Yaml11.ResolvePlain(value))
        {
            case YamlScalarType.Null:
                return new(YamlScalarType.Null, "null");
            case YamlScalarType.Boolean:
                return value switch
                {
                    "true" or "True" or "TRUE" => new(YamlScalarType.Boolean, "true"),
                    "false" or "False" or "FALSE" => new(YamlScalarType.Boolean, "false"),
                    _ => new(YamlScalarType.String, value),
                };
            case YamlScalarType.Integer:
                return new(YamlScalarType.Integer, GoNumber.FormatInteger(value));
            case YamlScalarType.Float:
                return ResolveFloat(value);
            default:
                return new(YamlScalarType.String, value);
        }
    }

    /// <summary>Whether an unquoted text would be read as something else than that string by a YAML 1.1 reader, so that it is printed in quotes.</summary>
    internal static bool NeedsQuotes(string value) =>
        Yaml11.ResolvePlain(value) != YamlScalarType.String || GoTimestamp.TryNormalize(value, out _) || IsBase60(value);

    private static string AsPrinted(YamlScalar scalar) => scalar.Style == YamlScalarStyle.Folded ? FoldedRoundTrip.Apply(scalar.Value) : scalar.Value;

    private static ResolvedScalar ResolveFloat(string value)
    {
        var digits = value.Replace("_", string.Empty, StringComparison.Ordinal);
        if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            return new(YamlScalarType.Float, value, $"JSON has no number for '{value}'");
        }

        return GoNumber.TryFormatWhole(number, out var whole)
            ? new(YamlScalarType.Integer, whole)
            : new(YamlScalarType.Float, GoNumber.FormatFloat(number));
    }

    private static ResolvedScalar ResolveBinary(string value)
    {
        try
        {
            return new(YamlScalarType.String, Encoding.UTF8.GetString(Convert.FromBase64String(value)));
        }
        catch (FormatException)
        {
            return new(YamlScalarType.String, value, "The value tagged !!binary is no valid base64");
        }
    }

    private static ResolvedScalar Expect(ResolvedScalar resolved, YamlScalarType type, string value, string tag) =>
        resolved.Type == type ? resolved : resolved with { Problem = $"'{value}' is no {tag}, as its tag says" };

    // ^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$
    private static bool IsBase60(ReadOnlySpan<char> value)
    {
        var i = value.Length > 0 && value[0] is '+' or '-' ? 1 : 0;
        if (i >= value.Length || !char.IsAsciiDigit(value[i]))
        {
            return false;
        }

        while (i < value.Length && (char.IsAsciiDigit(value[i]) || value[i] == '_'))
        {
            i++;
        }

        var parts = 0;
        while (i + 1 < value.Length && value[i] == ':' && char.IsAsciiDigit(value[i + 1]))
        {
            var isTwoDigits = i + 2 < value.Length && value[i + 1] <= '5' && char.IsAsciiDigit(value[i + 2]);
            i += isTwoDigits ? 3 : 2;
            parts++;
        }

        if (i < value.Length && value[i] == '.')
        {
            i++;
            while (i < value.Length && (char.IsAsciiDigit(value[i]) || value[i] == '_'))
            {
                i++;
            }
        }

        return parts > 0 && i == value.Length;
    }
}
