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
