using Weir.Detection.Contracts;
using Weir.Detection.Facts;
using Weir.Detection.Facts.Places;

namespace Weir.Detection.Detectors;

/// <summary>What filters before Weir wrote into the header. Kept as evidence and never weighed: whoever sends a message can write these fields too.</summary>
internal sealed class OtherFilter : IDetector
{
    private const int Most = 5;

    private static readonly string[] Fields =
    [
        "X-Spamd-Result", "X-Spam-Status", "X-Spam-Flag", "X-Spam-Level", "X-Spam-Report", "X-Rspamd-Action", "X-Spam", "X-Virus-Status", "X-Amavis-Alert", "X-Bogosity", "X-CRM114-Status",
        "X-Forefront-Antispam-Report", "X-Microsoft-Antispam", "X-MS-Exchange-Organization-SCL", "X-Barracuda-Spam-Status", "X-Proofpoint-Spam-Details", "X-Proofpoint-Virus-Version",
        "X-IronPort-Anti-Spam-Result", "X-Mimecast-Spam-Score", "X-Sophos-Antispam", "X-MailScanner-SpamCheck", "X-TM-AS-Result", "X-Spam-Score",
    ];

    public string Id => "other-filter";

    public IEnumerable<Signal> Examine(MessageFacts message) => Fields
        .Select(name => (Name: name, Value: message.Message.Header(name)))
        .Where(field => !string.IsNullOrWhiteSpace(field.Value))
        .Take(Most)
        .Select(field => Say.Any("other-filter-says", $"{field.Name}: {string.Join(' ', field.Value!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}", DetectionTechnology.GeneralFilter).At(In.Header(field.Name)));
}
