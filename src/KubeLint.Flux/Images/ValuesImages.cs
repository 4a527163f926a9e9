using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// Reads the images of chart values. A chart may name its values as it likes; these are the shapes that charts use,
/// told from look-alikes by what stands beside them.
/// </summary>
internal sealed class ValuesImages
{
    private const string PinnedSuffix = "@sha256";

    private readonly ImageCollector collector;
    private readonly ValuesCredentials credentials;
    private readonly YamlScalar? globalRegistry;
    private readonly bool defaultsHaveTag;

    private ValuesImages(ImageCollector collector, YamlMapping values)
    {
        this.collector = collector;
        credentials = new ValuesCredentials(values);
        globalRegistry = (values.Get("global", "imageRegistry") ?? values.Get("global", "image", "registry"))?.AsScalar();
        defaultsHaveTag = values.Get("defaultContainerOptions", "image", "tag") is not null;
    }

    /// <summary>Reads values at the collector's place.</summary>
    public static void Read(ImageCollector collector, YamlMapping values) => new ValuesImages(collector, values).ReadMap(values, [], null);

    // `path` is relative to the values; the collector's own begins at the object.
    private void ReadMap(YamlMapping map, List<string> path, YamlScalar? outerPolicy)
    {
        if (KubernetesObject.From(map) is { } embedded)
        {
            ObjectImages.Read(collector, embedded);
            return;
        }

        var fields = ValuesMapFields.Of(map);
        ReadOwn(map, fields, path, outerPolicy);
        foreach (var entry in map.EffectiveEntries())
        {
            if (entry.Name is not { } key || IsFreeForm(key))
            {
                continue;
            }

            switch (entry.Value.Resolved)
            {
                case YamlMapping child:
                    Enter(path, key);
                    ReadMap(child, path, IsImageKey(key) ? fields.ImagePullPolicy : null);
                    Leave(path);
                    break;
                case YamlSequence list:
                    Enter(path, key);
                    ReadList(list, path);
                    Leave(path);
                    break;
            }
        }
    }

    private void ReadList(YamlSequence list, List<string> path)
    {
        for (var i = 0; i < list.Items.Length; i++)
        {
            if (list.Items[i].AsMapping() is { } item)
            {
                collector.Enter(i);
                path.Add("[]");
                ReadMap(item, path, null);
                Leave(path);
            }
        }
    }

    private void ReadOwn(YamlMapping map, in ValuesMapFields fields, List<string> path, YamlScalar? outerPolicy)
    {
        var isImageMap = path.Count > 0 && IsImageKey(path[^1]);
        var policyIsTaken = false;
        if (isImageMap)
        {
            // `image: {tls: …}`, `image: {flavor: …}`: the key alone makes no image.
            if (fields.SaysImage || fields.PullPolicy is not null || fields.ImagePullPolicy is not null || fields.Image is not null)
            {
                policyIsTaken = AddMap(fields, path, fields.Repository ?? fields.Name, fields.PullPolicy ?? fields.ImagePullPolicy ?? outerPolicy);
            }
        }
        else if (fields.Image is not null)
        {
            policyIsTaken = ReadImageKey(map, fields, path);
        }
        else if (fields.Repository is not null && !fields.HasChart && (fields.Tag ?? fields.Digest ?? fields.Registry ?? fields.PullPolicy) is not null)
        {
            policyIsTaken = AddMap(fields, path, fields.Repository, fields.PullPolicy ?? fields.ImagePullPolicy);
        }

        // `image: {…}` beside it takes the policy where it has none of its own.
        policyIsTaken |= map["image"] is YamlMapping nested && nested["pullPolicy"] is null && ValuesMapFields.Of(nested).SaysImage;
        ReadPrefixed(map, fields, path, isImageMap, policyIsTaken);
    }

    // `image: <string>`: a whole reference, or a name beside `repository`, `registry` or `tag`.
    private bool ReadImageKey(YamlMapping map, in ValuesMapFields fields, List<string> path)
    {
        var image = fields.Image!;
        if (image.Type != YamlScalarType.String || image.Value.Length == 0)
        {
            return false;
        }

        if (fields.SaysImage)
        {
            return AddMap(fields, path, fields.Repository, fields.PullPolicy ?? fields.ImagePullPolicy, image);
        }

        var isContainer = IsContainer(map, path);
        if (References.Read(image, ImageShape.ValuesReference) is not { } reference || (!isContainer && LooksLikeFile(reference)))
        {
            return false;
        }

        var isImageVolume = path.Count == 2 && path[0] == "persistence" && map["type"]?.AsScalar()?.Value == "image";
        var isPlain = path.Count <= 1 || reference.Repository.Text.Contains('/', StringComparison.Ordinal) || reference.Registry.IsWritten;
        collector.Add(
            reference with
            {
                PullPolicy = ImagePart.Of(fields.ImagePullPolicy ?? fields.PullPolicy),
                Credentials = credentials.For(path),
                TagDefaultsToLatest = isContainer || isImageVolume || (isPlain && !fields.HasVersion),
            },
            "image");
        return true;
    }

