using System.Text;
using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Tests.Record;

/// <summary>Puts harmless bytes of the same kind in the place of cited ones, and touches no other byte.</summary>
internal static class Neutral
{
    private const string Words = "water stone cloud field ";

    /// <summary>Nothing when one of the places is of a kind that is not known here.</summary>
    public static byte[]? Without(byte[] raw, IEnumerable<Place> places)
    {
        var message = MailParser.Parse(raw);
        var result = raw;
        foreach (var place in Apart(places))
        {
            if (Instead(place, raw, message) is not { } bytes)
            {
                return null;
            }

            result = place.HasBytes ? [.. result[..place.Start], .. bytes, .. result[place.End..]] : [.. bytes, .. result];
        }

        return result;
    }

    /// <summary>Other words in the text, another second in the date, one more field: in no place that is cited.</summary>
    public static byte[] Elsewhere(byte[] raw, IReadOnlyList<Place> cited)
    {
        var message = MailParser.Parse(raw);
        var result = raw.ToArray();
        foreach (var part in message.Parts.Where(part => part is { IsBody: true, ContentType: "text/plain", BodyStart: >= 0 } && part.TransferEncoding is "" or "7bit" or "8bit"))
        {
            for (var at = part.BodyStart; at < part.BodyEnd;)
            {
                var end = at;
                while (end < part.BodyEnd && !char.IsWhiteSpace((char)raw[end]))
                {
                    end++;
                }

                if (end - at is >= 3 and <= 8 && raw[at..end].All(letter => char.IsAsciiLetterLower((char)letter)) && !cited.Any(place => place.HasBytes && place.Start < end && at < place.End))
                {
                    Encoding.ASCII.GetBytes(new[] { "sea", "fish", "stone", "garden", "blanket", "mountain" }[end - at - 3]).CopyTo(result, at);
                }

                at = end + 1;
            }
        }

        return [.. "X-Weather: fine\r\n"u8, .. result];
    }

    /// <summary>From the last to the first, so that earlier ones stay where they are; ranges that touch are one.</summary>
    private static List<Place> Apart(IEnumerable<Place> places)
    {
        var apart = new List<Place>();
        foreach (var place in places.OrderByDescending(place => place.Start).ThenByDescending(place => place.End))
        {
            if (apart.Count > 0 && place.HasBytes && apart[^1].HasBytes && place.End > apart[^1].Start)
            {
                apart[^1] = place with { End = Math.Max(place.End, apart[^1].End) };
            }
            else
            {
                apart.Add(place);
            }
        }

        return apart;
    }

    private static byte[]? Instead(Place place, byte[] raw, ParsedMessage message) => place.Kind switch
    {
        PlaceKind.Header => Field(place.Name),
        PlaceKind.Absence when Field(place.Name) is { } field => [.. field, .. "\r\n"u8],
        PlaceKind.Part when message.Parts.FirstOrDefault(part => part.Path == place.Part) is { } part => InPart(place, raw, part),
        _ => null,
    };

    private static byte[]? Field(string name) => name.ToLowerInvariant() switch
    {
        "from" or "sender" => Encoding.ASCII.GetBytes($"{name}: Ada Moss <ada.moss@fjord-timber.example>"),
        "subject" => "Subject: Hello"u8.ToArray(),
        "reply-to" => "Reply-To:"u8.ToArray(),
        "to" or "cc" => Encoding.ASCII.GetBytes($"{name}: Tom Weber <tom.weber@harbour.example>"),
        "date" => "Date: Mon, 02 Nov 2026 09:00:00 +0000"u8.ToArray(),
        "message-id" => "Message-ID: <20261102090000.1@fjord-timber.example>"u8.ToArray(),
        "list-unsubscribe" or "list-id" or "precedence" or "feedback-id" => "X-Weather: fine"u8.ToArray(),
        _ => null,
    };

    private static byte[] InPart(Place place, byte[] raw, MailPart part)
    {
        if (place.End == part.BodyEnd && (place.Start == part.HeaderStart || place.Start == part.BodyStart))
        {
            return place.Start == part.HeaderStart ? "Content-Type: text/plain\r\n\r\nNothing.\r\n"u8.ToArray() : "Nothing.\r\n"u8.ToArray();
        }

        if (part.TransferEncoding == "base64")
        {
            // Letters of groups that decode to "day".
            var before = raw[part.BodyStart..place.Start].Count(letter => !char.IsWhiteSpace((char)letter));
            return [.. raw[place.Start..place.End].Select(letter => char.IsWhiteSpace((char)letter) ? letter : (byte)"ZGF5"[before++ % 4])];
        }

        return Encoding.ASCII.GetString(raw[place.Start..place.End]).Contains("://", StringComparison.Ordinal)
            ? "https://harbour.example/"u8.ToArray()
            : [.. Enumerable.Range(0, place.End - place.Start).Select(at => (byte)Words[at % Words.Length])];
    }
}
