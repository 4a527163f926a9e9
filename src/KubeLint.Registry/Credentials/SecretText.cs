namespace KubeLint.Registry.Credentials;

/// <summary>
/// A value that must not be seen: it prints as asterisks, so that no log, message or report shows it by accident.
/// </summary>
public sealed class SecretText(string value)
{
    /// <summary>Whether there is nothing in it.</summary>
    public bool IsEmpty => value.Length == 0;

    /// <summary>The value itself, for the request that needs it and for scrubbing it from texts.</summary>
    public string Reveal() => value;

    /// <summary>Asterisks, whatever the value.</summary>
    public override string ToString() => "***";
}
