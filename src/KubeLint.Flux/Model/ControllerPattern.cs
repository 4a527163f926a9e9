using System.Buffers;
using System.Text.RegularExpressions;

namespace KubeLint.Flux;

/// <summary>The names in a patch's target: kustomize takes them as anchored regular expressions.</summary>
public static class ControllerPattern
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/.|");

    /// <summary>Whether a target's name selects a controller. A name that is no regular expression selects nothing.</summary>
    /// <param name="pattern">The name as the target has it.</param>
    /// <param name="controller">The controller's name.</param>
    public static bool Matches(string pattern, string controller)
    {
        if (pattern == controller)
        {
            return true;
        }

        if (FindAlternatives(pattern) is { } plain)
        {
            foreach (var alternative in plain.Split('|'))
            {
                if (IsSame(alternative, controller))
                {
                    return true;
                }
            }

            return false;
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

    // The alternatives of names, perhaps in parentheses, that nearly every pattern is; null for any other. To make an expression takes milliseconds.
    private static string? FindAlternatives(string pattern)
    {
        var names = pattern is ['(', .., ')'] ? pattern[1..^1] : pattern;
        return names.AsSpan().ContainsAnyExcept(Plain) ? null : names;
    }

    private static bool IsSame(string pattern, string text)
    {
        if (pattern.Length != text.Length)
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (pattern[i] == '.' ? text[i] == '\n' : pattern[i] != text[i])
            {
                return false;
            }
        }

        return true;
    }
}
