using Weir.Detection.Contracts;

namespace Weir.Gateway.Rejudging;

/// <summary>What the indicator files name.</summary>
internal sealed class ConcernOfIndicators(IIndicators indicators) : IConcern
{
    public bool HasSenders => false;
    public bool HasUrls => true;
    public bool HasFiles => true;
    public bool HasAddresses => true;

    public bool Sender(string address) => false;

    public bool Url(string url, string host) => indicators.OfUrl(url, host) is not null;

    public bool File(string sha256) => indicators.OfFile(sha256) is not null;

    public bool Address(string ip) => indicators.OfAddress(ip) is not null;
}
