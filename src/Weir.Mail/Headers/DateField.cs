using System.Text;
using MimeKit.Utils;

namespace Weir.Mail.Headers;

/// <summary>Dates of header fields (RFC 5322 §3.3 and its obsolete forms), as instants in UTC.</summary>
internal static class DateField
{
    public static bool TryParse(string value, out DateTimeOffset at)
    {
        at = default;
        if (value.Length is 0 or > 200 || !DateUtils.TryParse(Encoding.UTF8.GetBytes(value.Trim()), out var parsed))
        {
            return false;
        }

        at = parsed.ToUniversalTime();
        return true;
    }
}
