namespace KubeLint.Registry.Credentials;

/// <summary>Finds the credentials for an image.</summary>
public interface ICredentialSource
{
    /// <summary>The credential for an image's name, or null where there is none: it is asked for anonymously then.</summary>
    ValueTask<RegistryCredential?> FindAsync(RegistryImage image, CancellationToken cancellationToken);
}
