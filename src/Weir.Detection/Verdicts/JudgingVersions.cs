using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Weir.Detection.Facts;
using Weir.Directory.Contracts;
using Weir.Mail.Contracts;

namespace Weir.Detection.Verdicts;

/// <summary>
/// What judged a message, each by a short hash of its content: the same message with the same versions, and the same answers from outside (DNS, antimalware
/// engine, history of mail), gets the same verdict.
/// </summary>
internal sealed class JudgingVersions(Weights weights, IOptions<DetectionOptions> options, IEnumerable<IVersioned> others)
{
    private readonly ConditionalWeakTable<object, string> _known = [];

    private readonly IReadOnlyList<KeyValuePair<string, string>> _fixed =
    [
        new("rules", Rules()),
        new("lists", Lists()),
        new("weights", WeightsAndThresholds(weights, options.Value.Thresholds)),
        new("settings", Hash([.. options.Value.Off.Order(StringComparer.Ordinal), "trusted", .. options.Value.TrustedClients])),
    ];

    private readonly IReadOnlyList<IVersioned> _others = [.. others.OrderBy(other => other.Name, StringComparer.Ordinal)];

    /// <summary>Versions by name.</summary>
    public IReadOnlyDictionary<string, string> Of(MessageFacts message) => new Dictionary<string, string>(
        [
            .. _fixed,
            .. _others.Where(other => other.Version.Length > 0).Select(other => KeyValuePair.Create(other.Name, other.Version)),
            new("allow/block list", message.ListVersion),
            new("directory", Known(message.Organisation, Organisation)),
        ],
        StringComparer.Ordinal);

    /// <summary>Twelve hexadecimal digits of SHA-256 over lines.</summary>
    public static string Hash(IEnumerable<string> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line));
            hash.AppendData("\n"u8);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..12];
    }

    /// <summary>Snapshots are immutable, so each is hashed once.</summary>
    private string Known<T>(T what, Func<T, string> hash)
        where T : class =>
        _known.GetValue(what, _ => hash(what));

    /// <summary>Builds are deterministic: the id of a module is a hash of its code.</summary>
    private static string Rules() =>
        Hash(new[] { typeof(JudgingVersions), typeof(MailParser) }.Select(type => type.Assembly.ManifestModule.ModuleVersionId.ToString()));

    private static string Lists() => Hash(FactLists.Names.SelectMany(name => FactLists.Lines(name).Prepend(name)));

    private static string WeightsAndThresholds(Weights weights, Thresholds thresholds) => Hash(
        [
            .. Weights.Names.Order(StringComparer.Ordinal).Select(name => string.Create(CultureInfo.InvariantCulture, $"{name} {weights.Of(name):R}")),
            .. thresholds.ByName.Select(threshold => string.Create(CultureInfo.InvariantCulture, $"{threshold.Key} {threshold.Value:R}")),
        ]);

    private static string Organisation(IOrganisation organisation) => Hash(
        [
            .. organisation.OwnDomains, "partners", .. organisation.ProtectedDomains, "people",
            .. organisation.People.Select(person => $"{person.DisplayName}|{person.Address}|{string.Join(' ', person.Aliases)}|{person.ForwardsTo}|{person.IsProtected}"),
        ]);
}
