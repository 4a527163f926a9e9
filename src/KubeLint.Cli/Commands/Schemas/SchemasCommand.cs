using KubeLint.Cluster.Api;
using KubeLint.Cluster.Live;

namespace KubeLint.Cli;

/// <summary>Runs <c>kubelint schemas pull</c>.</summary>
internal static class SchemasCommand
{
    private const string DefaultFolder = ".kubelint/schemas";
    private static readonly TimeSpan RequestLimit = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync(SchemasArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var words = arguments.Words.ToList();
        if (words is not (["pull"] or ["pull", _]))
        {
            throw new UsageException("schemas takes the word pull, then a folder\nTry 'kubelint schemas --help'");
        }

        var folder = words.Count > 1 ? words[1] : DefaultFolder;
        using var cluster = ClusterClient.Connect(
            arguments.Kubeconfig is null ? null : Path.Combine(host.CurrentDirectory, arguments.Kubeconfig),
            arguments.Context,
            RequestLimit);
        var definitions = await cluster.ListAsync(ResourceType.CustomResourceDefinition, null, null, metadataOnly: false, cancellationToken);
        if (definitions.State != ReadState.Ok)
        {
            throw new ClusterException($"The CustomResourceDefinitions of {cluster.Name} cannot be read: {definitions.Message}");
        }

        var schemas = SchemaExport.From(definitions.Items);
        foreach (var schema in schemas)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = Path.Combine(host.CurrentDirectory, folder, schema.Path);
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                AtomicFile.Write(path, writer => writer.Write(schema.Json));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"{path} cannot be written: {error.Message}");
            }
        }

        host.Output.WriteLine($"{schemas.Count} schemas of {definitions.Items.Count} kinds of {cluster.Name} in {folder}");
        if (schemas.Count > 0)
        {
            host.Error.WriteLine($"kubelint: schema checks use them with 'schemaLocations: [{folder}]' in .kubelint.yaml");
        }

        return ExitCodes.Success;
    }
}
