using System.Globalization;
using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Learning.Features;

/// <summary>How the links are built that lead to strangers: neither the author's own nor ours.</summary>
internal sealed class Links : IFeatures
{
    private const int Most = 40;
    private const int MostPieces = 200;
    private const int PieceLength = 4;

    /// <summary>One name has several; each says less than the name.</summary>
    public const float PieceCounts = 0.7f;

    public IEnumerable<Feature> Of(MessageFacts message, IReadOnlyList<Signal> signals)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        var pieces = new Dictionary<string, string>(StringComparer.Ordinal);
        var shown = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var target in message.Targets.Take(Most).Where(target => target.IsWeb && target.Host.Length > 0 && !message.IsAuthors(target) && !message.IsOurs(target.Host)))
        {
            foreach (var name in Of(target))
            {
                found.TryAdd(name, target.Url);
            }

            foreach (var piece in target.IsIpAddress ? [] : PiecesOf(target.Registered[..Math.Max(0, target.Registered.LastIndexOf('.'))]))
            {
                pieces.TryAdd(piece, target.Url);
            }

            foreach (var word in WordsOf(target.ShownText))
            {
                shown.TryAdd(word, target.Url);
            }
        }

        return found.Select(name => new Feature($"link:{name.Key}", 1, In.Url(name.Value)))
            .Concat(pieces.Take(MostPieces).Select(piece => new Feature($"host:{piece.Key}", PieceCounts, In.Url(piece.Value))))
            .Concat(shown.Take(30).Select(word => new Feature($"button:{word.Key}", 1 / MathF.Sqrt(Math.Max(2, shown.Count)), In.Url(word.Value))));
    }

    /// <summary>Four letters that follow one another in the registered name, without its last label: what throw-away names are made of.</summary>
    public static IEnumerable<string> PiecesOf(string name)
    {
        for (var i = 0; i + PieceLength <= name.Length; i++)
        {
            var piece = name.AsSpan(i, PieceLength);
            if (!piece.ContainsAnyExceptInRange('a', 'z'))
            {
                yield return piece.ToString();
            }
        }
    }

    private static IEnumerable<string> WordsOf(string shown) =>
        shown.Split((char[]?)null, 6, StringSplitOptions.RemoveEmptyEntries).Take(5)
            .Select(word => word.Trim('.', '!', ',', ':', '»', '>', '→', '"').ToLowerInvariant())
            .Where(word => word.Length is >= 3 and <= 20 && word.All(char.IsLetter));

    private static IEnumerable<string> Of(UrlFacts target)
    {
        var host = target.Host;
        yield return $"to {target.Registered}";
        if (KnownHosts.SharedParent(host) is { Length: > 0 } provider)
        {
            yield return $"hosted at {provider}";
        }

        if (target.IsIpAddress)
        {
            yield break;
        }

        var labels = host.Split('.');
        if (labels[^1].Length > 2)
        {
            yield return $"top level {labels[^1]}";
        }

        if (labels.Length >= 5)
        {
            yield return "host of many labels";
        }

        if (labels[0].Length >= 20)
        {
            yield return "host of a long label";
        }

        if (host.Count(c => c == '-') >= 2)
        {
            yield return "host with hyphens";
        }

        if (labels[0].Any(char.IsAsciiDigit) && labels[0].Any(char.IsAsciiLetter))
        {
            yield return "host with digits";
        }

        foreach (var feature in OfPath(target.Uri))
        {
            yield return feature;
        }
    }

    private static IEnumerable<string> OfPath(Uri uri)
    {
        var path = uri.AbsolutePath;
        if (path.LastIndexOf('.') is > 0 and var dot && path.Length - dot is >= 3 and <= 6)
        {
            yield return $"page of type {path[(dot + 1)..].ToLowerInvariant()}";
        }

        if (path.Split('/').Any(piece => piece.Length >= 24 && piece.Any(char.IsAsciiDigit) && piece.Any(char.IsAsciiLetterUpper)))
        {
            yield return "path with a long token";
        }

        if (uri.Query.Contains("http", StringComparison.OrdinalIgnoreCase) || path.Contains("http", StringComparison.OrdinalIgnoreCase))
        {
            yield return "address inside an address";
        }

        if (path.Contains('~', StringComparison.Ordinal) || path.Contains("wp-", StringComparison.OrdinalIgnoreCase))
        {
            yield return "inside somebody's site";
        }

        if (uri.Fragment.Length > 10)
        {
            yield return "long fragment";
        }

        if (uri.Scheme == "http")
        {
            yield return "without encryption";
        }

        yield return string.Create(CultureInfo.InvariantCulture, $"path depth {Math.Min(4, path.Count(c => c == '/'))}");
    }
}
