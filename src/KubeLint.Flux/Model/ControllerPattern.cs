using System.Text.RegularExpressions;

namespace KubeLint.Flux;

/// <summary>The names in a patch's target: kustomize takes them as anchored regular expressions.</summary>
internal static class ControllerPattern
{
    /// <summary>Whether a target's name selects a controller. A name that is no regular expression selects nothing.</summary>
    public static bool Matches(string pattern, string controller)
    {
        if (pattern == controller)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(controller, $"^(?:{pattern})$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
