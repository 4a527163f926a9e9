using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Kustomize.Loading;

/// <summary>The resources of a text.</summary>
/// <param name="Roots">Their trees, without aliases, merge keys and lists of resources. None where there is an error.</param>
/// <param name="Errors">Why the text gives no resources.</param>
/// <param name="Documents">The documents as parsed, whether or not they are resources.</param>
internal sealed record LoadedResources(
    ImmutableArray<YamlMapping> Roots, ImmutableArray<LoadError> Errors, ImmutableArray<YamlDocument> Documents)
{
    /// <summary>Notes the errors.</summary>
    public void Report(BuildContext context)
    {
        foreach (var error in Errors)
        {
            if (error.Node is { } node)
            {
                context.Error(error.Kind, node, error.Message);
            }
            else
            {
                context.Error(error.Kind, error.Where, error.Message);
            }
        }
    }
}

/// <summary>Why a text gives no resources.</summary>
/// <param name="Kind">What kind of problem it is.</param>
/// <param name="Where">Where.</param>
/// <param name="Node">The node that is wrong; null where there is none.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record LoadError(KustomizeProblemKind Kind, Location Where, YamlNode? Node, string Message);
