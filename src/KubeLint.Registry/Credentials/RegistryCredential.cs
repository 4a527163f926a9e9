namespace KubeLint.Registry.Credentials;

/// <summary>What a registry is shown: a user and password, or an identity token (an OAuth2 refresh token).</summary>
/// <param name="Username">The user's name; empty with an identity token.</param>
/// <param name="Password">The password or access token.</param>
/// <param name="IdentityToken">The refresh token, where a credential helper gave one.</param>
/// <param name="Origin">Where it was found, for messages (<c>~/.docker/config.json</c>, <c>Secret database/ghcr</c>).</param>
public sealed record RegistryCredential(string Username, SecretText Password, SecretText? IdentityToken, string Origin);
