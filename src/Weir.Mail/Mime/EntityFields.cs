using Weir.Mail.Headers;

namespace Weir.Mail.Mime;

/// <summary>The MIME fields of one entity (RFC 2045 §3); the first of each counts, others are defects because readers differ.</summary>
internal readonly ref struct EntityFields
{
    public EntityFields(ReadOnlySpan<byte> raw, HeaderBlock block, DefectList defects, bool inMessage)
    {
        TransferEncoding = "";
        ContentId = "";
        var seen = 0;
        foreach (var field in block.Fields)
        {
            var name = raw[field.Start..field.NameEnd];
            if (field.ValueStart - 1 > field.NameEnd && HidesField(raw[field.ValueStart..field.ValueEnd]))
            {
                defects.Add("ambiguous-content-type", "A line that reads as a MIME field continues a field with a blank before its colon.", inMessage ? field.Start : -1);
            }

            if (name.Length < 10 || !System.Text.Ascii.EqualsIgnoreCase(name[..8], "content-"u8))
            {
                continue;
            }

            var value = HeaderText.Unfold(raw[field.ValueStart..field.ValueEnd]);
            var index = -1;
            if (field.IsNamed(raw, "Content-Type"))
            {
                index = 0;
                Type ??= value;
            }
            else if (field.IsNamed(raw, "Content-Transfer-Encoding"))
            {
                index = 1;
                TransferEncoding = TransferEncoding.Length == 0 ? Token(value) : TransferEncoding;
                if (value.Contains(';', StringComparison.Ordinal))
                {
                    defects.Add("unknown-transfer-encoding", "A transfer encoding has a parameter.", inMessage ? field.Start : -1);
                }
            }
            else if (field.IsNamed(raw, "Content-Disposition"))
            {
                index = 2;
                Disposition ??= value;
            }
            else if (field.IsNamed(raw, "Content-ID"))
            {
                index = 3;
                ContentId = ContentId.Length == 0 ? value.Trim('<', '>', ' ') : ContentId;
            }

            if (index >= 0 && (seen & (1 << index)) != 0)
            {
                var written = System.Text.Encoding.Latin1.GetString(name);
                defects.Add($"duplicate-{written.ToLowerInvariant()}", $"{written} is there more than once.", inMessage ? field.Start : -1);
            }

            seen |= index >= 0 ? 1 << index : 0;
        }
    }

    public string? Type { get; }

    public string? Disposition { get; }

    public string TransferEncoding { get; }

    public string ContentId { get; }

    private static bool HidesField(ReadOnlySpan<byte> value)
    {
        for (var feed = value.IndexOf((byte)'\n'); feed >= 0; feed = value.IndexOf((byte)'\n'))
        {
            value = value[(feed + 1)..].TrimStart(" \t"u8);
            if (value.Length > 8 && System.Text.Ascii.EqualsIgnoreCase(value[..8], "content-"u8))
            {
                return true;
            }
        }

        return false;
    }

    private static string Token(string value)
    {
        var text = value;
        if (text.StartsWith('(') && text.IndexOf(')', StringComparison.Ordinal) is > 0 and var close)
        {
            text = text[(close + 1)..];
        }

        var end = text.IndexOfAny([';', '(', ' ', '\t'], text.Length - text.TrimStart().Length);
        return (end < 0 ? text : text[..end]).Trim().Trim('"').ToLowerInvariant();
    }
}
