using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Substitution;

/// <summary>Finds variables that certainly have no value and no default. What that does depends on the cluster's Flux.</summary>
internal static class UndefinedVariables
{
    /// <summary>Reports them with a consequence.</summary>
    public static void Report(KustomizationContext context, string consequence)
    {
        var kustomization = context.Kustomization;
        if (kustomization.Variables is not { } variables || MayHaveMore(context))
        {
            return;
        }

        foreach (var uses in SubstitutionText.Groups(kustomization.VariableUses.Where(use => use is { State: VariableState.Undefined, HasDefault: false })))
        {
            var use = uses[0];
            var isForeign = SubstitutionText.IsForeignText(use.Scalar, use.Owner);
            context.Report(
                use.Where,
                $"Nothing supplies the variable '{use.Name}' here{SubstitutionText.Times(uses.Length)}: {consequence}",
                Help(use, variables, isForeign),
                Sources(kustomization),
                isForeign ? SubstitutionText.Escape(use.Scalar, FixSafety.Unsafe, uses.Select(one => one.Where)) : []);
        }
    }

    // An object that something else fills has keys that its file does not tell.
    private static bool MayHaveMore(KustomizationContext context)
    {
        if (context.Cluster.Knowledge.KustomizationMutator is not null)
        {
            return true;
        }

        foreach (var reference in context.Kustomization.Object.Root.Get("spec", "postBuild", "substituteFrom")?.AsSequence()?.Items ?? [])
        {
            if (reference.GetString("kind") is { } kind && reference.GetString("name") is { } name
                && !context.Cluster.Knowledge.KeysOf(kind, context.Kustomization.Id.Namespace, name).AreAll)
            {
                return true;
            }
        }

        return false;
    }

    private static string Help(VariableUse use, VariableSet variables, bool isForeign)
    {
        if (isForeign)
        {
            return $"Write `$${{{use.Name}}}` if the program that reads this text knows the variable; else supply it, or write a default: `${{{use.Name}:=value}}`";
        }

        return NearestName.Find(use.Name, variables.Variables.Keys.Order(StringComparer.Ordinal)) is { } near
            ? $"Did you mean `${{{near}}}`? Else supply it in `spec.postBuild`, or write a default: `${{{use.Name}:=value}}`"
            : $"Supply it in `spec.postBuild`, or write a default: `${{{use.Name}:=value}}`";
    }

    private static ImmutableArray<RelatedLocation> Sources(FluxKustomization kustomization) =>
        kustomization.Object.Spec?.Find("postBuild") is { } entry
            ? [new RelatedLocation(entry.Key.Location, "The variables that are supplied")]
            : [];
}
