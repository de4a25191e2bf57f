using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Detection.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Server.Analysis;

/// <summary>An analysis as JSON. The verdict of a file that could not be read, or is no mail, is <c>Unknown</c>, and <c>error</c> says why.</summary>
internal static class AnalysisJson
{
    private static readonly JsonWriterOptions Line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions Indented = Line with { Indented = true };

    public static string Of(AnalyzedFile file, bool indented)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, indented ? Indented : Line))
        {
            Write(json, file);
        }

        // Lone surrogates cannot occur: the writer replaces them.
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, AnalyzedFile file)
    {
        var judgement = file.Judged?.Judgement;
        json.WriteStartObject();
        json.WriteString("file", file.File);
        json.WriteString("verdict", judgement is null ? "Unknown" : Names.Of(judgement.Verdict));
        Strings(json, "threats", judgement?.Threats.Select(threat => threat.ToString()) ?? []);
        json.WriteString("confidence", judgement?.Confidence ?? "");
        json.WriteNumber("score", judgement?.Score ?? 0);
        json.WriteStartArray("signals");
        foreach (var signal in judgement?.Signals ?? [])
        {
            Write(json, signal);
        }

        json.WriteEndArray();
        Strings(json, "because", judgement?.Because ?? []);
        if (judgement?.WouldChange is { } change)
        {
            json.WriteStartObject("wouldChange");
            Strings(json, "remove", change.Remove);
            json.WriteString("to", Names.Of(change.To));
            json.WriteEndObject();
        }

        json.WriteStartObject("thresholds");
        foreach (var (name, value) in judgement?.Thresholds ?? new Dictionary<string, double>(StringComparer.Ordinal))
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteStartObject("versions");
        foreach (var (name, version) in judgement?.Versions ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            json.WriteString(name, version);
        }

        json.WriteEndObject();
        json.WriteString("threatClassification", judgement?.ThreatClassification ?? "");
        json.WriteNumber("bulkComplaintLevel", judgement?.BulkComplaintLevel ?? 0);
        json.WriteString("direction", file.Judged is { } judged ? Names.Of(judged.Direction) : "");
        json.WritePropertyName("authentication");
        Write(json, file.Judged?.Authentication);
        json.WriteNumber("milliseconds", Math.Round(file.Milliseconds, 2));
        if (file.Error.Length > 0)
        {
            json.WriteString("error", file.Error);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Signal signal)
    {
        json.WriteStartObject();
        json.WriteString("name", signal.Name);
        json.WriteString("technology", Names.Of(signal.Technology));
        json.WriteNumber("weight", signal.Weight);
        json.WriteString("threat", signal.Threat?.ToString() ?? "");
        json.WriteBoolean("conclusive", signal.IsConclusive);
        json.WriteString("evidence", signal.Evidence);
        if (signal.Entity is { } entity)
        {
            json.WriteString("entity", entity);
        }

        json.WriteStartArray("places");
        foreach (var place in signal.Places)
        {
            Write(json, place);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Place place)
    {
        json.WriteStartObject();
        json.WriteString("kind", place.Kind.ToString());
        json.WriteString("name", place.Name);
        if (place.Part.Length > 0)
        {
            json.WriteString("part", place.Part);
        }

        if (place.Member.Length > 0)
        {
            json.WriteString("member", place.Member);
        }

        if (place.HasBytes)
        {
            json.WriteNumber("start", place.Start);
            json.WriteNumber("end", place.End);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AuthenticationResults? results)
    {
        json.WriteStartObject();
        if (results is not null)
        {
            json.WriteString("spf", results.Spf.ToString());
            json.WriteString("spfDomain", results.SpfDomain);
            json.WriteString("spfReason", results.SpfReason);
            json.WriteString("dkim", results.Dkim.ToString());
            json.WriteString("dmarc", results.Dmarc.ToString());
            json.WriteString("policy", results.Policy.ToString());
            json.WriteString("dmarcReason", results.DmarcReason);
            Write(json, results.Arc);
            json.WriteString("trustedSealer", results.TrustedSealer);
            json.WriteString("composite", results.Composite.ToString());
            json.WriteString("compositeReason", results.CompositeReason);
            json.WriteBoolean("recorded", results.IsRecorded);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ArcChain chain)
    {
        json.WriteString("arc", chain.Result.ToString());
        json.WriteString("arcReason", chain.Reason);
        json.WriteStartArray("arcSets");
        foreach (var set in chain.Sets)
        {
            json.WriteStartObject();
            json.WriteNumber("instance", set.Instance);
            json.WriteString("domain", set.Domain);
            json.WriteString("selector", set.Selector);
            json.WriteString("messageSignature", set.MessageSignature.ToString());
            json.WriteString("seal", set.Seal.ToString());
            json.WriteString("reason", set.Reason);
            json.WriteString("reported", set.ReportedResults);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
