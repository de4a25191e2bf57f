using System.Security.Cryptography;
using System.Text;
using Weir.Detection.Contracts;
using Weir.Events.Contracts;
using Weir.Kernel;

namespace Weir.Response.Campaigns;

/// <summary>What a campaign is called, and what kind it is.</summary>
internal static class CampaignNames
{
    private const int Longest = 60;

    /// <summary>A GUID in the shape of version 7 (RFC 9562 §5.7) made of the campaign's first message: the time of its id, then bits of a hash. Found again, it is the same.</summary>
    public static Guid IdOf(NetworkMessageId first)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"campaign {first}"), bytes);
        Span<byte> own = stackalloc byte[16];
        first.Value.TryWriteBytes(own, bigEndian: true, out _);
        own[..6].CopyTo(bytes);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes[..16], bigEndian: true);
    }

    public static string TypeOf(MessageJudged judged, MailClass kind) =>
        kind == MailClass.Spam ? CampaignTypes.Spam
        : judged.Verdict == Weir.Detection.Contracts.Names.Of(Verdict.Malware) ? CampaignTypes.Malware
        : CampaignTypes.Phish;

    /// <summary>The phished brand, or what a scanner calls the file.</summary>
    public static string SubtypeOf(MessageJudged judged, MailClass kind)
    {
        var brand = Weir.Detection.Contracts.Names.Of(DetectionTechnology.ImpersonationBrand);
        return Cut(TypeOf(judged, kind) switch
        {
            CampaignTypes.Malware => judged.ThreatNames.Split(", ")[0],
            CampaignTypes.Phish => judged.Signals.FirstOrDefault(signal => signal.Technology == brand && signal.Impersonates is { Length: > 0 })?.Impersonates ?? "",
            _ => "",
        });
    }

    /// <summary>Type, then what is best known of it, then four characters of the id.</summary>
    public static string NameOf(CampaignState campaign, IReadOnlyList<SpokenTrait> traits)
    {
        var place = traits.Where(one => one.Trait.Kind is TraitKind.Host or TraitKind.Domain or TraitKind.Signer).OrderBy(one => one.Trait.Kind).Select(one => one.Value.Split('.')[0]).FirstOrDefault("");
        var middle = campaign.Subtype.Length > 0 ? campaign.Subtype : place;
        return middle.Length == 0 ? $"{campaign.Type}.{campaign.Id.ToString("D")[^4..]}" : $"{campaign.Type}.{Cut(middle)}.{campaign.Id.ToString("D")[^4..]}";
    }

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;
}
