using System.Collections.Immutable;

using KubeLint.Kustomize.FieldSpecs;
using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Patching;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Replacements;

/// <summary>
/// An entry of <c>replacements</c>: a value read from one resource, or given, and the fields of others that it is
/// written to (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/).
/// </summary>
/// <param name="entry">The entry.</param>
internal sealed class Replacement(YamlMapping entry)
{
    private const string DefaultFieldPath = "metadata.name";

    /// <summary>Makes the replacement in all resources; false, with the problem noted, where that cannot be.</summary>
    public bool Apply(ResourceMap resources, BuildContext context)
    {
        var source = KustomizationFields.Object(entry, "source");
        var given = KustomizationFields.Get(entry, "sourceValue") as YamlScalar;
        if ((source is null && given is null) || KustomizationFields.Get(entry, "targets") is not YamlSequence)
        {
            return Fail(context, entry, "Replacements must specify a source and at least one target");
        }

        if (source is not null && given is not null)
        {
            return Fail(context, given, "'source' and 'sourceValue' are mutually exclusive");
        }

        var value = given is not null ? Given(given) : Read(source!, resources, context);
        if (value is null)
        {
            return false;
        }

        foreach (var target in KustomizationFields.Objects(entry, "targets"))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (!Write(target, value.Value, resources, context))
            {
                return false;
            }
        }

        return true;
    }

    // A given value has the type that its text gives it, however it is quoted.
    private static ReplacementValue Given(YamlScalar scalar) =>
        new(new ReplacementValue(scalar, scalar.Value).With(scalar.Value, null, null), scalar.Value);

    private static ReplacementValue? Read(YamlMapping source, ResourceMap resources, BuildContext context)
    {
        var type = new GroupVersionKind(
            KustomizationFields.Text(source, "group"), KustomizationFields.Text(source, "version"), KustomizationFields.Text(source, "kind"));
        var id = new ResourceId(type, KustomizationFields.Text(source, "name"), KustomizationFields.Text(source, "namespace"));
        var found = resources.Items.Where(resource => !resource.IsEmpty && resource.MatchesAnyId(IsMeant)).ToList();
        if (found.Count != 1)
        {
            if (found.Count == 0)
            {
                context.Missing(KustomizeProblemKind.Replacement, source, $"Nothing is selected by {id}");
            }
            else
            {
                Fail(context, source, $"Multiple matches for {id}");
            }

            return null;
        }

        var path = KustomizationFields.Get(source, "fieldPath") is YamlScalar { Value.Length: > 0 } written ? written : null;
        var where = (YamlNode?)path ?? source;
        try
        {
            var node = FieldLookup.Find(found[0].Root!, FieldPath.SplitBracketed(path?.Value ?? DefaultFieldPath, '.').AsSpan());
            if (Tree.IsMissingOrEmpty(node))
            {
                Fail(context, where, $"The field '{path?.Value ?? DefaultFieldPath}' is missing in the replacement's source {id}");
                return null;
            }

            return Part(node!, ReplacementOptions.Read(source));
        }
        catch (ReplacementException problem)
        {
            Fail(context, where, $"The replacement's source cannot be read: {problem.Message}");
            return null;
        }

        bool IsMeant(ResourceId other) =>
            (id.Name.Length == 0 || id.Name == other.Name)
            && (id.Namespace.Length == 0 || id.Namespace == (other.Namespace.Length == 0 ? "default" : other.Namespace))
            && other.Type.IsSelectedBy(type);
    }

    private static ReplacementValue Part(YamlNode node, ReplacementOptions options)
    {
        var scalar = node as YamlScalar;
        if (options.Delimiter.Length == 0)
        {
            return new ReplacementValue(node, scalar?.Value ?? string.Empty);
        }

        if (scalar is null)
        {
            throw new ReplacementException("The delimiter option can only be used with scalars");
        }

        var parts = scalar.Value.Split(options.Delimiter);
        return options.Index >= 0 && options.Index < parts.Length
            ? new ReplacementValue(node, parts[options.Index])
            : throw new ReplacementException($"The index {options.Index} lies outside of the value's {parts.Length} parts");
    }

    private static bool Write(YamlMapping target, ReplacementValue value, ResourceMap resources, BuildContext context)
    {
        if (KustomizationFields.Object(target, "select") is not { } select)
        {
            return Fail(context, target, "A target must specify the resources to select");
        }

        if (ResourceSelector.Read(select, context) is not { } selector)
        {
            return false;
        }

        var rejects = new List<ResourceSelector>();
        foreach (var node in KustomizationFields.Objects(target, "reject"))
        {
            if (ResourceSelector.Read(node, context) is not { } reject)
            {
                return false;
            }

            rejects.Add(reject);
        }

        var options = ReplacementOptions.Read(target);
        ImmutableArray<YamlScalar> paths = [.. KustomizationFields.Texts(target, "fieldPaths")];
        foreach (var resource in resources)
        {
            if (!resource.IsEmpty && selector.MatchesMetadata(resource) && resource.MatchesAnyId(selector.Matches)
                && !rejects.Exists(reject => IsRejected(resource, reject))
                && !Write(resource, paths, target, value, options, context))
            {
                return false;
            }
        }

        return true;
    }

    // Labels or annotations reject on their own, whatever else the entry asks for.
    private static bool IsRejected(KustomizeResource resource, ResourceSelector reject) =>
        (reject.AsksForMetadata && reject.MatchesMetadata(resource)) || (reject.AsksForId && resource.MatchesAnyId(reject.Matches));

    private static bool Write(
        KustomizeResource resource, ImmutableArray<YamlScalar> paths, YamlMapping target, ReplacementValue value, ReplacementOptions options, BuildContext context)
    {
        if (paths.IsEmpty)
        {
            return WriteField(resource, DefaultFieldPath, target, value, options, context);
        }

        foreach (var path in paths)
        {
            if (!WriteField(resource, path.Value, path, value, options, context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool WriteField(
        KustomizeResource resource, string path, YamlNode at, ReplacementValue value, ReplacementOptions options, BuildContext context)
    {
        var parts = FieldPath.SplitBracketed(path, '.');
        var fields = new TargetFields(value, options);
        string reason;
        try
        {
            if (StructuredText.TryReplace(resource.Root!, parts, value, options.Creates) is { } inText)
            {
                resource.Root = inText;
                return true;
            }

            var edited = fields.Replace(resource.Root!, parts) as YamlMapping;
            if (fields.Count > 0)
            {
                CheckSize(edited);
                resource.Root = edited;
                return true;
            }

            reason = string.Empty;
        }
        catch (ReplacementException problem)
        {
            reason = $": {problem.Message}";
        }

        return Fail(context, at, $"Unable to find {(options.Creates ? "or create " : string.Empty)}field '{path}' in the replacement's target {resource.CurrentId}{reason}");
    }

    // An object put into itself doubles each time: a few lines must not make an endless object.
    private static void CheckSize(YamlNode? node)
    {
        if (node is not null && TreeSize.Of(node, YamlLimits.Default.MaxExpandedNodes) is var (nodes, depth)
            && (nodes > YamlLimits.Default.MaxExpandedNodes || depth > YamlLimits.Default.MaxDepth))
        {
            throw new ReplacementException("The object would become too large");
        }
    }

    private static bool Fail(BuildContext context, YamlNode where, string message)
    {
        context.Error(KustomizeProblemKind.Replacement, where, message);
        return false;
    }
}
