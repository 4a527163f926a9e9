using System.Text.RegularExpressions;

namespace KubeLint.Rules.Security;

/// <summary>Regular expressions as Go reads them (RE2): .NET's engine without backtracking takes nearly the same.</summary>
internal static class GoPattern
{
    /// <summary>Whether a pattern matches somewhere in a text; null for a pattern that is none.</summary>
    public static bool? IsMatch(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
