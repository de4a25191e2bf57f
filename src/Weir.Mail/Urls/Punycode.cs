using System.Text;

namespace Weir.Mail.Urls;

/// <summary>Punycode (RFC 3492), without the limits that <c>IdnMapping</c> adds and browsers do not have.</summary>
internal static class Punycode
{
    private const int Base = 36;
    private const int Longest = 500;

    public static string? Encode(string label)
    {
        var runes = label.EnumerateRunes().ToArray();
        if (runes.Length > Longest)
        {
            return null;
        }

        var output = new StringBuilder();
        foreach (var rune in runes)
        {
            if (rune.IsAscii)
            {
                output.Append((char)rune.Value);
            }
        }

        var basic = output.Length;
        if (basic > 0)
        {
            output.Append('-');
        }

        var (n, delta, bias, handled) = (128, 0L, 72, basic);
        while (handled < runes.Length)
        {
            var next = runes.Where(rune => rune.Value >= n).Min(rune => rune.Value);
            delta += (long)(next - n) * (handled + 1);
            n = next;
            foreach (var rune in runes)
            {
                if (rune.Value < n)
                {
                    delta++;
                }
                else if (rune.Value == n)
                {
                    AppendNumber(output, delta, bias);
                    bias = Adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }

            delta++;
            n++;
        }

        return output.ToString();
    }

    public static string? Decode(string text)
    {
        if (text.Length > Longest)
        {
            return null;
        }

        var dash = text.LastIndexOf('-');
        var output = text[..Math.Max(0, dash)].Select(c => (int)c).ToList();
        var (n, i, bias, at) = (128L, 0L, 72, dash < 0 ? 0 : dash + 1);
        while (at < text.Length)
        {
            var (old, weight) = (i, 1L);
            for (var k = Base; ; k += Base)
            {
                if (at >= text.Length || Digit(text[at++]) is not (>= 0 and var digit))
                {
                    return null;
                }

                i += digit * weight;
                var threshold = Threshold(k, bias);
                if (digit < threshold)
                {
                    break;
                }

                weight *= Base - threshold;
                if (weight > int.MaxValue || i > int.MaxValue)
                {
                    return null;
                }
            }

            var count = output.Count + 1;
            bias = Adapt(i - old, count, old == 0);
            n += i / count;
            i %= count;
            if (n > 0x10FFFF || n is >= 0xD800 and <= 0xDFFF)
            {
                return null;
            }

            output.Insert((int)i++, (int)n);
        }

        return string.Concat(output.Select(char.ConvertFromUtf32));
    }

    private static void AppendNumber(StringBuilder output, long delta, int bias)
    {
        var rest = delta;
        for (var k = Base; ; k += Base)
        {
            var threshold = Threshold(k, bias);
            if (rest < threshold)
            {
                output.Append(Letter((int)rest));
                return;
            }

            output.Append(Letter((int)(threshold + ((rest - threshold) % (Base - threshold)))));
            rest = (rest - threshold) / (Base - threshold);
        }
    }

    private static int Threshold(int k, int bias) => Math.Clamp(k - bias, 1, 26);

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / 700 : delta / 2;
        delta += delta / count;
        var k = 0;
        while (delta > 455)
        {
            delta /= Base - 1;
            k += Base;
        }

        return k + (int)(36 * delta / (delta + 38));
    }

    private static char Letter(int digit) => (char)(digit < 26 ? 'a' + digit : '0' + digit - 26);

    private static int Digit(char c) => char.IsAsciiDigit(c) ? c - '0' + 26 : char.IsAsciiLetter(c) ? (c | 0x20) - 'a' : -1;
}
