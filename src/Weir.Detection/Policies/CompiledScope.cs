using Weir.Detection.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Detection.Policies;

/// <summary>A scope with its lists looked up: whether a recipient is in it is a question of tables.</summary>
internal sealed class CompiledScope(PolicyScope scope, IOrganisation organisation)
{
    private readonly HashSet<string> _users = Users(scope.Users, organisation);
    private readonly HashSet<string> _groups = Members(scope.Groups, organisation);
    private readonly HashSet<string> _domains = new(scope.Domains, StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _exceptUsers = Users(scope.ExceptUsers, organisation);
    private readonly HashSet<string> _exceptGroups = Members(scope.ExceptGroups, organisation);
    private readonly HashSet<string> _exceptDomains = new(scope.ExceptDomains, StringComparer.OrdinalIgnoreCase);

    public bool Applies(Addressee who) => WhyNamed(who) is not null && WhyExcepted(who) is null;

    /// <summary>How the scope names the recipient; nothing when it does not.</summary>
    public string? WhyNamed(Addressee who) =>
        scope.IsEverybody ? "it is for everybody" : Way(who, _users, _groups, _domains);

    /// <summary>How the scope excepts the recipient; nothing when it does not.</summary>
    public string? WhyExcepted(Addressee who) => Way(who, _exceptUsers, _exceptGroups, _exceptDomains);

    /// <summary>Members of lists in lower case, with the lists themselves, through lists in lists.</summary>
    public static HashSet<string> Members(IEnumerable<string> lists, IOrganisation organisation)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var open = new Stack<string>(lists);
        while (open.TryPop(out var address))
        {
            if (!found.Add(address))
            {
                continue;
            }

            foreach (var member in organisation.FindList(address)?.Members ?? [])
            {
                open.Push(organisation.Find(member)?.Address ?? member);
            }
        }

        return found;
    }

    private static HashSet<string> Users(IEnumerable<string> users, IOrganisation organisation) =>
        new(users.Select(user => organisation.Find(user)?.Address ?? user), StringComparer.OrdinalIgnoreCase);

    private static string? Way(Addressee who, HashSet<string> users, HashSet<string> groups, HashSet<string> domains) =>
        users.Contains(who.Address) || users.Contains(who.Mailbox) ? "the address is named"
        : groups.Contains(who.Address) || groups.Contains(who.Mailbox) ? "a group that it is in is named"
        : domains.Contains(who.Domain) ? "its domain is named"
        : null;
}
