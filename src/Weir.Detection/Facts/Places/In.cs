using Weir.Detection.Contracts;
using Weir.Detection.Facts.Html;
using Weir.Detection.Facts.Text;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Places;

/// <summary>Short ways to say where the evidence of a signal stands: <c>Say.Phish(…).At(In.Header("From"), In.Url(url))</c>.</summary>
internal static class In
{
    /// <summary>Phrases of one kind that are cited.</summary>
    private const int MostWords = 20;

    public static Signal At(this Signal signal, params IEnumerable<Sighting> sightings) => signal with { Sightings = [.. signal.Sightings, .. sightings] };

    /// <summary>All fields of this name; when there is none, their absence.</summary>
    public static Sighting Header(string name) => new(SightingKind.Header, name);

    public static Sighting NoHeader(string name) => new(SightingKind.Absence, name);

    /// <summary>Where the visible sender stands.</summary>
    public static Sighting Author(MessageFacts message) => Header(message.Message.From.Count > 0 ? "From" : "Sender");

    public static Sighting Subject { get; } = Header("Subject");

    public static Sighting ClientIp { get; } = new(SightingKind.Envelope, "client IP");

    public static Sighting Helo { get; } = new(SightingKind.Envelope, "HELO");

    /// <summary>MAIL FROM of the envelope, or the Return-Path that stands in for it.</summary>
    public static Sighting MailFrom(MessageFacts message) => message.Envelope.MailFrom.Length > 0 ? new(SightingKind.Envelope, "MAIL FROM") : Header("Return-Path");

    public static Sighting Recipients { get; } = new(SightingKind.Envelope, "RCPT TO");

    /// <summary>Who logged in, or the client that the organisation trusts.</summary>
    public static Sighting Client { get; } = new(SightingKind.Envelope, "client");

    /// <summary>What DNS said of the sender.</summary>
    public static Sighting Proof { get; } = Knowledge("DNS (SPF, DKIM, DMARC)");

    /// <summary>What no byte of the message says: <c>history of mail</c>, <c>allow/block list</c>, <c>DNS …</c>.</summary>
    public static Sighting Knowledge(string what) => new(SightingKind.Knowledge, what);

    /// <summary>A URL or the SHA-256 of a part.</summary>
    public static Sighting Entity(string entity) => new(SightingKind.Entity, entity);

    /// <summary>All places of a URL, as in the record or as written. A signal whose entity it is has them anyway.</summary>
    public static Sighting Url(string url) => new(SightingKind.Url, url);

    /// <summary>The whole part. A signal whose entity is its SHA-256 has it anyway.</summary>
    public static Sighting Part(MailPart part) => new(SightingKind.Part, part.Path);

    /// <summary>A file of an archive.</summary>
    public static Sighting Member(MailPart part, string path) => new(SightingKind.Member, part.Path, path);

    /// <summary>Text in a part, as it stands in the source.</summary>
    public static Sighting Text(MailPart part, string text) => new(SightingKind.PartText, part.Path, text);

    /// <summary>Words that a reader sees in the body.</summary>
    public static Sighting Words(string words) => new(SightingKind.Words, "", words);

    /// <summary>Characters of <see cref="TextFacts.Source"/>, subject or body.</summary>
    public static Sighting Text(TextFacts text, int start, int end) => start < text.SubjectEnd ? Subject : Words(text.Source[start..end]);

    /// <summary>All phrases of these kinds.</summary>
    public static IEnumerable<Sighting> Phrases(TextFacts text, params IEnumerable<string> kinds) =>
        kinds.SelectMany(kind => text.Places(kind)).Take(MostWords).Select(place => Text(text, place.Start, place.End)).Distinct();

    /// <summary>Characters of the HTML body, else of the plain one.</summary>
    public static Sighting Body(MessageFacts message, int start, int end) => new(message.Message.HtmlBody.Length > 0 ? SightingKind.Html : SightingKind.Plain, "", "", start, end);

    /// <summary>Places that <see cref="HtmlFacts"/> noted.</summary>
    public static IEnumerable<Sighting> Html(MessageFacts message, HtmlSpot spot) => message.Html.Spots(spot).Select(place => new Sighting(SightingKind.Html, "", "", place.Start, place.End));
}
