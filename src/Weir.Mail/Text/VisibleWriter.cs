using System.Text;

namespace Weir.Mail.Text;

/// <summary>Writes text as a page shows it: white space collapsed, blocks on their own lines, nothing of zero width.</summary>
internal sealed class VisibleWriter
{
    private readonly StringBuilder _text = new();
    private bool _space;
    private int _breaks;

    public int Length => _text.Length;

    public void Write(string text, bool isPreformatted)
    {
        foreach (var c in text)
        {
            if (IsZeroWidth(c))
            {
                continue;
            }

            if (c is '\n' && isPreformatted)
            {
                Break();
            }
            else if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '\u00A0' or '\u3000' or (>= '\u2000' and <= '\u200A') or '\u202F' or '\u205F')
            {
                _space = true;
            }
            else
            {
                Flush();
                _text.Append(c);
            }
        }
    }

    public void Space() => _space = true;

    /// <summary>A new line; at most one empty line in a row is kept.</summary>
    public void Break()
    {
        _breaks = Math.Min(_breaks + 1, 2);
        _space = false;
    }

    /// <summary>A new line if the current one has text.</summary>
    public void Block()
    {
        _breaks = Math.Max(_breaks, 1);
        _space = false;
    }

    public string Since(int position) => position >= _text.Length ? "" : _text.ToString(position, Math.Min(_text.Length - position, 2_000)).Trim();

    public override string ToString() => _text.ToString();

    /// <summary>Characters that take no room: zero-width spaces and joiners, marks and overrides of direction, soft hyphens, fillers.</summary>
    public static bool IsZeroWidth(char c) => c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u180E' or (>= '\u200B' and <= '\u200F')
        or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\u3164' or '\uFEFF' or '\uFFA0' or '\0';

    private void Flush()
    {
        if (_text.Length > 0)
        {
            if (_breaks > 0)
            {
                _text.Append('\n', _breaks);
            }
            else if (_space)
            {
                _text.Append(' ');
            }
        }

        _breaks = 0;
        _space = false;
    }
}
