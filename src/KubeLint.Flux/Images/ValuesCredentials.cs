using System.Collections.Immutable;

using KubeLint.Yaml;

namespace KubeLint.Flux.Images;

/// <summary>
/// What chart values say of pull secrets and service accounts. Only the app-template chart is known well enough to say
/// which pod a key reaches; of others, a pull secret anywhere in the values may reach any pod.
/// </summary>
internal sealed class ValuesCredentials
{
    private readonly YamlMapping values;
    private readonly ImmutableArray<ImagePart> everywhere;
    private readonly PullCredentials chart;
    private readonly bool isAppTemplate;

    public ValuesCredentials(YamlMapping values)
    {
        this.values = values;
        isAppTemplate = values["controllers"] is YamlMapping;
        var found = ImmutableArray.CreateBuilder<ImagePart>(0);
        FindSecrets(values, found, isAppTemplate);
        everywhere = found.ToImmutable();
        chart = new PullCredentials(everywhere, ChartAccount(values));
    }

    /// <summary>What reaches the image at a path below the values.</summary>
    public PullCredentials For(List<string> path)
    {
        if (!isAppTemplate || path is not ["controllers", var name, ..])
        {
            return chart;
        }

        var controller = values.Get("controllers", name) as YamlMapping;
        var ofPod = controller?.Get("pod", "imagePullSecrets") ?? values.Get("defaultPodOptions", "imagePullSecrets");
        var secrets = PodImages.SecretNames(ofPod);
        return new PullCredentials(everywhere.IsEmpty ? secrets : secrets.AddRange(everywhere), AppTemplateAccount(controller));
    }

    // https://bjw-s-labs.github.io/helm-charts/docs/common-library/: a controller names an account, or an identifier of
    // one that the chart makes; the chart's only account serves controllers that say nothing.
    private ImagePart AppTemplateAccount(YamlMapping? controller)
    {
        switch (controller?["serviceAccount"])
        {
            case YamlMapping own when own["name"] is YamlScalar name:
                return ImagePart.Of(name);
            case YamlMapping own when own["identifier"] is YamlScalar identifier:
                return ImagePart.Of(identifier) with { State = PartState.Unknown };
            default:
                return ChartAccount(values);
        }
    }

    private static ImagePart ChartAccount(YamlMapping values)
    {
        switch (values["serviceAccount"])
        {
            case YamlScalar name when name.Type == YamlScalarType.String:
                return ImagePart.Of(name);
            case YamlMapping { Entries.IsEmpty: false } account:
                var create = account["create"]?.AsScalar();
                var name2 = account["name"]?.AsScalar();
                var made = create?.AsBoolean() ?? (name2 is null);
                var token = name2 ?? create ?? (account.Entries[0].Key as YamlScalar);
                return made && token is not null ? new ImagePart(PartState.Unknown, token.Value, token) : ImagePart.Of(name2);
            default:
                return ImagePart.Of(values["serviceAccountName"]?.AsScalar());
        }
    }

    private static void FindSecrets(YamlMapping map, ImmutableArray<ImagePart>.Builder found, bool skipPods)
    {
        foreach (var entry in map.EffectiveEntries())
        {
            var value = entry.Value.Resolved;
            if (entry.Name is not { } key || (skipPods && key is "controllers" or "defaultPodOptions"))
            {
                continue;
            }

            if (IsSecretKey(key))
            {
                AddSecrets(value, found);
            }
            else if (value is YamlMapping child)
            {
                FindSecrets(child, found, skipPods: false);
            }
            else if (value is YamlSequence list)
            {
                foreach (var item in list.Items)
                {
                    if (item.AsMapping() is { } inner)
                    {
                        FindSecrets(inner, found, skipPods: false);
                    }
                }
            }
        }
    }

    private static void AddSecrets(YamlNode value, ImmutableArray<ImagePart>.Builder found)
    {
        switch (value)
        {
            case YamlSequence:
                found.AddRange(PodImages.SecretNames(value));
                break;
            case YamlScalar { Type: YamlScalarType.String } scalar when scalar.Value.Length > 0:
                found.Add(ImagePart.Of(scalar));
                break;
            case YamlMapping map when (map["name"] ?? map["existingSecret"])?.AsScalar() is { IsNull: false } name && name.Value.Length > 0:
                found.Add(ImagePart.Of(name));
                break;
            case YamlMapping map when map["create"]?.AsScalar() is { } create && create.AsBoolean() == true:
                found.Add(new ImagePart(PartState.Unknown, create.Value, create));
                break;
            case YamlMapping map when FirstScalar(map) is { } made:
                // `imageCredentials: {registry, username, password}`: the chart makes a secret of them. Never show them.
                found.Add(new ImagePart(PartState.Unknown, "", made));
                break;
        }
    }

    private static YamlScalar? FirstScalar(YamlMapping map) =>
        map.Entries.IsEmpty ? null : map.Entries[0].Key as YamlScalar;

    // imagePullSecrets, imagePullSecret, pullSecrets, pullSecret, dockerPullSecret, chartPullSecret, imageCredentials …
    private static bool IsSecretKey(string key) =>
        key.EndsWith("pullSecrets", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("pullSecret", StringComparison.OrdinalIgnoreCase)
        || key.EndsWith("pullSecretName", StringComparison.OrdinalIgnoreCase)
        || key.Equals("imageCredentials", StringComparison.OrdinalIgnoreCase)
        || key.Equals("registryCredentials", StringComparison.OrdinalIgnoreCase);
}
