using System.Text.Json;

namespace KubeLint.Flux.Live;

/// <summary>Reads API objects by path. Whatever is absent or of another type reads as nothing: objects come from servers of any version.</summary>
public static class JsonPaths
{
    /// <summary>The element below a path of property names; undefined where there is none.</summary>
    public static JsonElement At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>The string below a path, or null.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    /// <summary>Whether the value below a path is <c>true</c>.</summary>
    public static bool Flag(this JsonElement element, params ReadOnlySpan<string> path) => element.At(path).ValueKind == JsonValueKind.True;

    /// <summary>The whole number below a path, or null.</summary>
    public static long? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out var number) ? number : null;

    /// <summary>The items of the list below a path; none where there is no list.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    /// <summary>The names and string values of the object below a path; none where there is none.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Table(this JsonElement element, params ReadOnlySpan<string> path)
    {
        var found = element.At(path);
        if (found.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        var table = new List<KeyValuePair<string, string>>();
        foreach (var property in found.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String)
            {
                table.Add(new(property.Name, property.Value.GetString()!));
            }
        }

        return table;
    }
}
