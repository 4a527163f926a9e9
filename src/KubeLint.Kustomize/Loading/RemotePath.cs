namespace KubeLint.Kustomize.Loading;

/// <summary>Tells remote addresses from paths (https://github.com/kubernetes-sigs/kustomize, api/internal/git/repospec.go).</summary>
internal static class RemotePath
{
    /// <summary>Whether kustomize would fetch the path: a URL, an SCP-like <c>git@host:path</c>, or GitHub's short form.</summary>
    public static bool IsRemote(string path)
    {
        var rest = path.StartsWith("git::", StringComparison.OrdinalIgnoreCase) ? path[5..] : path;
        foreach (var start in (ReadOnlySpan<string>)["https://", "http://", "ssh://", "file://", "github.com/", "github.com:"])
        {
            if (rest.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        var user = rest.IndexOf('@', StringComparison.Ordinal);
        return user > 0 && char.IsAsciiLetter(rest[0]) && rest.AsSpan(0, user).IndexOfAnyExcept(UserCharacters) < 0
            && rest.AsSpan(user).IndexOfAny(':', '/') > 0;
    }

    private static readonly System.Buffers.SearchValues<char> UserCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");
}
