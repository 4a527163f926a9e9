using System.Security.Cryptography;
using System.Text.Json;

using KubeLint.LanguageServer.Protocol;

namespace KubeLint.LanguageServer.Features.Diagnostics;

/// <summary>The findings of one file as the client shows them, with a name: the same findings have the same name, so that they need not be sent again.</summary>
/// <param name="items">The findings.</param>
internal sealed class FileFindings(Diagnostic[] items)
{
    /// <summary>The name of no findings.</summary>
    public const string NoneId = "0";

    /// <summary>No findings.</summary>
    public static FileFindings None { get; } = new([]);

    /// <summary>The findings.</summary>
    public Diagnostic[] Items { get; } = items;

    /// <summary>Their name.</summary>
    public string Id { get; } = items.Length == 0 ? NoneId
        : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(items, ProtocolJson.Default.DiagnosticArray)).AsSpan(0, 12));
}
