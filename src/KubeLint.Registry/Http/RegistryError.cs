using System.Text.Json;

namespace KubeLint.Registry.Http;

/// <summary>The first error of an error answer. Source: OCI distribution specification, "Error Codes".</summary>
internal sealed record RegistryError(string Code, string Message)
{
    /// <summary>Reads <c>{"errors":[{"code":…,"message":…,"detail":…}]}</c>, or null where the body is something else.</summary>
    public static RegistryError? Read(byte[] body)
    {
        if (body.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object
                || !document.RootElement.TryGetProperty("errors", out var errors)
                || errors.ValueKind != JsonValueKind.Array || errors.GetArrayLength() == 0 || errors[0].ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var code = Text(errors[0], "code") ?? "UNKNOWN";
            return new RegistryError(code, $"{code}: {Text(errors[0], "message") ?? "no message"}".ReplaceLineEndings(" "));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
