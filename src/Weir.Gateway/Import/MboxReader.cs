using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Weir.Gateway.Import;

/// <summary>
/// Splits an mbox: a message begins at a line <c>From sender date</c> at the start or after an empty line (RFC 4155). Understands the variants:
/// quoted body lines (mboxo, mboxrd: one <c>&gt;</c> is taken off) and unquoted ones where <c>Content-Length</c> leads to the next separator (mboxcl2).
/// </summary>
internal sealed class MboxReader(Stream file, string path, DateTimeOffset writtenAt, int maxMessageBytes = MailTree.MaxMessageBytes)
{
    private const int MaxSeparator = 1024;

    /// <summary>Whether the stream begins with a separator; leaves it at its start.</summary>
    public static async ValueTask<bool> IsMboxAsync(Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var start = new byte[MaxSeparator];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = 0;
        var feed = start.AsSpan(0, read).IndexOf((byte)'\n');
        return feed > 0 && IsSeparator(start.AsSpan(0, feed));
    }

    public async IAsyncEnumerable<FoundItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(file);
        var number = 0;
        var separator = await lines.ReadAsync(cancellationToken);
        while (separator is not null)
        {
            number++;
            var (sender, date) = Separator(separator.Value.Bytes.Span);
            using var message = new MessageBytes(maxMessageBytes);
            separator = await ReadMessageAsync(lines, message, cancellationToken);
            var source = string.Create(CultureInfo.InvariantCulture, $"{path}#{number}");
            yield return message.IsTooLarge ? new SkippedItem(source, SkipReasons.TooLarge)
                : message.Length == 0 ? new SkippedItem(source, SkipReasons.Empty)
                : new FoundMessage(source, message.ToArray(), Folder: "", Owner: "", sender, date ?? writtenAt);
        }
    }

    /// <summary>Reads one message to its end.</summary>
    /// <returns>The separator of the next message, or nothing at the end.</returns>
    private async ValueTask<LineReader.Line?> ReadMessageAsync(LineReader lines, MessageBytes message, CancellationToken cancellationToken)
    {
        var isHeader = true;
        var wasEmpty = false;
        long? length = null;
        while (await lines.ReadAsync(cancellationToken) is { } line)
        {
            if (line.IsStart && wasEmpty && IsSeparator(line.Text.Span))
            {
                message.DropLastEmptyLine();
                return line;
            }

            if (isHeader && line.IsStart)
            {
                length ??= ContentLength(line.Text.Span);
                isHeader = line.Text.Length > 0;
                if (!isHeader && length is { } bytes && await LeadsToSeparatorAsync(lines.Offset + bytes, cancellationToken))
                {
                    message.Add(line.Bytes.Span);
                    await lines.CopyAsync(bytes, message.Add, cancellationToken);
                    wasEmpty = true;
                    continue;
                }
            }

            wasEmpty = line.IsStart && line.Text.Length == 0;
            message.Add(line.IsStart && IsQuoted(line.Bytes.Span) ? line.Bytes.Span[1..] : line.Bytes.Span);
        }

        message.DropLastEmptyLine();
        return null;
    }

    /// <summary><c>Content-Length</c> is a stranger's word: believed only when a separator, or the end, is where it says.</summary>
    private async ValueTask<bool> LeadsToSeparatorAsync(long offset, CancellationToken cancellationToken)
    {
        if (offset > file.Length)
        {
            return false;
        }

        var back = file.Position;
        file.Position = offset;
        var next = new byte[MaxSeparator];
        var read = await file.ReadAtLeastAsync(next, next.Length, throwOnEndOfStream: false, cancellationToken);
        file.Position = back;
        var rest = next.AsSpan(0, read).TrimStart("\r\n"u8);
        var feed = rest.IndexOf((byte)'\n');
        return rest.Length == 0 ? offset + read == file.Length : rest.Length < read && feed > 0 && IsSeparator(rest[..feed]);
    }

    private static long? ContentLength(ReadOnlySpan<byte> line) =>
        line.Length is > 15 and < 64 && Ascii.EqualsIgnoreCase(line[..15], "content-length:"u8)
        && long.TryParse(line[15..].Trim((byte)' '), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;

    /// <summary><c>From </c>, a sender, and a date with a time and a year: prose that begins with this word has none.</summary>
    private static bool IsSeparator(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n "u8);
        if (line.Length is < 20 or > MaxSeparator || !line.StartsWith("From "u8))
        {
            return false;
        }

        var colon = line.IndexOf((byte)':');
        return colon > 5 && char.IsAsciiDigit((char)line[colon - 1]) && colon + 1 < line.Length && char.IsAsciiDigit((char)line[colon + 1])
            && line.IndexOfAny("12"u8) >= 0 && HasYear(line);
    }

    private static bool HasYear(ReadOnlySpan<byte> line)
    {
        var digits = 0;
        foreach (var letter in line)
        {
            digits = char.IsAsciiDigit((char)letter) ? digits + 1 : 0;
            if (digits == 4)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsQuoted(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (at < line.Length && line[at] == '>')
        {
            at++;
        }

        return at > 0 && line[at..].StartsWith("From "u8);
    }

    private static (string Sender, DateTimeOffset? Date) Separator(ReadOnlySpan<byte> line)
    {
        var text = Encoding.Latin1.GetString(line).Trim();
        var rest = text.Length > 5 ? text[5..].TrimStart() : "";
        var space = rest.IndexOf(' ', StringComparison.Ordinal);
        var sender = space > 0 && rest[..space].Contains('@', StringComparison.Ordinal) ? rest[..space] : "";
        var words = (space > 0 ? rest[space..] : "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

        // asctime: Tue Nov 24 13:53:08 2026, perhaps with a zone; it is UTC without one.
        var date = string.Join(' ', words.Take(4).Append(words.LastOrDefault(word => word.Length == 4 && word.All(char.IsAsciiDigit)) ?? ""));
        return (sender, DateTimeOffset.TryParseExact(date, ["ddd MMM d HH:mm:ss yyyy", "ddd MMM dd HH:mm:ss yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null);
    }

    /// <summary>A message as it grows, up to the limit.</summary>
    private sealed class MessageBytes(int maxBytes) : IDisposable
    {
        private readonly MemoryStream _bytes = new();

        public bool IsTooLarge { get; private set; }
        public long Length => _bytes.Length;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            if (IsTooLarge || _bytes.Length + bytes.Length > maxBytes)
            {
                IsTooLarge = true;
                _bytes.SetLength(0);
                return;
            }

            _bytes.Write(bytes);
        }

        /// <summary>The empty line before a separator belongs to the separator.</summary>
        public void DropLastEmptyLine()
        {
            var bytes = _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
            if (bytes.EndsWith("\r\n\r\n"u8))
            {
                _bytes.SetLength(_bytes.Length - 2);
            }
            else if (bytes.EndsWith("\n\n"u8))
            {
                _bytes.SetLength(_bytes.Length - 1);
            }
        }

        public byte[] ToArray() => _bytes.ToArray();

        public void Dispose() => _bytes.Dispose();
    }
}
