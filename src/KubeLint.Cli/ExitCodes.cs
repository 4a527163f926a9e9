namespace KubeLint.Cli;

/// <summary>What the process tells its caller.</summary>
public static class ExitCodes
{
    /// <summary>Nothing at or over the level that fails a run.</summary>
    public const int Success = 0;

    /// <summary>Findings at or over the level.</summary>
    public const int Findings = 1;

    /// <summary>Wrong use: an unknown option, a path that leads nowhere, a wrong configuration.</summary>
    public const int WrongUse = 2;

    /// <summary>KubeLint itself failed.</summary>
    public const int InternalFailure = 3;

    /// <summary>The cluster could not be looked at.</summary>
    public const int CouldNotLook = 3;

    /// <summary>Interrupted (128 + SIGINT), as shells count.</summary>
    public const int Interrupted = 130;
}
