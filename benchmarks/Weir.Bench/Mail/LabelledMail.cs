using System.Text;
using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Bench.Mail;

/// <summary>A message of the labelled mail, in memory, so that no measurement waits for the disk.</summary>
internal sealed record LabelledMail(string File, byte[] Raw, Envelope Envelope)
{
    /// <summary>It brings no picture and no PDF: what must be decoded beside text is small.</summary>
    public bool IsWithoutPicturesAndPdf { get; } = !Says(Raw, "Content-Type: image/") && !Says(Raw, "application/pdf") && !Says(Raw, ".pdf");

    /// <summary>All messages of <c>mail/dev</c> in order of their names; nothing when there are none.</summary>
    public static async Task<IReadOnlyList<LabelledMail>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (MeasureData.Folder("mail/dev") is not { } folder)
        {
            return [];
        }

        var mails = new List<LabelledMail>();
        var known = await EnvelopeFile.ReadAsync(Path.Combine(folder, "manifest.json"), cancellationToken);
        foreach (var (file, entry) in known.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            mails.Add(new LabelledMail(file, await System.IO.File.ReadAllBytesAsync(Path.Combine(folder, file), cancellationToken), entry.Envelope ?? new Envelope()));
        }

        return mails;
    }

    private static bool Says(byte[] raw, string word) => Encoding.Latin1.GetString(raw).Contains(word, StringComparison.OrdinalIgnoreCase);
}
