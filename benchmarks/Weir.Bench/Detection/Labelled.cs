using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Weir.Detection.Contracts;
using Weir.Kernel;
using Weir.Sample.Contracts;

namespace Weir.Bench.Detection;

/// <summary>A message whose nature is known.</summary>
/// <param name="Campaign">Messages of one campaign are learnt from or asked about, never both.</param>
internal sealed record Labelled(string File, MailLabel Label, string Source, string Era, string Campaign, string Subject, byte[] Raw, KnownEnvelope Known)
{
    public const int Folds = 5;

    public int Fold { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Campaign))[0] % Folds;

    /// <summary>Who collected it: parts of one collection speak of the same things.</summary>
    public string Origin => string.Join('_', Source.Split('_').Take(2));

    public MessageToJudge ToJudge()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new MessageToJudge
        {
            Id = NetworkMessageId.New(now),
            Raw = Raw,
            Envelope = Known.Envelope ?? new Weir.Mail.Contracts.Envelope(),
            ReceivedAt = now,
            RecordedAuthentication = Known.Authentication,
        };
    }

    /// <summary>Mail that the sample invents: today's services, each with a twin as frauds send it.</summary>
    public static IReadOnlyList<Labelled> Made(int seed, int count) =>
        [.. LabelledSample.Generate(seed, count, [.. BrandNames.All.Select(brand => new KnownBrand(brand.Name, brand.Domains))]).Select(mail => new Labelled(
            string.Create(CultureInfo.InvariantCulture, $"{mail.Template}/{seed}-{mail.Number}.eml"), Enum.Parse<MailLabel>(mail.Label.ToString()), "invented", "modern", mail.Template, "", mail.Raw.ToArray(),
            new KnownEnvelope(mail.Envelope, mail.Authentication, mail.Label.ToString(), mail.Theme)))];

    /// <summary>All messages of <c>mail/dev</c> in the order of their names; nothing when there are none.</summary>
    public static async Task<IReadOnlyList<Labelled>> ReadAllAsync(CancellationToken cancellationToken)
    {
        if (MeasureData.Folder("mail/dev") is not { } folder)
        {
            return [];
        }

        var path = Path.Combine(folder, "manifest.json");
        var known = await EnvelopeFile.ReadAsync(path, cancellationToken);
        await using var stream = System.IO.File.OpenRead(path);
        using var manifest = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken);
        var mails = new List<Labelled>();
        foreach (var entry in manifest.RootElement.GetProperty("messages").EnumerateArray())
        {
            string Text(string name) => entry.GetProperty(name).GetString() ?? "";
            mails.Add(new Labelled(
                Text("file"), Enum.Parse<MailLabel>(Text("label"), ignoreCase: true), Text("source"), Text("era"), Text("campaign"), Text("subject"),
                await System.IO.File.ReadAllBytesAsync(Path.Combine(folder, Text("file")), cancellationToken), known[Text("file")]));
        }

        return [.. mails.OrderBy(mail => mail.File, StringComparer.Ordinal)];
    }
}
