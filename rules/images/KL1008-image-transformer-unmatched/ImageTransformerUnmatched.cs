using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;
using KubeLint.Yaml;

namespace KubeLint.Rules.Images;

/// <summary>Reports entries of <c>images</c> that change no image of what is built.</summary>
public sealed class ImageTransformerUnmatched : Rule
{
    private const string By = "images";

    /// <inheritdoc/>
    public override RuleDescriptor Descriptor { get; } =
        new("KL1008", "image-transformer-unmatched", "An entry of images matches no container", Severity.Warning)
        {
            Reference = new("https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/"),
        };

    /// <inheritdoc/>
    public override void Register(IRuleRegistrar on) => on.Repository(context =>
    {
        var entries = new List<Entry>();
        var files = new Dictionary<string, WorkspaceFile>(StringComparer.Ordinal);
        foreach (var file in context.Model.Workspace.SelectedFiles)
        {
            if (FileClassification.IsKustomizationName(file.Path) && file.Yaml.Documents.Any(document => document.Root?.Get(By) is not null))
            {
                files[file.Path] = file;
            }
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isAllKnown = true;
        foreach (var kustomization in context.Model.Clusters.SelectMany(cluster => cluster.Kustomizations))
        {
            isAllKnown &= kustomization is { IsComplete: true, State: KustomizationState.Built } && kustomization.Problems.IsEmpty;
            var own = Entries(kustomization.Object.Root.Get("spec", By), kustomization.Id);
            if (kustomization is { IsComplete: true, Problems.IsEmpty: true })
            {
                entries.AddRange(own.AsSpan());
            }

            foreach (var input in files.Count > 0 ? kustomization.Build?.Inputs ?? [] : [])
            {
                if (FileClassification.IsKustomizationName(input.Path) && files.TryGetValue(input.Path, out var file) && seen.Add(input.Path))
                {
                    foreach (var document in file.Yaml.Documents)
                    {
                        AddOthers(entries, Entries(document.Root?.Get(By), null), own);
                    }
                }
            }
        }

        if (entries.Count > 0 && isAllKnown)
        {
            Report(context, entries);
        }
    });

    // An entry of the Flux Kustomization takes the place of one of the same name.
    private static void AddOthers(List<Entry> entries, ImmutableArray<Entry> found, ImmutableArray<Entry> own) =>
        entries.AddRange(found.Where(entry => !own.Any(other => other.Name == entry.Name)));

    private static void Report(RepositoryContext context, List<Entry> entries)
    {
        var applied = new HashSet<(string Path, TextSpan Span)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var kustomization in context.Model.Clusters.SelectMany(cluster => cluster.Kustomizations))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            foreach (var root in kustomization.Build?.Objects ?? [])
            {
                Collect(root, applied, names);
            }
        }

        foreach (var entry in entries)
        {
            if (!applied.Contains((entry.Telling.Text.Path, entry.Telling.Span)))
            {
                context.Report(
                    entry.At,
                    $"No container's image is called '{entry.Name}', so this entry changes nothing",
                    NearestName.Find(entry.Name, names.Order(StringComparer.Ordinal)) is { } near ? $"Did you mean '{near}'?" : "Write the image's name as the container has it, its registry included",
                    about: entry.About);
            }
        }
    }

    private static ImmutableArray<Entry> Entries(YamlNode? list, ObjectId? about)
    {
        if (list?.AsSequence() is not { } images)
        {
            return [];
        }

        var result = ImmutableArray.CreateBuilder<Entry>(images.Items.Length);
        foreach (var item in images.Items)
        {
            if (item.AsMapping() is { } image && image["name"] is YamlScalar { IsUnknown: false } name
                && (image["digest"] ?? image["newTag"] ?? image["tagSuffix"] ?? image["newName"]) is { IsUnknown: false } telling)
            {
                result.Add(new Entry(name.Value, name.Location, telling.Location, about));
            }
        }

        return result.DrainToImmutable();
    }

    private static void Collect(YamlNode node, HashSet<(string Path, TextSpan Span)> applied, HashSet<string> names)
    {
        switch (node.Resolved)
        {
            case YamlScalar scalar:
                for (YamlNode? at = scalar; at?.Derivation is { } derivation; at = derivation.Replaced)
                {
                    if (derivation.By == By)
                    {
                        applied.Add((at.Location.Text.Path, at.Location.Span));
                    }
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Name == "image" && entry.Value.Resolved is YamlScalar image)
                    {
                        names.Add(image.Value.Split('@', ':')[0]);
                    }

                    Collect(entry.Value, applied, names);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Collect(item, applied, names);
                }

                break;
        }
    }

    // The token by which a transformed image knows the entry that made it.
    private sealed record Entry(string Name, Location At, Location Telling, ObjectId? About);
}
