namespace Weir.Mail.Urls;

/// <summary>Path, query and fragment.</summary>
internal sealed partial class WhatwgParser
{
    private void PathStart()
    {
        if (_url.IsSpecial)
        {
            if (IsSlash)
            {
                _at++;
            }

            PathState();
        }
        else if (AtEnd)
        {
            return;
        }
        else if (Current is '?' or '#')
        {
            AfterPath();
        }
        else
        {
            if (Current == '/')
            {
                _at++;
            }

            PathState();
        }
    }

    private void PathState()
    {
        while (true)
        {
            var end = _at;
            while (end < _text.Length && _text[end] is not ('/' or '?' or '#') && !(_url.IsSpecial && _text[end] == '\\'))
            {
                end++;
            }

            var slash = end < _text.Length && _text[end] is not ('?' or '#');
            AddSegment(PercentEncoding.Encode(_text[_at..end], PercentEncoding.Path), slash);
            _at = slash ? end + 1 : end;
            if (!slash)
            {
                break;
            }
        }

        AfterPath();
    }

    private void AddSegment(string segment, bool slash)
    {
        if (IsDots(segment, 2))
        {
            Shorten();
            if (!slash)
            {
                _url.Path.Add("");
            }
        }
        else if (IsDots(segment, 1))
        {
            if (!slash)
            {
                _url.Path.Add("");
            }
        }
        else
        {
            if (_url.Scheme == "file" && _url.Path.Count == 0 && segment.Length == 2 && IsDrive(segment))
            {
                segment = $"{segment[0]}:";
            }

            _url.Path.Add(segment);
        }
    }

    private void OpaqueState()
    {
        var end = _text.AsSpan(_at).IndexOfAny('?', '#') is >= 0 and var found ? _at + found : _text.Length;
        var path = _text[_at..end];
        _at = end;

        // A trailing space would be lost when the URL is written and read again; the standard encodes it before a query or fragment.
        var encoded = PercentEncoding.Encode(path, PercentEncoding.Control);
        _url.OpaquePath = !AtEnd && encoded.EndsWith(' ') ? encoded[..^1] + "%20" : encoded;
        AfterPath();
    }

    private void AfterPath()
    {
        if (AtEnd)
        {
            return;
        }

        if (_text[_at++] == '?')
        {
            QueryState();
        }
        else
        {
            FragmentState();
        }
    }

    private void QueryState()
    {
        var end = _text.IndexOf('#', _at);
        end = end < 0 ? _text.Length : end;
        _url.Query = PercentEncoding.Encode(_text[_at..end], _url.IsSpecial ? PercentEncoding.SpecialQuery : PercentEncoding.Query);
        _at = end;
        if (!AtEnd)
        {
            _at++;
            FragmentState();
        }
    }

    private void FragmentState() => _url.Fragment = PercentEncoding.Encode(_text[_at..], PercentEncoding.Fragment);

    private void Shorten()
    {
        var path = _url.Path;
        if (path.Count > 0 && !(_url.Scheme == "file" && path.Count == 1 && IsNormalizedDrive(path[0])))
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    private static bool IsDots(string segment, int count)
    {
        if (segment.Length > 6 || segment.Length < count)
        {
            return false;
        }

        var plain = segment.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
        return plain.Length == count && plain.AsSpan().IndexOfAnyExcept('.') < 0;
    }

    private bool StartsWithDrive(int at) =>
        at + 1 < _text.Length && IsDrive(_text.Substring(at, 2)) && (at + 2 == _text.Length || _text[at + 2] is '/' or '\\' or '?' or '#');

    private static bool IsDrive(string text) => char.IsAsciiLetter(text[0]) && text[1] is ':' or '|' && char.IsAsciiLetter(text[0]);

    private static bool IsNormalizedDrive(string text) => text.Length == 2 && char.IsAsciiLetter(text[0]) && text[1] == ':';
}
