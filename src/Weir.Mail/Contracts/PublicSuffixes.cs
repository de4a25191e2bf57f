using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Reflection;

namespace Weir.Mail.Contracts;

/// <summary>
/// The public suffix algorithm (publicsuffix.org): which part of a name one owner registered. Names may be Unicode or punycode;
/// answers come in the form of the question, in lower case.
/// </summary>
public sealed class PublicSuffixes
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };
    private static readonly Lazy<PublicSuffixes> BuiltInList = new(ReadBuiltIn);

    private readonly FrozenSet<string> _rules;

    private PublicSuffixes(IEnumerable<string> rules) => _rules = rules.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The compact list that Weir brings.</summary>
    public static PublicSuffixes BuiltIn => BuiltInList.Value;

    /// <summary>Number of rules.</summary>
    public int Count => _rules.Count;

    /// <summary>Reads a list in the format of publicsuffix.org: one rule a line, <c>//</c> before comments.</summary>
    public static PublicSuffixes Load(string path) => new(File.ReadLines(path)
        .Select(line => line.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries) is [var rule, ..] ? rule : "")
        .Where(rule => rule.Length > 0 && !rule.StartsWith("//", StringComparison.Ordinal))
        .Select(ToAscii));

    /// <summary>The registered name that a domain belongs to, by the built-in list; the domain itself when it is a suffix or an address.</summary>
    public static string OrganizationalDomain(string domain) => BuiltIn.OrganizationOf(domain);

    /// <summary>As <see cref="OrganizationalDomain"/>, by this list.</summary>
    public string OrganizationOf(string domain)
    {
        var name = domain.TrimEnd('.').ToLowerInvariant();
        return Registrable(name) ?? name;
    }

    /// <summary>The public suffix and one label more; nothing when the domain is a suffix itself, an address, or no domain name.</summary>
    public string? Registrable(string domain)
    {
        var name = domain.EndsWith('.') ? domain[..^1].ToLowerInvariant() : domain.ToLowerInvariant();
        var labels = name.Split('.');
        if (name.Length is 0 or > 1_000 || labels.Any(label => label.Length == 0) || IPAddress.TryParse(name.Trim('[', ']'), out _))
        {
            return null;
        }

        var suffix = SuffixLabels([.. labels.Select(ToAscii)]);
        return suffix >= labels.Length ? null : string.Join('.', labels[^(suffix + 1)..]);
    }

    // The longest matching rule wins, an exception before all; without a rule the last label is the suffix.
    private int SuffixLabels(string[] labels)
    {
        for (var start = 0; start < labels.Length; start++)
        {
            var name = string.Join('.', labels[start..]);
            if (_rules.Contains("!" + name))
            {
                return labels.Length - start - 1;
            }

            if (_rules.Contains(name) || (start + 1 < labels.Length && _rules.Contains("*." + string.Join('.', labels[(start + 1)..]))))
            {
                return labels.Length - start;
            }
        }

        return 1;
    }

    private static PublicSuffixes ReadBuiltIn()
    {
        var assembly = Assembly.GetExecutingAssembly();
        using var stream = assembly.GetManifestResourceStream("Weir.Mail.public-suffixes.txt")
            ?? throw new InvalidOperationException("public-suffixes.txt is not embedded");
        using var reader = new StreamReader(stream);
        var rules = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || line.StartsWith('#'))
            {
                continue;
            }

            var parent = line[..colon].Trim();
            rules.Add(parent);
            rules.AddRange(line[(colon + 1)..]
                .Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(label => label.StartsWith('!') ? $"!{label[1..]}.{parent}" : $"{label}.{parent}"));
        }

        return new PublicSuffixes(rules);
    }

    private static string ToAscii(string name)
    {
        var lower = name.ToLowerInvariant();
        if (System.Text.Ascii.IsValid(lower))
        {
            return lower;
        }

        try
        {
            return string.Join('.', lower.Split('.').Select(label => label is "*" || label.Length == 0 ? label : Idn.GetAscii(label)));
        }
        catch (ArgumentException)
        {
            // No IDNA name: it matches no rule and keeps its form.
            return lower;
        }
    }
}
