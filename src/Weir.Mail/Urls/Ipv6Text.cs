using System.Globalization;
using System.Text;

namespace Weir.Mail.Urls;

/// <summary>IPv6 addresses as the URL Standard §3.5 reads and writes them (RFC 5952 form without dotted tail).</summary>
internal static class Ipv6Text
{
    public static string? Parse(string text)
    {
        var pieces = new int[8];
        var (index, compress, at) = (0, -1, 0);
        if (text.StartsWith(':'))
        {
            if (text.Length < 2 || text[1] != ':')
            {
                return null;
            }

            at = 2;
            compress = ++index;
        }

        while (at < text.Length)
        {
            if (index == 8)
            {
                return null;
            }

            if (text[at] == ':')
            {
                if (compress >= 0)
                {
                    return null;
                }

                at++;
                compress = ++index;
                continue;
            }

            var (value, length) = (0, 0);
            while (length < 4 && at < text.Length && char.IsAsciiHexDigit(text[at]))
            {
                value = (value * 16) + Convert.ToInt32(text[at].ToString(), 16);
                at++;
                length++;
            }

            if (at < text.Length && text[at] == '.')
            {
                if (length == 0 || index > 6 || !DottedTail(text[(at - length)..], pieces, index))
                {
                    return null;
                }

                index += 2;
                at = text.Length;
                break;
            }

            if (at < text.Length)
            {
                if (text[at] != ':' || ++at == text.Length)
                {
                    return null;
                }
            }

            pieces[index++] = value;
        }

        return Expand(pieces, index, compress) ? Write(pieces) : null;
    }

    private static bool Expand(int[] pieces, int index, int compress)
    {
        if (compress < 0)
        {
            return index == 8;
        }

        var swaps = index - compress;
        for (var target = 7; target != 0 && swaps > 0; target--, swaps--)
        {
            (pieces[target], pieces[compress + swaps - 1]) = (pieces[compress + swaps - 1], pieces[target]);
        }

        return true;
    }

    private static bool DottedTail(string text, int[] pieces, int index)
    {
        var parts = text.Split('.');
        if (parts.Length != 4)
        {
            return false;
        }

        for (var i = 0; i < 4; i++)
        {
            if (parts[i].Length is 0 or > 3 || (parts[i].Length > 1 && parts[i][0] == '0') || parts[i].AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                return false;
            }

            var value = int.Parse(parts[i], CultureInfo.InvariantCulture);
            if (value > 255)
            {
                return false;
            }

            pieces[index + (i / 2)] = (pieces[index + (i / 2)] << 8) | value;
        }

        return true;
    }

    private static string Write(int[] pieces)
    {
        var (bestStart, bestLength) = (-1, 1);
        for (var i = 0; i < 8; i++)
        {
            var length = 0;
            while (i + length < 8 && pieces[i + length] == 0)
            {
                length++;
            }

            if (length > bestLength)
            {
                (bestStart, bestLength) = (i, length);
            }

            i += length;
        }

        var result = new StringBuilder();
        for (var i = 0; i < 8; i++)
        {
            if (i == bestStart)
            {
                result.Append(i == 0 ? "::" : ":");
                i += bestLength - 1;
                continue;
            }

            result.Append(pieces[i].ToString("x", CultureInfo.InvariantCulture));
            if (i < 7)
            {
                result.Append(':');
            }
        }

        return result.ToString();
    }
}
