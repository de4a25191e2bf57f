using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Mail.Authentication.Dkim;

namespace Weir.Mail.Authentication.Arc;

/// <summary>The three fields of one ARC set (RFC 8617 §4.1), read.</summary>
/// <param name="Reported">ARC-Authentication-Results behind the instance, unfolded.</param>
internal sealed partial record ArcFields(int Instance, RawField Results, RawField Signature, RawField Seal, string Reported, DkimSignature MessageSignature, ArcSeal ParsedSeal)
{
    /// <summary>§4.2.1.</summary>
    private const int MostSets = 50;

    /// <summary>Characters of all ARC fields together; each seal is over all sets below it.</summary>
    private const int MostText = 256 * 1024;

    private const string ResultsName = "ARC-Authentication-Results", SignatureName = "ARC-Message-Signature", SealName = "ARC-Seal";

    /// <summary>The sets of a message by instance, or why they make no chain (§5.2, steps 1 to 3A). Without any field there is neither.</summary>
    public static (IReadOnlyList<ArcFields> Sets, string Error) Read(RawMail mail)
    {
        var (results, error) = Collect(mail, ResultsName);
        var (signatures, signatureError) = Collect(mail, SignatureName);
        var (seals, sealError) = Collect(mail, SealName);
        error = string.Join("; ", new[] { error, signatureError, sealError }.Where(text => text.Length > 0));
        if (error.Length > 0)
        {
            return ([], error);
        }

        var count = Math.Max(results.Count, Math.Max(signatures.Count, seals.Count));
        if (results.Values.Concat(signatures.Values).Concat(seals.Values).Sum(field => (long)field.Value.Length) > MostText)
        {
            return ([], $"the ARC fields have more than {MostText} characters");
        }

        var sets = new List<ArcFields>(count);
        for (var instance = 1; instance <= count; instance++)
        {
            if (Missing(instance, results, signatures, seals) is { Length: > 0 } missing)
            {
                return ([], $"{missing} i={instance} is missing");
            }

            var (set, wrong) = Parse(instance, results[instance], signatures[instance], seals[instance]);
            if (set is null)
            {
                return ([], wrong);
            }

            sets.Add(set);
        }

        return (sets, "");
    }

    private static string Missing(int instance, Dictionary<int, RawField> results, Dictionary<int, RawField> signatures, Dictionary<int, RawField> seals) =>
        !results.ContainsKey(instance) ? ResultsName
        : !signatures.ContainsKey(instance) ? SignatureName
        : !seals.ContainsKey(instance) ? SealName
        : "";

    private static (ArcFields? Set, string Error) Parse(int instance, RawField results, RawField signature, RawField seal)
    {
        // Both were read once for their instance.
        var (message, error) = TagList.ParseStrict(signature.Value) is { } tags ? DkimSignature.ParseArc(tags) : (null, "malformed tag list");
        if (message is null)
        {
            return (null, $"{SignatureName} i={instance}: {error}");
        }

        var (parsed, sealError) = TagList.ParseStrict(seal.Value) is { } sealTags ? ArcSeal.Parse(sealTags) : (null, "malformed tag list");
        return parsed is null
            ? (null, $"{SealName} i={instance}: {sealError}")
            : (new ArcFields(instance, results, signature, seal, Behind(results.Value), message, parsed), "");
    }

    /// <summary>The fields of one name by their instance; each may be there once.</summary>
    private static (Dictionary<int, RawField> Fields, string Error) Collect(RawMail mail, string name)
    {
        var fields = new Dictionary<int, RawField>();
        foreach (var field in mail.Fields.Where(field => field.Name.TrimEnd(' ', '\t').Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            if (InstanceOf(field, name) is not { } instance)
            {
                return (fields, $"{name} has no instance from 1 to {MostSets}");
            }

            if (!fields.TryAdd(instance, field))
            {
                return (fields, $"{name} i={instance} is there twice");
            }
        }

        return (fields, "");
    }

    private static int? InstanceOf(RawField field, string name)
    {
        var text = name == ResultsName ? InstancePattern().Match(field.Value).Groups["number"].Value : TagList.ParseStrict(field.Value)?["i"] ?? "";
        return text.Length is 1 or 2 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var instance) && instance is >= 1 and <= MostSets ? instance : null;
    }

    private static string Behind(string value) => Unfolded().Replace(value[InstancePattern().Match(value).Length..], " ").Trim();

    // §4.1.1: the instance comes first, white space and comments around it.
    [GeneratedRegex(@"^([ \t\r\n]|\([^()]*\))*i([ \t\r\n]|\([^()]*\))*=([ \t\r\n]|\([^()]*\))*(?<number>[0-9]{1,2})([ \t\r\n]|\([^()]*\))*;", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex InstancePattern();

    [GeneratedRegex(@"[ \t\r\n]+", RegexOptions.NonBacktracking)]
    private static partial Regex Unfolded();
}
