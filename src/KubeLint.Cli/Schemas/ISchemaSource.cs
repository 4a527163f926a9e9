namespace KubeLint.Cli;

/// <summary>Where schemas come from by their address.</summary>
internal interface ISchemaSource
{
    /// <summary>Asks for the schema at an address. Network trouble is an answer, no exception.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<SchemaAnswer> GetAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>What came of asking for a schema.</summary>
internal abstract record SchemaAnswer
{
    private SchemaAnswer()
    {
    }

    /// <summary>There is one.</summary>
    /// <param name="Json">Its text, a JSON object.</param>
    internal sealed record Found(string Json) : SchemaAnswer;

    /// <summary>There is none at this address.</summary>
    internal sealed record Absent : SchemaAnswer;

    /// <summary>Nobody knows.</summary>
    /// <param name="Reason">Why, in words.</param>
    internal sealed record Failed(string Reason) : SchemaAnswer;
}

/// <summary>The source of a run that must open no connection.</summary>
internal sealed class OfflineSchemaSource : ISchemaSource
{
    /// <inheritdoc/>
    public Task<SchemaAnswer> GetAsync(Uri address, CancellationToken cancellationToken) => Task.FromResult<SchemaAnswer>(new SchemaAnswer.Failed("--offline was given"));
}
