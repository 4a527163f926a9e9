using System.Collections.Immutable;

namespace KubeLint.Kustomize.FieldSpecs;

/// <summary>Splits paths of fields as kustomize does (kyaml/utils).</summary>
internal static class FieldPath
{
    /// <summary>Splits at a delimiter; a backslash before it keeps it. One leading delimiter is ignored.</summary>
    public static ImmutableArray<string> Split(string path, char delimiter)
    {
        var parts = path.Split(delimiter);
        var result = ImmutableArray.CreateBuilder<string>(parts.Length);
        for (var i = parts.Length > 1 && parts[0].Length == 0 ? 1 : 0; i < parts.Length; i++)
        {
            if (result.Count > 0 && result[^1].EndsWith('\\'))
            {
                result[^1] = result[^1][..^1] + delimiter + parts[i];
            }
            else
            {
                result.Add(parts[i]);
            }
        }

        return result.ToImmutable();
    }

    /// <summary>
    /// Splits at a delimiter, brackets kept together: <c>[name=a.b]</c> stays one part with its brackets,
    /// <c>[a.b]</c> one part without them.
    /// </summary>
    public static ImmutableArray<string> SplitBracketed(string path, char delimiter)
    {
        var parts = Split(path, delimiter);
        var result = ImmutableArray.CreateBuilder<string>(parts.Length);
        for (var i = 0; i < parts.Length; i++)
        {
            if (!parts[i].StartsWith('[') || parts[i].EndsWith(']'))
            {
                result.Add(parts[i]);
                continue;
            }

            var bracketed = parts[i];
            while (i < parts.Length - 1 && !parts[i].EndsWith(']'))
            {
                i++;
                bracketed += delimiter + parts[i];
            }

            result.Add(bracketed.Contains('=', StringComparison.Ordinal) ? bracketed : bracketed.Trim('[', ']'));
        }

        return result.ToImmutable();
    }
}
