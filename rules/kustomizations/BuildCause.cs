using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Kustomize;
using KubeLint.Yaml;

namespace KubeLint.Rules.Kustomizations;

/// <summary>Why a Kustomization cannot be built: each cause is told by one rule.</summary>
internal enum BuildCause
{
    /// <summary>Whatever no other rule tells.</summary>
    Other,

    /// <summary>Told where it is: a file's syntax, a path's backslash, the substitution.</summary>
    Elsewhere,

    /// <summary><c>spec.path</c> is not there.</summary>
    Path,

    /// <summary><c>spec.path</c> is left out of the source.</summary>
    PathLeftOut,

    /// <summary>An entry of <c>spec.components</c>.</summary>
    Component,

    /// <summary>A file of a directory without a kustomization, which Flux generates.</summary>
    Generated,

    /// <summary>A file or directory that a kustomization names is not there.</summary>
    MissingFile,

    /// <summary>One resource twice.</summary>
    Duplicate,

    /// <summary>More than one kustomization file in a directory.</summary>
    SeveralFiles,

    /// <summary>A component among the resources, or a kustomization among the components.</summary>
    WrongKind,

    /// <summary>Helm charts or plugins.</summary>
    HelmOrPlugin,
}

/// <summary>Tells the causes of failing builds apart, and reports them alike.</summary>
internal static class BuildCauses
{
    /// <summary>Calls for each problem of a cause.</summary>
    public static void On(IRuleRegistrar on, BuildCause cause, Action<KustomizationContext, FluxProblem> report) => on.Kustomization(context =>
    {
        foreach (var problem in context.Kustomization.Problems)
        {
            if (Of(context, problem) == cause)
            {
                report(context, problem);
            }
        }
    });

    /// <summary>What a problem is caused by.</summary>
    public static BuildCause Of(KustomizationContext context, FluxProblem problem) => problem.Kind switch
    {
        FluxProblemKind.MissingPath => context.Kustomization.Object.Root.GetString("spec", "path")?.Contains('\\', StringComparison.Ordinal) == true
            ? BuildCause.Elsewhere : BuildCause.Path,
        FluxProblemKind.PathLeftOut => BuildCause.PathLeftOut,
        FluxProblemKind.Component => BuildCause.Component,
        FluxProblemKind.Substitution => BuildCause.Elsewhere,
        FluxProblemKind.Build when problem.Build is { } build => OfBuild(context, build),
        _ => BuildCause.Other,
    };

    /// <summary>What a user should know beside the message.</summary>
    public static string Help(KustomizationContext context) =>
        $"Flux applies nothing of Kustomization {context.Kustomization.Id.Namespace}/{context.Kustomization.Id.Name} until this is mended";

    /// <summary>Reports a problem with what was probably meant.</summary>
    public static void Report(KustomizationContext context, FluxProblem problem)
    {
        var nearest = problem.Nearest ?? problem.Build?.Nearest;
        var node = problem.Build?.Node ?? PathOf(context, problem);
        context.Report(
            problem.Where,
            nearest is null ? problem.Message : $"{problem.Message}; did you mean '{nearest}'?",
            Help(context),
            Related(problem),
            nearest is null ? [] : Write(node, nearest));
    }

    /// <summary>The first of two, or what decides.</summary>
    public static ImmutableArray<RelatedLocation> Related(FluxProblem problem)
    {
        if (problem.Build?.First is { } first)
        {
            return [new RelatedLocation(first.Location, problem.Build.Kind == KustomizeProblemKind.WrongKind ? "Its kind is written here" : "The first is here")];
        }

        return problem.Because is { } because ? [new RelatedLocation(because.Location.FirstLine(), "This leaves it out")] : [];
    }

