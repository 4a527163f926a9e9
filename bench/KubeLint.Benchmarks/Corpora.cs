namespace KubeLint.Benchmarks;

/// <summary>Where the real repositories are: <c>KUBELINT_SHARED</c>, or <c>../shared</c> beside the working directory.</summary>
internal static class Corpora
{
    /// <summary>The folder of one repository, or of all with an empty name.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is not there.</exception>
    public static string Folder(string name)
    {
        var shared = Environment.GetEnvironmentVariable("KUBELINT_SHARED") ?? Path.GetFullPath("../shared");
        var folder = Path.Combine(shared, "corpora", name);
        return Directory.Exists(folder) ? folder : throw new DirectoryNotFoundException($"{folder} is not there: set KUBELINT_SHARED");
    }
}