    private void ReadPrefixed(YamlMapping map, in ValuesMapFields fields, List<string> path, bool isImageMap, bool policyIsTaken)
    {
        foreach (var entry in map.EffectiveEntries())
        {
            if (entry.Name is not { } key || entry.Value.Resolved is not YamlScalar scalar || scalar.IsNull)
            {
                continue;
            }

            if (key.EndsWith("mageRepository", StringComparison.Ordinal))
            {
                var prefix = key[..^"Repository".Length];
                var parts = default(ValuesMapFields);
                parts.Registry = map[prefix + "Registry"]?.AsScalar();
                parts.Tag = map[prefix + "Tag"]?.AsScalar();
                parts.Digest = map[prefix + "Digest"]?.AsScalar();
                policyIsTaken |= AddMap(parts, path, scalar, map[prefix + "PullPolicy"]?.AsScalar() ?? fields.ImagePullPolicy, key: key);
            }
            else if (key == "imageTag" && fields.Image is null && !map.ContainsKey("imageRepository") && !isImageMap)
            {
                var parts = default(ValuesMapFields);
                parts.Tag = scalar;
                AddMap(parts, path, null, null, key: key);
            }
            else if (key == "imageRegistry" && !map.ContainsKey("imageRepository"))
            {
                var parts = default(ValuesMapFields);
                parts.Registry = scalar;
                AddMap(parts, path, null, null, key: key);
            }
            else if ((IsReferenceKey(key) || path is [.., "images"]) && References.Read(scalar, ImageShape.ValuesReference) is { } reference
                && (reference.Tag.IsWritten || reference.Digest.IsWritten) && !LooksLikeFile(reference))
            {
                collector.Add(reference with { Credentials = credentials.For(path) }, key);
            }
            else if (key.EndsWith("magePullPolicy", StringComparison.Ordinal) && !(policyIsTaken && key == "imagePullPolicy") && !isImageMap
                && !map.ContainsKey(key[..^"PullPolicy".Length] + "Repository"))
            {
                collector.Add(Empty(ImageShape.PullPolicyOnly, path) with { PullPolicy = ImagePart.Of(scalar) }, key);
            }
        }
    }

    // Joins the keys of a map. Returns whether it is an image.
    private bool AddMap(
        in ValuesMapFields fields, List<string> path, YamlScalar? repository, YamlScalar? policy, YamlScalar? name = null, string key = "")
    {
        var image = Empty(ImageShape.ValuesMap, path);
        repository = IsEmpty(repository) ? null : repository;
        name = IsEmpty(name) ? null : name;
        if (repository is not null && name is not null)
        {
            // `repository: ghcr.io/org`, `image: app`: one name over two keys.
            if (!ReadName(ref image, repository))
            {
                return false;
            }

            image = image with { Repository = new ImagePart(image.Repository.State, $"{image.Repository.Text}/{name.Value}", name) };
        }
        else if ((repository ?? name) is { } whole && !ReadName(ref image, whole))
        {
            return false;
        }

        if (!IsEmpty(fields.Registry))
        {
            image = WithRegistry(image, fields.Registry!);
        }
        else if (image is { Registry.State: PartState.Absent, Repository.State: not PartState.Absent } && globalRegistry is not null)
        {
            image = WithRegistry(image, globalRegistry);
        }

        if (!IsEmpty(fields.Tag))
        {
            var (tag, digest) = References.ReadTag(fields.Tag);
            image = image.Digest.Text == PinnedSuffix[1..] ? image with { Digest = tag } : image with { Tag = tag, Digest = digest };
        }

        if (!IsEmpty(fields.Digest))
        {
            image = image with { Digest = ImagePart.Of(fields.Digest) };
        }

        var isAppTemplate = IsAppTemplate(path);
        var hasName = image.Repository.State != PartState.Absent;
        image = image with
        {
            PullPolicy = ImagePart.Of(policy),
            Shape = isAppTemplate ? ImageShape.AppTemplate
                : hasName || image.Tag.IsWritten || image.Digest.IsWritten ? ImageShape.ValuesMap
                : image.Registry.IsWritten ? ImageShape.RegistryOnly
                : ImageShape.PullPolicyOnly,
            TagDefaultsToLatest = isAppTemplate && hasName && !defaultsHaveTag,
            RegistryDefaultsToDockerHub = isAppTemplate,
        };
        if (!hasName && !image.Registry.IsWritten && !image.Tag.IsWritten && !image.Digest.IsWritten && !image.PullPolicy.IsWritten)
        {
            return false;
        }

        collector.Add(image, key);
        return true;
    }

