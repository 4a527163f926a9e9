namespace KubeLint.Reporting;

/// <summary>Writes a run's result in one format.</summary>
public interface IReporter
{
    /// <summary>Writes the whole report. Equal reports give equal text: nothing depends on the clock or the machine.</summary>
    /// <exception cref="IOException">The output cannot be written.</exception>
    void Write(RunReport report, TextWriter output);
}
