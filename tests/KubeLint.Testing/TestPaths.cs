using System.Reflection;

using Xunit;

namespace KubeLint.Testing;

/// <summary>Where the tests find their inputs.</summary>
public static class TestPaths
{
    /// <summary>The repository's root, told by the build.</summary>
    public static string Root { get; } = typeof(TestPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>A path below <c>tests/fixtures</c>.</summary>
    public static string Fixture(params string[] parts) => Path.Combine([Root, "tests", "fixtures", .. parts]);

    /// <summary>The folder of real repositories and conformance cases: <c>KUBELINT_SHARED</c>, or <c>../shared</c>; null where neither is there.</summary>
    public static string? SharedOrNull { get; } = new[] { Environment.GetEnvironmentVariable("KUBELINT_SHARED"), Path.Combine(Root, "..", "shared") }
        .Where(path => !string.IsNullOrEmpty(path) && Directory.Exists(path)).Select(path => Path.GetFullPath(path!)).FirstOrDefault();

    /// <summary>A path below the shared folder; skips the test, by name and with the reason, where the folder is absent.</summary>
    public static string Shared(params string[] parts)
    {
        Skip.If(SharedOrNull is null, "needs the shared folder: set KUBELINT_SHARED or put it at ../shared");
        return Path.Combine([SharedOrNull!, .. parts]);
    }
}
