using System.Globalization;

namespace Weir.Mailboxes.Connectors.Maildir;

/// <summary>File names that no other delivery makes: time, process, counter, host, as Maildir asks for.</summary>
internal sealed class UniqueNames(TimeProvider time)
{
    private readonly string _host = Environment.MachineName
        .Replace("/", "\\057", StringComparison.Ordinal).Replace(":", "\\072", StringComparison.Ordinal).Replace(",", "\\054", StringComparison.Ordinal);

    private int _count;

    /// <summary>The next name, without flags.</summary>
    /// <param name="size">Size in bytes, kept in the name so that quota and IMAP need not open the file.</param>
    public string Next(long size)
    {
        var now = time.GetUtcNow();
        var micros = now.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{now.ToUnixTimeSeconds()}.M{micros}P{Environment.ProcessId}Q{Interlocked.Increment(ref _count)}.{_host},S={size}");
    }
}
