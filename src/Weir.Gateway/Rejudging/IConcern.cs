namespace Weir.Gateway.Rejudging;

/// <summary>Things in mail that something speaks of. It may say yes too often: the judge decides.</summary>
internal interface IConcern
{
    bool HasSenders { get; }
    bool HasUrls { get; }
    bool HasFiles { get; }
    bool HasAddresses { get; }

    /// <param name="address">Of the envelope or the author.</param>
    bool Sender(string address);

    bool Url(string url, string host);

    /// <param name="sha256">Lower-case hex.</param>
    bool File(string sha256);

    /// <param name="ip">Of the machine that handed the message over.</param>
    bool Address(string ip);
}
