using Weir.Detection.Contracts;

namespace Weir.Portal.Policies;

/// <summary>A scope while it is edited.</summary>
internal sealed class ScopeDraft
{
    public bool IsEverybody { get; set; } = true;
    public string Users { get; set; } = "";
    public string Groups { get; set; } = "";
    public string Domains { get; set; } = "";
    public string ExceptUsers { get; set; } = "";
    public string ExceptGroups { get; set; } = "";
    public string ExceptDomains { get; set; } = "";

    public static ScopeDraft Of(PolicyScope scope) => new()
    {
        IsEverybody = scope.IsEverybody,
        Users = TextLines.Write(scope.Users),
        Groups = TextLines.Write(scope.Groups),
        Domains = TextLines.Write(scope.Domains),
        ExceptUsers = TextLines.Write(scope.ExceptUsers),
        ExceptGroups = TextLines.Write(scope.ExceptGroups),
        ExceptDomains = TextLines.Write(scope.ExceptDomains),
    };

    public PolicyScope Scope => new()
    {
        IsEverybody = IsEverybody,
        Users = IsEverybody ? [] : TextLines.Read(Users),
        Groups = IsEverybody ? [] : TextLines.Read(Groups),
        Domains = IsEverybody ? [] : TextLines.Read(Domains),
        ExceptUsers = TextLines.Read(ExceptUsers),
        ExceptGroups = TextLines.Read(ExceptGroups),
        ExceptDomains = TextLines.Read(ExceptDomains),
    };
}
