using System.Text;
using System.Text.Json;
using KubeLint.Cluster.Api;
using KubeLint.Registry.Credentials;

namespace KubeLint.Cluster.Snapshots;

/// <summary>Reads Secrets and gives away what may be known of them; their values go to the scrubber and, as credentials, to registries.</summary>
/// <param name="reader">Reads.</param>
/// <param name="scrubber">Learns the values, so that no output can have them.</param>
public sealed class SecretReader(IClusterReader reader, SecretScrubber scrubber)
{
    /// <summary>Reads one Secret.</summary>
    public async Task<(ReadResult Result, PullSecretView View)> ReadAsync(string inNamespace, string name, CancellationToken cancellationToken)
    {
        var result = await reader.GetAsync(ResourceType.Secret, inNamespace, name, cancellationToken).ConfigureAwait(false);
        if (result.Single is not { } secret)
        {
            return (result, new PullSecretView { Name = name, State = result.State });
        }

        var type = secret.Root.Text("type") ?? "Opaque";
        DockerConfig? config = null;
        foreach (var (key, value) in secret.Root.Table("data"))
        {
            scrubber.Add(value);
            var buffer = new byte[value.Length];
            if (!Convert.TryFromBase64String(value, buffer, out var length))
            {
                continue;
            }

            var text = Encoding.UTF8.GetString(buffer, 0, length);
            scrubber.Add(text);
            scrubber.AddLines(text);
            if ((type, key) is ("kubernetes.io/dockerconfigjson", ".dockerconfigjson") or ("kubernetes.io/dockercfg", ".dockercfg"))
            {
                config = DockerConfig.Parse(text, $"Secret {inNamespace}/{name}", legacy: key == ".dockercfg");
                LearnAllStrings(text);
            }
        }

        return (result, new PullSecretView
        {
            Name = name,
            State = ReadState.Ok,
            Type = type,
            Keys = [.. secret.Root.Table("data").Select(pair => pair.Key)],
            Config = config,
        });
    }

    /// <summary>Also the parts of a docker config are secret: passwords, tokens, and what <c>auth</c> holds in base64.</summary>
    private void LearnAllStrings(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            Learn(document.RootElement, "");
        }
        catch (JsonException)
        {
            // Malformed: the whole text is known already.
        }

        void Learn(JsonElement element, string key)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Learn(property.Value, property.Name);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var item in element.EnumerateArray())
                    {
                        Learn(item, key);
                    }

                    break;
                case JsonValueKind.String when key is not ("username" or "email"):
                    var text = element.GetString()!;
                    scrubber.Add(text);
                    var buffer = new byte[text.Length];
                    if (key == "auth" && Convert.TryFromBase64String(text, buffer, out var length))
                    {
                        var pair = Encoding.UTF8.GetString(buffer, 0, length);
                        scrubber.Add(pair);
                        scrubber.Add(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]);
                    }

                    break;
            }
        }
    }
}
