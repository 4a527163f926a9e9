using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>What is known of a variable.</summary>
public enum VariableState
{
    /// <summary>It has a value that the repository tells.</summary>
    Known,

    /// <summary>It may have any value: it is encrypted, made outside of the repository, or may or may not be set.</summary>
    Unknown,

    /// <summary>It is certainly not set.</summary>
    Undefined,
}

/// <summary>A variable of a Flux Kustomization.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, line breaks removed as Flux does; null where it is unknown.</param>
/// <param name="Definition">The node that gives the value; for an encrypted one the encrypted node. Null where the variable comes from outside.</param>
/// <param name="Origin">What supplies it, in words: <c>spec.postBuild.substitute</c>, <c>ConfigMap/ns/name</c>.</param>
public sealed record FluxVariable(string Name, string? Value, YamlNode? Definition, string Origin);

/// <summary>
/// The variables that a Flux Kustomization's <c>postBuild</c> supplies: a later <c>substituteFrom</c> over an earlier, <c>substitute</c> over all
/// (https://fluxcd.io/flux/components/kustomize/kustomizations/#post-build-variable-substitution).
/// </summary>
/// <param name="Variables">The variables by name; of several of one name the one that counts.</param>
/// <param name="OpenBy">What may supply further variables, in words; null where all are known by name.</param>
public sealed record VariableSet(ImmutableDictionary<string, FluxVariable> Variables, string? OpenBy)
{
    /// <summary>No variables.</summary>
    public static VariableSet Empty { get; } = new(ImmutableDictionary<string, FluxVariable>.Empty.WithComparers(StringComparer.Ordinal), null);

    /// <summary>What is known of a variable.</summary>
    public VariableState StateOf(string name) =>
        !Variables.TryGetValue(name, out var variable) ? OpenBy is null ? VariableState.Undefined : VariableState.Unknown
            : variable.Value is null ? VariableState.Unknown
            : VariableState.Known;

    /// <summary>A variable; null where there is none of the name.</summary>
    public FluxVariable? Find(string name) => Variables.GetValueOrDefault(name);

    /// <summary>Whether both have the same variables with the same values from the same places.</summary>
    internal static bool Same(VariableSet? one, VariableSet? other)
    {
        if (ReferenceEquals(one, other))
        {
            return true;
        }

        if (one is null || other is null || one.OpenBy != other.OpenBy || one.Variables.Count != other.Variables.Count)
        {
            return false;
        }

        foreach (var (name, variable) in one.Variables)
        {
            if (other.Find(name) is not { } counterpart || counterpart.Value != variable.Value || counterpart.Origin != variable.Origin
                || !ReferenceEquals(counterpart.Definition, variable.Definition))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether Flux accepts the name of a supplied variable.</summary>
    public static bool IsValidName(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetter(name[0]) || name[0] == '_'))
        {
            return false;
        }

        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return true;
    }
}
