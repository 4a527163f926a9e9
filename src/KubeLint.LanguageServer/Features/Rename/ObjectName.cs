using System.Text.RegularExpressions;

namespace KubeLint.LanguageServer.Features.Rename;

/// <summary>Names of objects (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names).</summary>
internal static partial class ObjectName
{
    private const int MaxLength = 253;

    /// <summary>Whether an object may be called so.</summary>
    public static bool IsValid(string name) => name.Length <= MaxLength && Subdomain().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();
}
