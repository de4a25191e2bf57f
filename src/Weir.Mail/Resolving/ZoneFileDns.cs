using System.Collections.Frozen;
using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Mail.Resolving;

/// <summary>DNS from a JSON zone: exact, offline, the same every time.</summary>
internal sealed class ZoneFileDns : IDns
{
    private const int LongestAliasChain = 8;
    private readonly FrozenDictionary<string, Node> _nodes;

    private ZoneFileDns(IEnumerable<KeyValuePair<string, Node>> nodes) => _nodes = nodes.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Reads a zone.</summary>
    /// <exception cref="InvalidDataException">Not a zone of this form.</exception>
    public static ZoneFileDns Parse(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            if (json.Span.StartsWith("\uFEFF"u8))
            {
                json = json[3..];
            }

            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var nodes = new Dictionary<string, Node>(StringComparer.Ordinal);
            foreach (var entry in document.RootElement.EnumerateObject())
            {
                nodes[DomainName.Canonical(entry.Name)] = Node.Read(entry.Value);
            }

            return new ZoneFileDns(nodes);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"{path}: not a DNS zone of the form {{\"name\": {{\"TXT\": [\"…\"]}}}}: {wrong.Message}", wrong);
        }
    }

    public ValueTask<DnsAnswer> QueryAsync(string name, DnsType type, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var asked = DomainName.Canonical(name);
        for (var step = 0; step < LongestAliasChain; step++)
        {
            if (!_nodes.TryGetValue(asked, out var node))
            {
                return new(DnsAnswer.Of(DnsStatus.NxDomain));
            }

            if (node.Failures.TryGetValue(type, out var failure))
            {
                return new(DnsAnswer.Of(failure));
            }

            if (node.Records.TryGetValue(type, out var records) && records.Count > 0)
            {
                return new(new DnsAnswer(DnsStatus.Ok, records));
            }

            if (node.Alias.Length == 0)
            {
                return new(DnsAnswer.Of(DnsStatus.NoData));
            }

            asked = node.Alias;
        }

        return new(DnsAnswer.Of(DnsStatus.ServFail));
    }

    /// <summary>The records of one name.</summary>
    private sealed record Node(IReadOnlyDictionary<DnsType, IReadOnlyList<string>> Records, IReadOnlyDictionary<DnsType, DnsStatus> Failures, string Alias)
    {
        public static Node Read(JsonElement element)
        {
            var records = new Dictionary<DnsType, IReadOnlyList<string>>();
            var failures = new Dictionary<DnsType, DnsStatus>();
            var alias = "";
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("CNAME"))
                {
                    alias = DomainName.Canonical(property.Value.ValueKind == JsonValueKind.Array ? Text(property.Value[0]) : Text(property.Value));
                }
                else if (Enum.TryParse<DnsType>(property.Name, ignoreCase: true, out var type))
                {
                    if (property.Value.ValueKind == JsonValueKind.String && Failure(property.Value.GetString()) is { } failure)
                    {
                        failures[type] = failure;
                    }
                    else
                    {
                        records[type] = ReadRecords(property.Value, type);
                    }
                }
            }

            return new Node(records, failures, alias);
        }

        // A broken name server is part of a test zone: "TXT": "SERVFAIL".
        private static DnsStatus? Failure(string? text) => text?.ToUpperInvariant() switch
        {
            "SERVFAIL" => DnsStatus.ServFail,
            "TIMEOUT" => DnsStatus.Timeout,
            _ => null,
        };

        private static IReadOnlyList<string> ReadRecords(JsonElement value, DnsType type)
        {
            if (value.ValueKind != JsonValueKind.Array)
            {
                return [Text(value)];
            }

            var records = value.EnumerateArray().ToList();
            return type == DnsType.Mx
                ? [.. records.Select(ReadMx).OrderBy(mx => mx.Preference).Select(mx => mx.Host)]
                : [.. records.Select(record => Form(Text(record), type))];
        }

        private static string Form(string text, DnsType type) => type == DnsType.Ptr ? DomainName.Canonical(text) : text;

        // "10 host", "host", [10, "host"] and {"exchange": …, "priority": …} are all in use.
        private static (int Preference, string Host) ReadMx(JsonElement record)
        {
            switch (record.ValueKind)
            {
                case JsonValueKind.Array:
                    return (record[0].GetInt32(), DomainName.Canonical(Text(record[1])));
                case JsonValueKind.Object:
                    return (record.TryGetProperty("priority", out var priority) ? priority.GetInt32() : 0, DomainName.Canonical(Text(record.GetProperty("exchange"))));
                default:
                    var words = Text(record).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    return words is [var number, var host] && int.TryParse(number, out var preference)
                        ? (preference, DomainName.Canonical(host))
                        : (0, words is [var only, ..] ? DomainName.Canonical(only) : "");
            }
        }

        // The strings of one TXT record may be given apart: they are one text (RFC 7208 §3.3).
        private static string Text(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Array => string.Concat(element.EnumerateArray().Select(Text)),
            JsonValueKind.String => element.GetString() ?? "",
            _ => throw new FormatException("a record is a string or a list of strings"),
        };
    }
}
