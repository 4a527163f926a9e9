using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeLint.Cli;

/// <summary>Tells a schema from an error page, and from half a file.</summary>
internal static class SchemaJson
{
    private const int MostLevels = 250;

    /// <summary>The text of a JSON object without the freedoms that YAML does not share; null where the bytes are none.</summary>
    public static string? Read(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            using var document = JsonDocument.Parse(bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes, new JsonDocumentOptions { MaxDepth = MostLevels });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            using var text = new MemoryStream(bytes.Length);
            using (var writer = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MostLevels }))
            {
                document.RootElement.WriteTo(writer);
            }

            return Encoding.UTF8.GetString(text.GetBuffer().AsSpan(0, (int)text.Length));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The second: a string that is no Unicode.
            return null;
        }
    }
}
