using System.Collections.Immutable;
using System.Text;

using KubeLint.Kustomize.Loading;
using KubeLint.Kustomize.Resources;
using KubeLint.Yaml;

namespace KubeLint.Kustomize.Generators;

/// <summary>
/// <c>configMapGenerator</c> and <c>secretGenerator</c>
/// (https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/).
/// </summary>
internal sealed class ConfigGenerator
{
    private readonly string by;
    private readonly bool isSecret;
    private readonly YamlMapping args;
    private readonly YamlMapping? globalOptions;

    /// <summary>A generator for one entry.</summary>
    /// <param name="isSecret">Whether it makes a Secret.</param>
    /// <param name="args">The entry.</param>
    /// <param name="globalOptions">The kustomization's <c>generatorOptions</c>.</param>
    public ConfigGenerator(bool isSecret, YamlMapping args, YamlMapping? globalOptions)
    {
        this.isSecret = isSecret;
        this.args = args;
        this.globalOptions = globalOptions;
        by = isSecret ? "secretGenerator" : "configMapGenerator";
    }

    /// <summary>Makes the resource; null, with the problem noted, where that cannot be.</summary>
    public KustomizeResource? Generate(KustomizationFile file, BuildContext context)
    {
        // As a generator of its own the configuration is an object: its metadata gives what the arguments leave out.
        var metadata = KustomizationFields.Object(args, "metadata");
        var name = TextNode(args, "name") ?? TextNode(metadata, "name");
        if (name is null)
        {
            context.Error(KustomizeProblemKind.Generator, args, "A configmap must have a name");
            return null;
        }

        if (new KeyValueSource(file, context).Read(args) is not { } pairs)
        {
            return null;
        }

        var entries = ImmutableArray.CreateBuilder<YamlEntry>(4);
        entries.Add(Entry("apiVersion", args, "v1"));
        entries.Add(Entry("kind", args, isSecret ? "Secret" : "ConfigMap"));
        entries.Add(Metadata(name, TextNode(args, "namespace") ?? TextNode(metadata, "namespace")));
        if (isSecret)
        {
            var type = TextNode(args, "type");
            entries.Add(Entry("type", (YamlNode?)type ?? args, type?.Value ?? "Opaque"));
        }

        AddData(entries, pairs);
        if (Option("immutable"))
        {
            entries.Add(new YamlEntry(Key("immutable", args), Tree.Computed(args, "true", by, YamlScalarStyle.Plain, YamlTags.Boolean, null)));
        }

        return new KustomizeResource(Tree.ComputedMapping(args, by, entries.DrainToImmutable()))
        {
            NeedsHashSuffix = !Option("disableNameSuffixHash"),
            Behavior = KustomizationFields.Text(args, "behavior") switch
            {
                "create" => GenerationBehavior.Create,
                "replace" => GenerationBehavior.Replace,
                "merge" => GenerationBehavior.Merge,
                _ => GenerationBehavior.Unspecified,
            },
        };
    }

    private static YamlScalar? TextNode(YamlMapping? mapping, string name) =>
        KustomizationFields.Get(mapping, name) is YamlScalar { Value.Length: > 0 } scalar ? scalar : null;

    private bool Option(string name) =>
        KustomizationFields.IsTrue(KustomizationFields.Object(args, "options"), name) || KustomizationFields.IsTrue(globalOptions, name);

    private YamlEntry Metadata(YamlScalar name, YamlScalar? ns)
    {
        var entries = ImmutableArray.CreateBuilder<YamlEntry>(2);
        entries.Add(Entry("name", name, name.Value));
        if (ns is not null)
        {
            entries.Add(Entry("namespace", ns, ns.Value));
        }

        foreach (var field in (ReadOnlySpan<string>)["labels", "annotations"])
        {
            var pairs = Pairs(KustomizationFields.Object(KustomizationFields.Object(args, "options"), field), KustomizationFields.Object(globalOptions, field));
            if (!pairs.IsEmpty)
            {
                entries.Add(new YamlEntry(Key(field, args), Tree.ComputedMapping(args, by, pairs)));
            }
        }

        return new YamlEntry(Key("metadata", args), Tree.ComputedMapping(args, by, entries.DrainToImmutable()));
    }

    private ImmutableArray<YamlEntry> Pairs(YamlMapping? own, YamlMapping? global)
    {
        if (own is null && global is null)
        {
            return [];
        }

        var pairs = ImmutableArray.CreateBuilder<YamlEntry>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var options in (ReadOnlySpan<YamlMapping?>)[own, global])
        {
            foreach (var pair in options?.EffectiveEntries() ?? [])
            {
                if (pair.Name is { } key && seen.Add(key))
                {
                    var value = pair.Value.Resolved as YamlScalar;
                    pairs.Add(new YamlEntry(Key(key, pair.Key), Tree.Computed(pair.Value.Resolved, value is { IsNull: false } ? value.Value : "", by)));
                }
            }
        }

        return pairs.ToImmutable();
    }

    private void AddData(ImmutableArray<YamlEntry>.Builder entries, ImmutableArray<KeyValue> pairs)
    {
        var data = ImmutableArray.CreateBuilder<YamlEntry>(pairs.Length);
        var binary = ImmutableArray.CreateBuilder<YamlEntry>(0);
        foreach (var pair in pairs)
        {
            var isBinary = !isSecret && pair.Text is null;
            var value = isSecret || isBinary ? Encode(pair.Bytes ?? Encoding.UTF8.GetBytes(pair.Text!)) : pair.Text!;
            var extras = new NodeExtras(YamlTags.String, null, new Derivation(by, null, [pair.KeyAt]));
            (isBinary ? binary : data).Add(
                new YamlEntry(Key(pair.Key, pair.KeyAt), new YamlScalar(pair.Source, pair.Span, value, YamlScalarStyle.Literal, extras)));
        }

        // A Secret has its data even without content, a ConfigMap has not.
        if (data.Count > 0 || isSecret)
        {
            entries.Add(new YamlEntry(Key("data", args), Tree.ComputedMapping(args, by, data.DrainToImmutable())));
        }

        if (binary.Count > 0)
        {
            entries.Add(new YamlEntry(Key("binaryData", args), Tree.ComputedMapping(args, by, binary.DrainToImmutable())));
        }
    }

    // Base64 in lines of 70 characters, each ended by a line break where there is more than one.
    private static string Encode(byte[] bytes)
    {
        const int lineLength = 70;
        var encoded = Convert.ToBase64String(bytes);
        if (encoded.Length < lineLength)
        {
            return encoded;
        }

        var result = new StringBuilder(encoded.Length + (encoded.Length / lineLength) + 1);
        for (var i = 0; i < encoded.Length; i += lineLength)
        {
            result.Append(encoded, i, Math.Min(lineLength, encoded.Length - i)).Append('\n');
        }

        return result.ToString();
    }

    private YamlEntry Entry(string key, YamlNode at, string value) => new(Key(key, at), Tree.Computed(at, value, by));

    private YamlScalar Key(string key, YamlNode at) => Tree.Computed(at, key, by);
}
