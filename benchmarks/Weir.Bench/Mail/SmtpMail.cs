using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Bench.Mail;

/// <summary>A message as it goes over SMTP: lines that end with CRLF, dots doubled, the closing dot at the end.</summary>
internal sealed partial class SmtpMail
{
    public SmtpMail(LabelledMail mail)
    {
        File = mail.File;
        MailFrom = Plain.IsMatch(mail.Envelope.MailFrom) ? mail.Envelope.MailFrom : "sender@good.example";
        Data = OnTheWire(mail.Raw);
    }

    public string File { get; }
    public string MailFrom { get; }
    public byte[] Data { get; }

    /// <summary>Every mail server takes it.</summary>
    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_+=-]*(\.[a-z0-9_+=-]+)*@([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}\z", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Plain { get; }

    /// <summary>Files keep lines as they like; stray carriage returns and NUL bytes are left to other tests.</summary>
    private static byte[] OnTheWire(byte[] raw)
    {
        var text = Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace("\0", "", StringComparison.Ordinal);
        var wire = new StringBuilder(text.Length + (text.Length / 16));
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            wire.Append(line.StartsWith('.') ? "." : "").Append(line).Append("\r\n");
        }

        return Encoding.Latin1.GetBytes(wire.Append(".\r\n").ToString());
    }
}
