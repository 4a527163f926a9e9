using System.Collections.Immutable;

using KubeLint.Analysis;
using KubeLint.Flux;

namespace KubeLint.Rules.Schema;

/// <summary>A schema that <c>schemaLocations</c> says where to fetch.</summary>
/// <param name="Name">Whose schema it is: <c>Certificate (cert-manager.io/v1)</c>.</param>
/// <param name="Addresses">Where it may be; the first that has it counts.</param>
public sealed record SchemaRequest(string Name, ImmutableArray<Uri> Addresses)
{
    /// <summary>The schemas that rules would use and that have to be fetched, which they do not do themselves.</summary>
    /// <param name="model">The repository.</param>
    /// <param name="configuration">What is configured.</param>
    public static ImmutableArray<SchemaRequest> Of(RepositoryModel model, LintConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(configuration);
        return SchemaRun.Requests(model, configuration.Settings, configuration.Directory ?? model.Workspace.BaseDirectory);
    }
}