    private ContainerImage Empty(ImageShape shape, List<string> path) =>
        new() { Owner = collector.Owner, Path = "", Shape = shape, Credentials = credentials.For(path) };

    private static bool ReadName(ref ContainerImage image, YamlScalar name)
    {
        // `repository: nginx@sha256`, `tag: <hex>` is how images of charts without a digest key are pinned.
        var text = name.Value;
        if (text.EndsWith(PinnedSuffix, StringComparison.Ordinal))
        {
            text = text[..^PinnedSuffix.Length];
        }

        if (name.Type != YamlScalarType.String || !ImageReference.TryParse(text, out var reference, out _))
        {
            return false;
        }

        image = image with
        {
            Registry = ImagePart.Of(name, reference.Domain),
            Repository = ImagePart.Of(name, reference.Path),
            Tag = ImagePart.Of(name, reference.Tag),
            Digest = text.Length < name.Value.Length
                ? new ImagePart(PartState.Unknown, PinnedSuffix[1..], name, new TextSpan(text.Length + 1, PinnedSuffix.Length - 1))
                : ImagePart.Of(name, reference.Digest),
        };
        return true;
    }

    // Without a repository the registry may hold the whole name (`registry: ghcr.io/org/app`, `tag: v1`).
    private static ContainerImage WithRegistry(ContainerImage image, YamlScalar registry)
    {
        var text = registry.Value.TrimEnd('/');
        if (image.Repository.State == PartState.Absent && text.Contains('/', StringComparison.Ordinal)
            && ImageReference.TryParse(text, out var reference, out _) && reference.Domain.State != PartState.Absent)
        {
            return image with { Registry = ImagePart.Of(registry, reference.Domain), Repository = ImagePart.Of(registry, reference.Path) };
        }

        var whole = ImagePart.Of(registry);
        var written = text.Length < registry.Value.Length ? whole with { Text = text, Range = new TextSpan(0, text.Length) } : whole;

        // A repository that names a host itself goes below the registry: a mirror that keeps the names.
        return image.Registry.State == PartState.Absent
            ? image with { Registry = written }
            : image with
            {
                Registry = written,
                Repository = image.Repository with { Text = $"{image.Registry.Text}/{image.Repository.Text}", Range = null },
            };
    }

    private void Enter(List<string> path, string key)
    {
        collector.Enter(key);
        path.Add(key);
    }

    private void Leave(List<string> path)
    {
        collector.Leave();
        path.RemoveAt(path.Count - 1);
    }

    private static bool IsEmpty(YamlScalar? scalar) => scalar is null || scalar.IsNull || scalar.Value.Length == 0;

    private static bool IsImageKey(string key) => key == "image" || (key.EndsWith("Image", StringComparison.Ordinal) && key.Length > "Image".Length);

    private static bool IsReferenceKey(string key) => key == "imageName" || (key != "image" && IsImageKey(key));

    private static bool IsAppTemplate(List<string> path) =>
        path is ["controllers", _, "containers" or "initContainers", _, "image", ..] or ["controllers", _, "defaultContainerOptions", "image", ..]
        && path.Count <= 5;

    // An item of a list of containers, or an entry of a map of them, goes to the pod as it is.
    private static bool IsContainer(YamlMapping map, List<string> path) =>
        path is [.., "[]"] ? map.ContainsKey("name") : path.Count >= 2 && IsContainerList(path[^2]);

    private static bool IsContainerList(string key) =>
        key.EndsWith("ontainers", StringComparison.Ordinal) || key.EndsWith("sidecars", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeFile(ContainerImage image)
    {
        if (image.Tag.IsWritten || image.Digest.IsWritten)
        {
            return false;
        }

        var dot = image.Repository.Text.LastIndexOf('.');
        return dot >= 0 && image.Repository.Text[(dot + 1)..] is
            "png" or "jpg" or "jpeg" or "gif" or "svg" or "webp" or "ico" or "bmp" or "iso" or "img" or "qcow2" or "raw" or "gz" or "xz" or "zst" or "html";
    }

    // What stands there is the application's own, or text for people.
    private static bool IsFreeForm(string key) => key is
        "env" or "envFrom" or "extraEnv" or "extraEnvs" or "extraEnvVars" or "environment" or "envVars" or "data" or "stringData" or "labels" or "annotations"
        or "podLabels" or "podAnnotations" or "nodeSelector" or "affinity" or "tolerations" or "dashboards" or "customResourceState" or "command" or "args"
        or "additionalPrometheusRulesMap" or "resources";
}
