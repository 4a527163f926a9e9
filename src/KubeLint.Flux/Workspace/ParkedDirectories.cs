using System.Collections.Immutable;

namespace KubeLint.Flux;

/// <summary>Directories whose name says that nothing in them is meant to be applied.</summary>
public static class ParkedDirectories
{
    /// <summary>The names that are known without configuration; what begins with a dot is parked in any case.</summary>
    public static ImmutableArray<string> Default { get; } =
        ["archive", "archived", "_archive", "attic", "backup", "deprecated", "disabled", "examples", "graveyard", "old", "parked", "removed", "template", "templates", "unused"];

    /// <summary>Whether a file lies in such a directory.</summary>
    /// <param name="path">The shown path.</param>
    /// <param name="names">The names.</param>
    public static bool Holds(string path, ImmutableArray<string> names)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length - 1; i++)
        {
            if (parts[i].StartsWith('.') && parts[i] is not ("." or "..") || names.Contains(parts[i], StringComparer.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
