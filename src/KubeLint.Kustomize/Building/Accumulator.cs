using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Resources;

namespace KubeLint.Kustomize.Building;

/// <summary>What a kustomization and what it includes have come to so far.</summary>
internal sealed class Accumulator
{
    private SortedDictionary<string, Variable>? variables;

    /// <summary>The resources.</summary>
    public ResourceMap Resources { get; } = new();

    /// <summary>The field specs of the transformers.</summary>
    public TransformerConfiguration Configuration { get; private set; } = TransformerConfiguration.Empty;

    /// <summary>The variables, in the order of their names.</summary>
    public IReadOnlyCollection<Variable> Variables => variables is null ? [] : variables.Values;

    /// <summary>Adds field specs; null, or the one on which both disagree.</summary>
    public FieldSpec? Merge(TransformerConfiguration configuration)
    {
        Configuration = Configuration.Merge(configuration, out var conflict);
        return conflict;
    }

    /// <summary>Adds all that another has come to.</summary>
    public FieldSpec? Merge(Accumulator other, BuildContext context)
    {
        foreach (var resource in other.Resources)
        {
            Resources.Append(resource, context);
        }

        foreach (var variable in other.Variables)
        {
            Add(variable, context);
        }

        return Merge(other.Configuration);
    }

    /// <summary>Adds a variable, whose name must be new.</summary>
    public void Add(Variable variable, BuildContext context)
    {
        variables ??= new(StringComparer.Ordinal);
        if (!variables.TryAdd(variable.Name, variable))
        {
            context.Error(KustomizeProblemKind.Variable, variable.At, $"Var '{variable.Name}' already encountered");
        }
    }
}
