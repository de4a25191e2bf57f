namespace Weir.Intelligence.Contracts;

/// <summary>What of a message entries of the list can speak of.</summary>
public sealed record MailTraits
{
    /// <summary>The author's address.</summary>
    public string Author { get; init; } = "";

    /// <summary>MAIL FROM, else Return-Path.</summary>
    public string MailFrom { get; init; } = "";

    public string ClientIp { get; init; } = "";

    /// <summary>The client's name in DNS, empty when it has none; nothing when it is not known, which every name fits.</summary>
    public string? ClientName { get; init; } = "";

    /// <summary>Links, each with its host in ASCII.</summary>
    public IReadOnlyList<(string Url, string Domain)> Urls { get; init; } = [];

    /// <summary>SHA-256 of files, those in archives too, in lower case.</summary>
    public IReadOnlyList<string> Hashes { get; init; } = [];
}
