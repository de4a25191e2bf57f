using System.Globalization;

namespace Weir.Mail.Urls;

/// <summary>The states of the basic URL parser (URL Standard §4.4), taken part by part instead of character by character.</summary>
internal sealed partial class WhatwgParser
{
    private readonly WhatwgUrl? _base;
    private readonly string _text;
    private WhatwgUrl _url = new();
    private int _at;

    public WhatwgParser(string text, WhatwgUrl? relativeTo)
    {
        _base = relativeTo;
        var start = 0;
        var end = text.Length;
        while (start < end && text[start] <= ' ')
        {
            start++;
        }

        while (end > start && text[end - 1] <= ' ')
        {
            end--;
        }

        var trimmed = text[start..end];
        _text = trimmed.AsSpan().IndexOfAny('\t', '\n', '\r') < 0
            ? trimmed
            : trimmed.Replace("\t", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool AtEnd => _at >= _text.Length;

    private bool IsSlash => !AtEnd && (_text[_at] == '/' || (_url.IsSpecial && _text[_at] == '\\'));

    public WhatwgUrl? Run()
    {
        var end = SchemeEnd();
        if (end < 0)
        {
            return NoScheme() ? _url : null;
        }

        _url.Scheme = _text[..end].ToLowerInvariant();
        _at = end + 1;
        return AfterScheme() ? _url : null;
    }

    private int SchemeEnd()
    {
        if (_text.Length == 0 || !char.IsAsciiLetter(_text[0]))
        {
            return -1;
        }

        var at = 1;
        while (at < _text.Length && (char.IsAsciiLetterOrDigit(_text[at]) || _text[at] is '+' or '-' or '.'))
        {
            at++;
        }

        return at < _text.Length && _text[at] == ':' ? at : -1;
    }

    private bool AfterScheme()
    {
        if (_url.Scheme == "file")
        {
            return FileState();
        }

        if (_url.IsSpecial)
        {
            if (_base is not null && _base.Scheme == _url.Scheme && !(Current == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/'))
            {
                return RelativeState();
            }

            SkipSlashes();
            return Authority();
        }

        if (Current == '/' && !AtEnd)
        {
            _at++;
            if (Current == '/' && !AtEnd)
            {
                _at++;
                return Authority();
            }

            PathState();
            return true;
        }

        OpaqueState();
        return true;
    }

    private bool NoScheme()
    {
        if (_base is null)
        {
            return false;
        }

        if (_base.OpaquePath is not null)
        {
            if (Current != '#' || AtEnd)
            {
                return false;
            }

            _url = _base.Copy();
            _at++;
            FragmentState();
            return true;
        }

        _url.Scheme = _base.Scheme;
        return _base.Scheme == "file" ? FileState() : RelativeState();
    }

    private bool RelativeState()
    {
        var scheme = _url.Scheme = _base!.Scheme;
        if (IsSlash)
        {
            _at++;
            if (IsSlash)
            {
                _at++;
                if (WhatwgUrl.IsSpecialScheme(scheme))
                {
                    SkipSlashes();
                }

                return Authority();
            }

            (_url.UserName, _url.Password, _url.Host, _url.Port) = (_base.UserName, _base.Password, _base.Host, _base.Port);
            PathState();
            return true;
        }

        _url = _base.Copy();
        _url.Query = _base.Query;
        _url.Fragment = null;
        Tail();
        return true;
    }

    /// <summary>Query, fragment or relative path after what was taken from the base.</summary>
    private void Tail()
    {
        if (AtEnd)
        {
            return;
        }

        switch (Current)
        {
            case '?':
                _at++;
                QueryState();
                break;
            case '#':
                _at++;
                FragmentState();
                break;
            default:
                _url.Query = null;
                Shorten();
                PathState();
                break;
        }
    }

    private bool FileState()
    {
        _url.Scheme = "file";
        _url.Host = "";
        if (IsSlash)
        {
            _at++;
            if (IsSlash)
            {
                _at++;
                return FileHost();
            }

            if (_base is { Scheme: "file" })
            {
                _url.Host = _base.Host;
                if (!StartsWithDrive(_at) && _base.Path.Count > 0 && IsNormalizedDrive(_base.Path[0]))
                {
                    _url.Path.Add(_base.Path[0]);
                }
            }

            PathState();
            return true;
        }

        if (_base is not { Scheme: "file" })
        {
            PathState();
            return true;
        }

        (_url.Host, _url.Path, _url.Query) = (_base.Host, [.. _base.Path], _base.Query);
        if (AtEnd || Current is '?' or '#')
        {
            Tail();
            return true;
        }

        _url.Query = null;
        if (StartsWithDrive(_at))
        {
            _url.Path.Clear();
        }
        else
        {
            Shorten();
        }

        PathState();
        return true;
    }

    private bool FileHost()
    {
        var end = _text.AsSpan(_at).IndexOfAny("/\\?#") is >= 0 and var found ? _at + found : _text.Length;
        var buffer = _text[_at..end];
        if (buffer.Length == 2 && IsDrive(buffer))
        {
            PathState();
            return true;
        }

        _at = end;
        if (buffer.Length > 0)
        {
            if (UrlHost.Parse(buffer, isOpaque: false) is not { } host)
            {
                return false;
            }

            _url.Host = host == "localhost" ? "" : host;
        }

        PathStart();
        return true;
    }

    private void SkipSlashes()
    {
        while (!AtEnd && Current is '/' or '\\')
        {
            _at++;
        }
    }

    private bool Authority()
    {
        var end = _at;
        while (end < _text.Length && _text[end] is not ('/' or '?' or '#') && !(_url.IsSpecial && _text[end] == '\\'))
        {
            end++;
        }

        var authority = _text[_at..end];
        var sign = authority.LastIndexOf('@');
        if (sign >= 0)
        {
            var colon = authority.IndexOf(':', StringComparison.Ordinal) is >= 0 and var first && first < sign ? first : sign;
            _url.UserName = PercentEncoding.Encode(authority[..colon], PercentEncoding.UserInfo);
            _url.Password = colon < sign ? PercentEncoding.Encode(authority[(colon + 1)..sign], PercentEncoding.UserInfo) : "";
            if (sign == authority.Length - 1)
            {
                return false;
            }
        }

        _at = end;
        if (!HostAndPort(authority[(sign + 1)..], sign >= 0))
        {
            return false;
        }

        PathStart();
        return true;
    }

    private bool HostAndPort(string text, bool hasCredentials)
    {
        var bracket = text.LastIndexOf(']');
        var colon = -1;
        var inside = false;
        for (var i = 0; i < text.Length && colon < 0; i++)
        {
            inside = text[i] == '[' || (inside && text[i] != ']');
            colon = text[i] == ':' && !inside ? i : -1;
        }

        var host = colon < 0 ? text : text[..colon];
        if (host.Length == 0 && (_url.IsSpecial || colon >= 0 || hasCredentials))
        {
            return false;
        }

        if (bracket >= 0 && colon >= 0 && colon < bracket)
        {
            return false;
        }

        if (UrlHost.Parse(host, !_url.IsSpecial) is not { } parsed)
        {
            if (host.Length > 0)
            {
                return false;
            }

            parsed = "";
        }

        _url.Host = parsed;
        return colon < 0 || Port(text.AsSpan(colon + 1));
    }

    private bool Port(ReadOnlySpan<char> digits)
    {
        if (digits.IsEmpty)
        {
            return true;
        }

        if (digits.IndexOfAnyExceptInRange('0', '9') >= 0 || !ulong.TryParse(digits.TrimStart('0') is { IsEmpty: false } trimmed ? trimmed : "0", NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > 65_535)
        {
            return false;
        }

        _url.Port = (int)port == WhatwgUrl.DefaultPort(_url.Scheme) ? -1 : (int)port;
        return true;
    }
}
