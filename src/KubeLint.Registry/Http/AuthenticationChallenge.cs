using System.Collections.Immutable;
using System.Text;

namespace KubeLint.Registry.Http;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header. Source: RFC 9110, section 11.6.1.</summary>
/// <param name="Scheme">The scheme (<c>Bearer</c>, <c>Basic</c>).</param>
/// <param name="Parameters">Its parameters, by lower-case name.</param>
internal sealed record AuthenticationChallenge(string Scheme, ImmutableDictionary<string, string> Parameters)
{
    /// <summary>Reads one header value that may hold several challenges; what cannot be read is left out.</summary>
    public static IReadOnlyList<AuthenticationChallenge> Parse(string header)
    {
        var challenges = new List<AuthenticationChallenge>();
        string? scheme = null;
        var parameters = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        while (at < header.Length)
        {
            while (at < header.Length && (header[at] is ' ' or ',' or '\t'))
            {
                at++;
            }

            var start = at;
            while (at < header.Length && header[at] is not (' ' or ',' or '=' or '\t'))
            {
                at++;
            }

            if (at == start)
            {
                at++;
                continue;
            }

            var word = header[start..at];
            if (at < header.Length && header[at] == '=')
            {
                at++;
                parameters[word] = ReadValue(header, ref at);
            }
            else
            {
                Finish();
                scheme = word;
            }
        }

        Finish();
        return challenges;

        void Finish()
        {
            if (scheme is not null)
            {
                challenges.Add(new AuthenticationChallenge(scheme, parameters.ToImmutable()));
                parameters.Clear();
            }
        }
    }

    private static string ReadValue(string header, ref int at)
    {
        if (at >= header.Length || header[at] != '"')
        {
            var start = at;
            while (at < header.Length && header[at] is not (' ' or ','))
            {
                at++;
            }

            return header[start..at];
        }

        var text = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            if (header[at] == '\\' && at + 1 < header.Length)
            {
                at++;
            }

            text.Append(header[at]);
        }

        at++;
        return text.ToString();
    }
}
