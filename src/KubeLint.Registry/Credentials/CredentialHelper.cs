using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace KubeLint.Registry.Credentials;

/// <summary>
/// Asks a program <c>docker-credential-NAME</c> for a registry's credential. Source: docs.docker.com, "docker login", "Credential helper
/// protocol".
/// </summary>
public static class CredentialHelper
{
    /// <summary>The credential that the helper knows for a server, or null: it has none, is not installed, fails, or takes too long.</summary>
    /// <param name="name">The helper's name as in <c>credHelpers</c>.</param>
    /// <param name="server">The server's key (<c>ghcr.io</c>, <c>https://index.docker.io/v1/</c>).</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<RegistryCredential?> GetAsync(string name, string server, TimeSpan limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
        {
            return null;
        }

        using var process = new Process();
        process.StartInfo = new ProcessStartInfo($"docker-credential-{name}", ["get"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        time.CancelAfter(limit);
        try
        {
            process.Start();
            var output = process.StandardOutput.ReadToEndAsync(time.Token);
            var errors = process.StandardError.ReadToEndAsync(time.Token);
            await process.StandardInput.WriteLineAsync(server.AsMemory(), time.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            var text = await output.ConfigureAwait(false);
            await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(time.Token).ConfigureAwait(false);
            return process.ExitCode == 0 ? Read(text, name) : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        catch (IOException)
        {
            // The helper went away before it read its input.
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Kill(process);
            return null;
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }
    }

    private static RegistryCredential? Read(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("Username", out var username) || username.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("Secret", out var secret) || secret.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            var value = new SecretText(secret.GetString()!);
            var origin = $"docker-credential-{name}";
            return username.GetString() == "<token>"
                ? new RegistryCredential("", new SecretText(""), value, origin)
                : new RegistryCredential(username.GetString()!, value, null, origin);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
    }
}
