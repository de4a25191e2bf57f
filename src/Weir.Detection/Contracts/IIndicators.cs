namespace Weir.Detection.Contracts;

/// <summary>The indicator files: what the organisation was told is bad.</summary>
public interface IIndicators
{
    /// <summary>Changes when the files change; empty when they name nothing.</summary>
    string CurrentVersion();

    /// <summary>The file that names it; nothing when none does.</summary>
    /// <param name="sha256">Lower-case hex.</param>
    string? OfFile(string sha256);

    /// <summary>The file that names the address, its host, or a domain above that.</summary>
    string? OfUrl(string url, string host);

    string? OfAddress(string ip);
}
