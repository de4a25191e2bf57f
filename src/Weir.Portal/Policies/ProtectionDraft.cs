using Weir.Detection.Contracts;

namespace Weir.Portal.Policies;

/// <summary>Whom and what a policy protects, while it is edited.</summary>
internal sealed class ProtectionDraft
{
    /// <summary>One a line: an address, or <c>First Last &lt;address&gt;</c>.</summary>
    public string Users { get; set; } = "";

    public string Domains { get; set; } = "";
    public string Trusted { get; set; } = "";

    public static ProtectionDraft Of(IEnumerable<ProtectedUser> users, IEnumerable<string> domains, IEnumerable<string> trusted) => new()
    {
        Users = TextLines.Write(users.Select(user => user.Name.Length > 0 ? $"{user.Name} <{user.Address}>" : user.Address)),
        Domains = TextLines.Write(domains),
        Trusted = TextLines.Write(trusted),
    };

    public IReadOnlyList<ProtectedUser> ReadUsers() =>
        [.. Users.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    private static ProtectedUser Read(string line)
    {
        var (open, close) = (line.LastIndexOf('<'), line.LastIndexOf('>'));
        return open >= 0 && close > open ? new ProtectedUser(line[..open].Trim().Trim('"'), line[(open + 1)..close].Trim()) : new ProtectedUser("", line);
    }
}
