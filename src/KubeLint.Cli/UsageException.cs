namespace KubeLint.Cli;

/// <summary>Ends a command because it was used wrongly: the message is for the user, without a stack trace, and the exit code 2.</summary>
/// <param name="message">What was wrong and what was expected.</param>
public sealed class UsageException(string message) : Exception(message);
