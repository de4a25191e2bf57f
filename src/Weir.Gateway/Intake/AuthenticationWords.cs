using Weir.Mail.Contracts;

namespace Weir.Gateway.Intake;

/// <summary>Authentication results as JSON text: the short form of the hunting schema, and everything for the entity page.</summary>
internal static class AuthenticationWords
{
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
    });

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
