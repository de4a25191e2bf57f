using System.Text.Json.Serialization;

namespace Weir.Detection.Contracts;

/// <summary>Whom a policy is for: everybody, or whoever is named in one of three ways; who is excepted never gets it.</summary>
public sealed record PolicyScope
{
    public static PolicyScope Everybody { get; } = new() { IsEverybody = true };

    public static PolicyScope Nobody { get; } = new();

    public bool IsEverybody { get; init; }

    /// <summary>Addresses of mailboxes; their aliases count.</summary>
    public IReadOnlyList<string> Users { get; init => field = value ?? []; } = [];

    /// <summary>Addresses of distribution lists: the list and everybody in it, through lists in lists.</summary>
    public IReadOnlyList<string> Groups { get; init => field = value ?? []; } = [];

    /// <summary>Domains of the recipient's address, not those below them.</summary>
    public IReadOnlyList<string> Domains { get; init => field = value ?? []; } = [];

    public IReadOnlyList<string> ExceptUsers { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> ExceptGroups { get; init => field = value ?? []; } = [];
    public IReadOnlyList<string> ExceptDomains { get; init => field = value ?? []; } = [];

    /// <summary>It names nobody.</summary>
    [JsonIgnore]
    public bool IsNobody => !IsEverybody && Users.Count + Groups.Count + Domains.Count == 0;

    [JsonIgnore]
    public bool HasExceptions => ExceptUsers.Count + ExceptGroups.Count + ExceptDomains.Count > 0;
}
