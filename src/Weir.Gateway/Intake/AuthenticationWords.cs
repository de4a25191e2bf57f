using System.Text.Json;
using Weir.Mail.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Authentication results as JSON text: the short form of the hunting schema, and everything for the entity page.</summary>
internal static class AuthenticationWords
{
    /// <summary>ARC sets kept, the newest; more than a few is already odd.</summary>
    private const int MostSets = 10;

    /// <summary><c>{"SPF":"pass","DKIM":"none","DMARC":"fail","CompAuth":"fail"}</c></summary>
    public static string Details(AuthenticationResults results) => JsonText.Object(writer =>
    {
        writer.WriteString("SPF", Word(results.Spf));
        writer.WriteString("DKIM", Word(results.Dkim));
        writer.WriteString("DMARC", Word(results.Dmarc));
        writer.WriteString("CompAuth", Word(results.Composite));
    });

    public static string Evidence(AuthenticationResults results) => JsonText.Object(writer =>
    {
        writer.WriteBoolean("recorded", results.IsRecorded);
        writer.WriteStartObject("spf");
        writer.WriteString("result", Word(results.Spf));
        writer.WriteString("domain", results.SpfDomain);
        writer.WriteString("reason", results.SpfReason);
        writer.WriteEndObject();
        writer.WriteStartObject("dkim");
        writer.WriteString("result", Word(results.Dkim));
        writer.WriteStartArray("signatures");
        foreach (var signature in results.Signatures)
        {
            writer.WriteStartObject();
            writer.WriteString("result", Word(signature.Result));
            writer.WriteString("domain", signature.Domain);
            writer.WriteString("selector", signature.Selector);
            writer.WriteString("reason", signature.Reason);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteStartObject("dmarc");
        writer.WriteString("result", Word(results.Dmarc));
        writer.WriteString("policy", Word(results.Policy));
        writer.WriteString("domain", results.OrganizationalDomain);
        writer.WriteString("reason", results.DmarcReason);
        writer.WriteEndObject();
        writer.WriteStartObject("compauth");
        writer.WriteString("result", Word(results.Composite));
        writer.WriteString("reason", results.CompositeReason);
        writer.WriteEndObject();
        Write(writer, results.Arc, results.TrustedSealer);
    });

    /// <summary>The results that <see cref="Evidence"/> was written of; nothing when there is none or it cannot be read.</summary>
    public static AuthenticationResults? Read(string evidence)
    {
        if (evidence.Length == 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(evidence);
            var root = document.RootElement;
            var (spf, dkim, dmarc, composite, arc) = (root.GetProperty("spf"), root.GetProperty("dkim"), root.GetProperty("dmarc"), root.GetProperty("compauth"), root.GetProperty("arc"));
            return new AuthenticationResults
            {
                IsRecorded = root.GetProperty("recorded").GetBoolean(),
                Spf = Value<SpfResult>(spf, "result"),
                SpfDomain = Text(spf, "domain"),
                SpfReason = Text(spf, "reason"),
                Dkim = Value<DkimResult>(dkim, "result"),
                Signatures = [.. dkim.GetProperty("signatures").EnumerateArray().Select(one => new DkimSignatureResult(Value<DkimResult>(one, "result"), Text(one, "domain"), Text(one, "selector"), Text(one, "reason")))],
                Dmarc = Value<DmarcResult>(dmarc, "result"),
                Policy = Value<DmarcPolicy>(dmarc, "policy"),
                OrganizationalDomain = Text(dmarc, "domain"),
                DmarcReason = Text(dmarc, "reason"),
                Composite = Value<CompositeResult>(composite, "result"),
                CompositeReason = Text(composite, "reason"),
                TrustedSealer = Text(arc, "trustedSealer"),
                Arc = new ArcChain { Result = Value<ArcResult>(arc, "result"), Reason = Text(arc, "reason"), Sets = [.. arc.GetProperty("sets").EnumerateArray().Select(Set)] },
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Of an older form: it is found out again.
            return null;
        }
    }

    private static ArcSet Set(JsonElement set) => new()
    {
        Instance = set.GetProperty("instance").GetInt32(),
        Domain = Text(set, "domain"),
        Selector = Text(set, "selector"),
        MessageSignature = Value<DkimResult>(set, "messageSignature"),
        Seal = Value<DkimResult>(set, "seal"),
        Reason = Text(set, "reason"),
        ReportedResults = Text(set, "reported"),
    };

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static T Value<T>(JsonElement element, string name)
        where T : struct, Enum => Enum.TryParse<T>(Text(element, name), ignoreCase: true, out var value) ? value : throw new FormatException($"{name} is no {typeof(T).Name}.");

    private static void Write(Utf8JsonWriter writer, ArcChain chain, string trustedSealer)
    {
        writer.WriteStartObject("arc");
        writer.WriteString("result", Word(chain.Result));
        writer.WriteString("reason", chain.Reason);
        writer.WriteString("trustedSealer", trustedSealer);
        writer.WriteStartArray("sets");
        foreach (var set in chain.Sets.Skip(chain.Sets.Count - MostSets))
        {
            writer.WriteStartObject();
            writer.WriteNumber("instance", set.Instance);
            writer.WriteString("domain", set.Domain);
            writer.WriteString("selector", set.Selector);
            writer.WriteString("messageSignature", Word(set.MessageSignature));
            writer.WriteString("seal", Word(set.Seal));
            writer.WriteString("reason", set.Reason);
            writer.WriteString("reported", set.ReportedResults);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