    /// <summary>A suggestion that writes another value in a plain scalar's place; none where the scalar is not written so.</summary>
    public static ImmutableArray<Fix> Write(YamlNode? node, string value) =>
        node is YamlScalar { Style: YamlScalarStyle.Plain, Derivation: null, Anchor: null, Source.Parent: null } scalar && scalar.Span.Length > 0
            ? [new Fix($"Write {value}", FixSafety.Suggestion, [new FileEdit(scalar.Source, [new TextEdit(scalar.Span, value)])])]
            : [];

    private static YamlNode? PathOf(KustomizationContext context, FluxProblem problem) =>
        problem.Kind == FluxProblemKind.MissingPath ? context.Kustomization.Object.Root.Get("spec", "path") : null;

    private static BuildCause OfBuild(KustomizationContext context, KustomizeProblem build)
    {
        if (IsSpecComponent(context.Kustomization, build.Node))
        {
            return BuildCause.Component;
        }

        switch (build.Kind)
        {
            case KustomizeProblemKind.Syntax:
            case KustomizeProblemKind.InvalidResource:
                return IsToldOfFile(context, build) ? BuildCause.Elsewhere : IsGenerated(context, build) ? BuildCause.Generated : BuildCause.Other;
            case KustomizeProblemKind.MissingFile:
            case KustomizeProblemKind.MissingKustomization:
                return IsTakenIn(context, build) ? BuildCause.Elsewhere : BuildCause.MissingFile;
            case KustomizeProblemKind.ResourceConflict:
            case KustomizeProblemKind.DuplicateEntry:
                return BuildCause.Duplicate;
            case KustomizeProblemKind.SeveralKustomizations:
                return BuildCause.SeveralFiles;
            case KustomizeProblemKind.WrongKind:
                return IsGenerated(context, build) ? BuildCause.Generated : BuildCause.WrongKind;
            case KustomizeProblemKind.HelmChart:
            case KustomizeProblemKind.ExternalPlugin:
                return BuildCause.HelmOrPlugin;
            default:
                return BuildCause.Other;
        }
    }

    // The rules over files say what is wrong with the YAML of those that are linted.
    private static bool IsToldOfFile(KustomizationContext context, KustomizeProblem build) =>
        context.Model.Workspace.FindSelected(build.Where.Text.Path) is { } file && file.Problems.Any(problem => problem.Span == build.Where.Span);

    // Files of submodules and of sources that are included need not be checked out.
    private static bool IsTakenIn(KustomizationContext context, KustomizeProblem build)
    {
        var workspace = context.Model.Workspace;
        if (context.Kustomization.Source is { } id && context.Cluster.Find(id.Group, id.Kind, id.Namespace, id.Name)?.Object.Root.Get("spec", "include") is not null)
        {
            return true;
        }

        var kustomization = YamlFileCache.Normalize($"{workspace.BaseDirectory}/{build.Where.Text.Path}");
        return build.Node is YamlScalar { Value: var path }
            && Submodules.Of(workspace.Files.Source, workspace.RepositoryRoot).Holds(YamlFileCache.Normalize($"{kustomization}/../{path[(path.IndexOf('=', StringComparison.Ordinal) + 1)..]}"));
    }

    private static bool IsSpecComponent(FluxKustomization kustomization, YamlNode? node)
    {
        foreach (var item in kustomization.Object.Root.Get("spec", "components")?.AsSequence()?.Items ?? [])
        {
            if (node is not null && ReferenceEquals(item.Resolved, node))
            {
                return true;
            }
        }

        return false;
    }

    // Where there is no kustomization file, Flux names the files itself.
    private static bool IsGenerated(KustomizationContext context, KustomizeProblem build)
    {
        if (build.Kind == KustomizeProblemKind.WrongKind)
        {
            return build.Node?.Derivation is not null;
        }

        foreach (var input in context.Kustomization.Build?.Inputs ?? [])
        {
            if (input.At?.Derivation is not null && context.Model.Workspace.Files.Display(input.Path) == build.Where.Text.Path)
            {
                return true;
            }
        }

        return false;
    }
}
