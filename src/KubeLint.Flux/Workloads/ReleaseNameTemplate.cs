using System.Text;

namespace KubeLint.Flux.Workloads;

/// <summary>What the common library replaces in names, <c>{{ .Release.Name }}</c>; other templates are left alone.</summary>
internal static class ReleaseNameTemplate
{
    private const string Field = ".Release.Name";

    /// <summary>The text with the release's name in each such place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="release">The HelmRelease.</param>
    public static string Fill(string text, KubernetesObject release)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var open = text.IndexOf("{{", StringComparison.Ordinal); open >= 0;)
        {
            var next = open + 1;
            if (FindEnd(text, open) is { } end)
            {
                (result ??= new StringBuilder()).Append(text, copied, open - copied).Append(WorkloadPods.NameOf(release));
                copied = next = end;
            }

            open = text.IndexOf("{{", next, StringComparison.Ordinal);
        }

        return result?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    // Behind the braces that close the template which begins at `open`; null where another one does.
    private static int? FindEnd(string text, int open)
    {
        var rest = text.AsSpan(open + 2);
        rest = (rest.StartsWith("-") ? rest[1..] : rest).TrimStart();
        if (!rest.StartsWith(Field))
        {
            return null;
        }

        rest = rest[Field.Length..].TrimStart();
        rest = rest.StartsWith("-") ? rest[1..] : rest;
        return rest.StartsWith("}}") ? text.Length - rest.Length + 2 : null;
    }
}
