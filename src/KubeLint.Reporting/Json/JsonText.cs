using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeLint.Reporting;

/// <summary>Serializes to JSON that people can read and a terminal can show.</summary>
internal static class JsonText
{
    /// <summary>Writes the value, indented, with a line break at the end.</summary>
    public static void Write<T>(T value, JsonTypeInfo<T> type, TextWriter output)
    {
        var json = JsonSerializer.Serialize(value, type);
        var start = 0;
        for (var i = 0; i < json.Length; i++)
        {
            // The relaxed encoder leaves characters that a terminal obeys. Beyond ASCII they stand inside strings only.
            if (json[i] > '~' && (char.IsControl(json[i]) || IsInvisible(json[i])))
            {
                output.Write(json.AsSpan(start, i - start));
                output.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)json[i]:X4}"));
                start = i + 1;
            }
        }

        output.Write(json.AsSpan(start));
        output.Write('\n');
    }

    /// <summary>Options for a serializer context: camel case, nulls left out, text readable.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static bool IsInvisible(char character) =>
        char.GetUnicodeCategory(character) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
