using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Schema;
using KubeLint.Yaml;

namespace KubeLint.LanguageServer;

/// <summary>The world around a language server.</summary>
public sealed record LanguageServerSetup
{
    /// <summary>What the client writes.</summary>
    public required Stream Input { get; init; }

    /// <summary>What the client reads.</summary>
    public required Stream Output { get; init; }

    /// <summary>Where failures are told besides the client.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where files are.</summary>
    public IFileSource Files { get; init; } = new DiskFileSource();

    /// <summary>KubeLint's rules.</summary>
    public required ImmutableArray<RuleEntry> Rules { get; init; }

    /// <summary>The page of one of them, in Markdown.</summary>
    public required Func<RuleDescriptor, string> ReadPage { get; init; }

    /// <summary>The schema of a kind, with what every object has; null where none is known. A kustomization file is of <c>kustomize.config.k8s.io/v1beta1</c>.</summary>
    public required Func<string, string, ValueSchema?> FindSchema { get; init; }

    /// <summary>The API versions and kinds of which schemas are known.</summary>
    public required IEnumerable<(string ApiVersion, string Kind)> KnownKinds { get; init; }

    /// <summary>KubeLint's version.</summary>
    public required string Version { get; init; }

    /// <summary>Watches a folder and tells the paths of what changes below it, until it is disposed; for clients that do not watch files.</summary>
    public required Func<string, Action<string>, IDisposable> WatchFiles { get; init; }
}
