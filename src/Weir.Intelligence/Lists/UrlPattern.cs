namespace Weir.Intelligence.Lists;

/// <summary>
/// What an entry of a link covers: host and path, everything below the path and every query. <c>*.</c> before the host is any name below it;
/// <c>*</c> in the path is any letters.
/// </summary>
internal sealed record UrlPattern(string Host, bool IsBelow, string Rest)
{
    /// <summary>More would only cost time.</summary>
    public const int MostStars = 8;

    public bool HasStars => Rest.Contains('*', StringComparison.Ordinal);

    public static UrlPattern Of(string value)
    {
        var text = UrlText.Of(value);
        var isBelow = text.Host.StartsWith(DomainPattern.Below, StringComparison.Ordinal);
        return new UrlPattern(isBelow ? text.Host[2..] : text.Host, isBelow, text.Rest.TrimEnd('/', '*'));
    }

    public bool Covers(UrlText url)
    {
        var isHost = IsBelow ? DomainPattern.Covers(DomainPattern.Below + Host, url.Host) : url.Host == Host;
        return isHost && (HasStars ? Fits(url.Rest) : url.Rest.StartsWith(Rest, StringComparison.Ordinal) && UrlText.IsEnd(url.Rest, Rest.Length));
    }

    /// <summary>Goes back only to the last star, so the time is at most the product of both lengths.</summary>
    private bool Fits(string text)
    {
        int i = 0, p = 0, star = -1, from = 0;
        while (true)
        {
            if (p == Rest.Length && UrlText.IsEnd(text, i))
            {
                return true;
            }

            if (p < Rest.Length && Rest[p] == '*')
            {
                (star, from) = (p++, i);
            }
            else if (p < Rest.Length && i < text.Length && Rest[p] == text[i])
            {
                p++;
                i++;
            }
            else if (star >= 0 && from < text.Length)
            {
                (p, i) = (star + 1, ++from);
            }
            else
            {
                return false;
            }
        }
    }
}
