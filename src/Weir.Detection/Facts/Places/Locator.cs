using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Facts.Places;

/// <summary>Finds the bytes of what detectors cite. What cannot be found exactly is the part that holds it.</summary>
internal sealed class Locator(ReadOnlyMemory<byte> raw, MessageFacts message)
{
    /// <summary>Places of one signal.</summary>
    public const int Most = 20;

    private static readonly string[] FieldsOfNames = ["Content-Type", "Content-Disposition"];

    private readonly MailSource _source = new(raw, message.Message);

    public Signal Locate(Signal signal)
    {
        var sightings = signal.Sightings;
        if (signal.Entity is { } entity && !sightings.Any(seen => seen.Kind is SightingKind.Entity or SightingKind.Url or SightingKind.Part or SightingKind.Member or SightingKind.PartText))
        {
            sightings = [In.Entity(entity), .. sightings];
        }

        return sightings.Count == 0 ? signal : signal with { Places = [.. sightings.SelectMany(Of).Distinct().Take(Most)], Sightings = [] };
    }

    private IEnumerable<Place> Of(Sighting seen) => seen.Kind switch
    {
        SightingKind.Header => Header(seen.Name),
        SightingKind.Absence => [new Place { Kind = PlaceKind.Absence, Name = seen.Name }],
        SightingKind.Envelope => [new Place { Kind = PlaceKind.Envelope, Name = seen.Name }],
        SightingKind.Knowledge => [new Place { Kind = PlaceKind.Knowledge, Name = seen.Name }],
        SightingKind.Entity => message.Message.Parts.FirstOrDefault(part => part.Sha256 == seen.Name) is { } part ? Whole(part) : Url(seen.Name),
        SightingKind.Url => Url(seen.Name),
        SightingKind.Part => Parts(seen.Name).SelectMany(Whole),
        SightingKind.Member => Parts(seen.Name).SelectMany(Whole).Select(place => place with { Member = seen.Text }),
        SightingKind.PartText => Parts(seen.Name).SelectMany(part => OrWhole(part, _source.Written(part, seen.Text, Most))),
        SightingKind.Words => Words(seen.Text),
        _ => Body(seen),
    };

    private IEnumerable<Place> Header(string name)
    {
        var fields = _source.Fields(name, Most);
        return fields.Count == 0
            ? [new Place { Kind = PlaceKind.Absence, Name = name }]
            : fields.Select(range => new Place { Kind = PlaceKind.Header, Name = name, Start = range.Start, End = range.End });
    }

    private IEnumerable<MailPart> Parts(string path) => message.Message.Parts.Where(part => part.Path == path).Take(1);

    /// <summary>The name of a file stands in the header: of the part, or of the message that is one part.</summary>
    private IEnumerable<Place> Whole(MailPart part)
    {
        if (_source.Whole(part) is not { } whole)
        {
            return [Place(part, new ByteRange(-1, -1))];
        }

        return whole.Part is { HeaderStart: < 0, FileName.Length: > 0 }
            ? [Place(part, whole.Range), .. Named().SelectMany(Header)]
            : [Place(part, whole.Range)];
    }

    private IEnumerable<string> Named() => FieldsOfNames.Where(name => message.Message.Header(name) is not null);

    private static Place Place(MailPart part, ByteRange range) =>
        new() { Kind = PlaceKind.Part, Part = part.Path, Name = part.FileName, Start = range.Start, End = range.End };

    private IEnumerable<Place> OrWhole(MailPart part, IReadOnlyList<ByteRange> found) =>
        found.Count > 0 ? found.Select(range => Place(part, range)) : Whole(part);

    /// <summary>The bodies that Weir reads: HTML when there is visible text in it, else plain.</summary>
    private List<MailPart> Bodies()
    {
        var bodies = message.Message.Parts.Where(part => part.IsBody).ToList();
        var html = bodies.FindAll(part => part.ContentType != "text/plain");
        return html.Count > 0 ? html : bodies;
    }

    private List<Place> Words(string words)
    {
        var bodies = Bodies();
        var plain = message.Message.Parts.Where(part => part.IsBody).Except(bodies).ToList();
        foreach (var parts in (IEnumerable<List<MailPart>>)[bodies, plain])
        {
            var found = parts.SelectMany(part => _source.Words(part, words, Most).Select(range => Place(part, range))).ToList();
            if (found.Count > 0)
            {
                return found;
            }
        }

        return [.. bodies.SelectMany(Whole)];
    }

    private IEnumerable<Place> Url(string url)
    {
        var known = message.Message.Urls.Where(each => each.Url == url || each.Written == url).ToList();
        var written = known.Select(each => each.Written).Append(url).Distinct(StringComparer.Ordinal).ToList();
        var places = new List<Place>();
        foreach (var part in message.Message.Parts.Where(part => part.IsBody || known.Exists(each => each.PartPath == part.Path)))
        {
            places.AddRange(written.SelectMany(text => _source.Written(part, text, Most)).Select(range => Place(part, range)));
        }

        if (known.Exists(each => each.Source == UrlSource.Subject))
        {
            places.AddRange(Header("Subject"));
        }

        foreach (var header in message.Message.Headers.Where(header => known.Exists(each => each.Source == UrlSource.EmailHeader) && written.Exists(text => header.Value.Contains(text, StringComparison.Ordinal))).Take(Most))
        {
            places.AddRange(Header(header.Name));
        }

        // A picture of a code, or written so that nothing of it stands there.
        return places.Count > 0 ? places
            : known.Select(each => each.PartPath).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal).SelectMany(Parts).SelectMany(Whole).DefaultIfEmpty(Bodies().SelectMany(Whole).FirstOrDefault() ?? new Place { Kind = PlaceKind.Part, Name = "body" });
    }

    private IEnumerable<Place> Body(Sighting seen)
    {
        var found = _source.OfBody(seen.Kind == SightingKind.Html, seen.Start, seen.End);
        return found is { } body ? [Place(body.Part, body.Range)] : Bodies().SelectMany(Whole).Take(1);
    }
}
