using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace KubeLint.Yaml;

/// <summary>
/// A scanner that stays at a token until it is consumed. YamlDotNet's own moves on at each call, so that its parser, which
/// looks twice behind an anchored scalar in a flow mapping, loses a token: <c>{a: &amp;x b, c: d}</c> would be refused.
/// </summary>
internal sealed class SteadyScanner(Scanner scanner) : IScanner
{
    public Mark CurrentPosition => scanner.CurrentPosition;

    public Token? Current => scanner.Current;

    public bool MoveNext() => scanner.MoveNext();

    // At the stream's end the parser asks whether there is nothing more.
    public bool MoveNextWithoutConsuming() => scanner.Current is not (null or StreamEnd) || scanner.MoveNextWithoutConsuming();

    public void ConsumeCurrent() => scanner.ConsumeCurrent();
}
