namespace KubeLint.Registry.Http;

/// <summary>What came of a request: a response, or the reason why there is none.</summary>
/// <param name="Response">The response, owned by the caller; null when <paramref name="Failure"/> is set.</param>
/// <param name="Failure">Why there is no response.</param>
/// <param name="SentCredentials">Whether the registry or its token server was shown a credential.</param>
internal readonly record struct HttpReply(HttpResponseMessage? Response, RegistryAnswer? Failure, bool SentCredentials);
