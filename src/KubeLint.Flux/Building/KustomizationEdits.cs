using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux;

/// <summary>
/// The kustomization that Flux builds: the directory's own, or one generated where there is none, with the fields of the Flux
/// Kustomization edited in, not laid over (kustomize_generator.go in github.com/fluxcd/pkg).
/// </summary>
internal static class KustomizationEdits
{
    private const string By = "Flux Kustomization";

    private static readonly string[] Fields =
        ["targetNamespace", "namePrefix", "nameSuffix", "patches", "components", "images", "buildMetadata", "ignoreMissingComponents"];

    /// <summary>The nodes of a Flux Kustomization's spec that change the build: builds of a directory with the same nodes are one build.</summary>
    public static ImmutableArray<YamlNode?> Inputs(YamlMapping? spec)
    {
        var inputs = ImmutableArray.CreateBuilder<YamlNode?>(Fields.Length);
        foreach (var field in Fields)
        {
            inputs.Add(spec?[field]);
        }

        return inputs.MoveToImmutable();
    }

    /// <summary>What to build in the place of the directory's kustomization file; null to build the file as it stands.</summary>
    /// <param name="files">The files.</param>
    /// <param name="directory">The absolute directory of <c>spec.path</c>.</param>
    /// <param name="kustomization">The Flux Kustomization.</param>
    /// <param name="ignore">What the source leaves out; null where nothing is said of it.</param>
    /// <param name="problems">Takes what is wrong with the spec.</param>
    public static YamlMapping? Make(YamlFileCache files, string directory, KubernetesObject kustomization, SourceIgnore? ignore, ImmutableArray<FluxProblem>.Builder problems)
    {
        var spec = kustomization.Spec;
        var at = spec?["path"] ?? kustomization.Root;
        YamlMapping root;
        if (KustomizationReach.FindFile(files.Source, directory) is { } file)
        {
            var documents = files.Parse(file).Documents;
            var content = documents.IsEmpty ? null : documents[0].Root;
            if (content is null or YamlScalar { IsNull: true })
            {
                // To kustomize an empty file is an error; Flux writes the kind into it before it builds.
                content = MadeNode.Mapping(
                    at, By, ("apiVersion", MadeNode.Text(at, "kustomize.config.k8s.io/v1beta1", By)), ("kind", MadeNode.Text(at, "Kustomization", By)));
            }

            if (content is not YamlMapping written)
            {
                return null;
            }

            // Flux keeps a kustomization without resources from being an error by an option that marks what components add.
            var hasResources = written["resources"]?.AsSequence() is { Items.IsEmpty: false };
            var isEdited = Inputs(spec).Any(input => input is not null);
            if (hasResources && !isEdited)
            {
                return null;
            }

            root = hasResources ? written : MadeNode.Set(written, "buildMetadata", MadeNode.Sequence(at, By, [MadeNode.Text(at, "originAnnotations", By)]), By);
        }
        else
        {
            root = Generate(files.Source, directory, ignore, at);
        }

        foreach (var (field, target) in new[] { ("targetNamespace", "namespace"), ("namePrefix", "namePrefix"), ("nameSuffix", "nameSuffix") })
        {
            if (spec?[field] is YamlScalar { IsNull: false } value)
            {
                root = MadeNode.Set(root, target, value, By);
            }
        }

        root = Append(root, "patches", spec?["patches"]?.AsSequence()?.Items ?? [], at);
        root = Append(root, "components", Components(files.Source, directory, spec, problems), at);
        root = MergeImages(root, spec?["images"]?.AsSequence()?.Items ?? [], at);
        return spec?["buildMetadata"]?.AsSequence() is { Items.IsEmpty: false } metadata ? MadeNode.Set(root, "buildMetadata", metadata, By) : root;
    }

    private static YamlMapping Generate(IFileSource source, string directory, SourceIgnore? ignore, YamlNode at)
    {
        var prefix = directory == "/" ? 0 : directory.Length;
        var resources = ManifestScan.Resources(source, directory, ignore).ConvertAll(path => (YamlNode)MadeNode.Text(at, "." + path[prefix..], By));
        var content = resources.Count == 0
            ? ("namespace", (YamlNode)MadeNode.Text(at, "_placeholder", By))
            : ("resources", MadeNode.Sequence(at, By, resources));
        return MadeNode.Mapping(
            at,
            By,
            ("apiVersion", MadeNode.Text(at, "kustomize.config.k8s.io/v1beta1", By)),
            ("kind", MadeNode.Text(at, "Kustomization", By)),
            content);
    }

    private static List<YamlNode> Components(IFileSource source, string directory, YamlMapping? spec, ImmutableArray<FluxProblem>.Builder problems)
    {
        var result = new List<YamlNode>();
        var ignoresMissing = spec?["ignoreMissingComponents"]?.AsScalar()?.AsBoolean() == true;
        foreach (var item in spec?["components"]?.AsSequence()?.Items ?? [])
        {
            if (item.AsScalar() is not { } component || component.IsUnknown)
            {
                continue;
            }

            var path = component.Value;
            if (path.StartsWith('/') || path.Contains("://", StringComparison.Ordinal) || path.Contains('@', StringComparison.Ordinal))
            {
                problems.Add(new FluxProblem(FluxProblemKind.Component, $"The component '{path}' must be a local, relative path", component.Location));
            }
            else if (!ignoresMissing || source.DirectoryExists(YamlFileCache.Normalize($"{directory}/{path}")))
            {
                result.Add(component);
            }
        }

        return result;
    }

    private static YamlMapping Append(YamlMapping root, string field, IReadOnlyCollection<YamlNode> items, YamlNode at)
    {
        if (items.Count == 0)
        {
            return root;
        }

        var present = root[field]?.AsSequence();
        return MadeNode.Set(root, field, MadeNode.Sequence((YamlNode?)present ?? at, By, [.. present?.Items ?? [], .. items]), By);
    }

    private static YamlMapping MergeImages(YamlMapping root, ImmutableArray<YamlNode> images, YamlNode at)
    {
        if (images.IsEmpty)
        {
            return root;
        }

        var present = root["images"]?.AsSequence();
        var merged = new List<YamlNode>(present?.Items ?? []);
        foreach (var item in images)
        {
            if (item.AsMapping() is not { } image)
            {
                continue;
            }

            var index = merged.FindIndex(other => other.GetString("name") == image.GetString("name"));
            if (index < 0)
            {
                merged.Add(image);
            }
            else
            {
                merged[index] = MergeImage(merged[index].AsMapping()!, image);
            }
        }

        return MadeNode.Set(root, "images", MadeNode.Sequence((YamlNode?)present ?? at, By, merged), By);
    }

    // Tag and digest are one unit: to set one clears the other (kustomize-controller 1.9.4).
    private static YamlMapping MergeImage(YamlMapping present, YamlMapping image)
    {
        var result = present;
        if (image.GetString("newTag") is { Length: > 0 } || image.GetString("digest") is { Length: > 0 })
        {
            result = result.With([.. result.Entries.Where(entry => entry.Name is not ("newTag" or "digest"))]);
        }

        foreach (var field in (ReadOnlySpan<string>)["newName", "newTag", "digest"])
        {
            if (image[field] is YamlScalar { IsNull: false, Value.Length: > 0 } value)
            {
                result = MadeNode.Set(result, field, value, By);
            }
        }

        return result;
    }
}
