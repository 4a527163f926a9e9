using System.Text;

using KubeLint.Yaml;

namespace KubeLint.LanguageServer.Repositories;

/// <summary>A document that the editor has open, with its unsaved text.</summary>
/// <param name="Uri">The address under which the editor knows it.</param>
/// <param name="Path">Its absolute path.</param>
/// <param name="Version">The editor's version.</param>
/// <param name="Text">Its text.</param>
internal sealed record OpenDocument(string Uri, string Path, int Version, SourceText Text)
{
    /// <summary>The text as it would be saved.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Text.Content);
}
