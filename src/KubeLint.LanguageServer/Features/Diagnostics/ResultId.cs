using System.Security.Cryptography;
using System.Text.Json;

using KubeLint.LanguageServer.Protocol;

namespace KubeLint.LanguageServer.Features.Diagnostics;

/// <summary>The name of some findings: the same findings have the same name, so that they need not be sent again.</summary>
internal static class ResultId
{
    /// <summary>That of no findings.</summary>
    public const string None = "0";

    /// <summary>The name.</summary>
    public static string Of(Diagnostic[] diagnostics) =>
        diagnostics.Length == 0 ? None : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(diagnostics, ProtocolJson.Default.DiagnosticArray)).AsSpan(0, 12));
}
