using System.Collections.Frozen;
using Weir.Directory.Contracts;
using Weir.Directory.Organisations;

namespace Weir.Directory.Ldap;

/// <summary>What entries of a directory server say of people and lists: a pure function of the entries and of what was known before.</summary>
internal static class LdapReading
{
    private const string Smtp = "smtp:";

    public static IReadOnlyList<string> PersonAttributes { get; } =
        ["entryUUID", "objectGUID", "uid", "sAMAccountName", "mail", "proxyAddresses", "mailAlternateAddress", "displayName", "cn", "department", "departmentNumber", "ou", "title", "physicalDeliveryOfficeName", "l", "manager", "mailForwardingAddress"];

    public static IReadOnlyList<string> GroupAttributes { get; } = ["mail", "cn", "displayName", "member", "uniqueMember", "memberUid"];

    /// <summary>The rows to store, by address; what the server does not say of somebody stays as it was.</summary>
    /// <param name="before">What is stored now.</param>
    public static (List<PersonRow> People, List<ListRow> Lists, List<string> Notes) Of(IReadOnlyList<LdapEntry> people, IReadOnlyList<LdapEntry> groups, IReadOnlyList<PersonRow> before)
    {
        var notes = new List<string>();
        var known = before.ToFrozenDictionary(row => row.Address, StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var byDn = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var byUid = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var chosen = new List<(LdapEntry Entry, string Address, List<string> Aliases)>();
        foreach (var entry in people.OrderBy(entry => entry.Dn, StringComparer.Ordinal))
        {
            var addresses = Addresses(entry);
            if (addresses.Count == 0)
            {
                continue;
            }

            if (!taken.Add(addresses[0]))
            {
                notes.Add($"{entry.Dn}: {addresses[0]} is somebody else's too; the entry is left out.");
                continue;
            }

            byDn[entry.Dn] = addresses[0];
            foreach (var uid in entry.All("uid").Concat(entry.All("sAMAccountName")))
            {
                byUid.TryAdd(uid, addresses[0]);
            }

            chosen.Add((entry, addresses[0], addresses[1..]));
        }

        var rows = new List<PersonRow>();
        foreach (var (entry, address, aliases) in chosen)
        {
            var own = aliases.Where(taken.Add).ToList();
            if (own.Count < aliases.Count)
            {
                notes.Add($"{entry.Dn}: {string.Join(", ", aliases.Except(own, StringComparer.Ordinal))} belongs to somebody else too; it is not counted as an alias.");
            }

            rows.Add(Row(entry, address, own, known.GetValueOrDefault(address), byDn, ids));
        }

        return (rows, Lists(groups, byDn, byUid, notes), notes);
    }

    private static PersonRow Row(LdapEntry entry, string address, List<string> aliases, PersonRow? before, Dictionary<string, string> byDn, HashSet<string> ids)
    {
        var id = entry.First("entryUUID", "objectGUID") is { Length: > 0 } unique && ids.Add(unique) ? unique : address;
        ids.Add(id);
        return new PersonRow
        {
            ObjectId = id,
            DisplayName = entry.First("displayName", "cn"),
            Address = address,
            Aliases = aliases,
            Kind = before?.Kind ?? MailboxKind.User,
            Department = entry.First("department", "departmentNumber", "ou"),
            Title = entry.First("title"),
            Office = entry.First("physicalDeliveryOfficeName", "l"),
            Manager = entry.First("manager") is { Length: > 0 } manager ? byDn.GetValueOrDefault(manager) : null,
            Tags = before?.Tags ?? [],
            IsProtected = before?.IsProtected ?? false,
            ForwardsTo = entry.First("mailForwardingAddress") is { Length: > 0 } forwards ? forwards.ToLowerInvariant() : before?.ForwardsTo,
        };
    }

    private static List<ListRow> Lists(IReadOnlyList<LdapEntry> groups, Dictionary<string, string> byDn, Dictionary<string, string> byUid, List<string> notes)
    {
        var named = new List<(LdapEntry Entry, string Name)>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in groups.OrderBy(group => group.Dn, StringComparer.Ordinal))
        {
            // A group without an address is no list, but a tag can name it.
            var name = (group.First("mail") is { Length: > 0 } mail ? mail : group.First("cn")).Trim().ToLowerInvariant();
            if (name.Length == 0 || !taken.Add(name))
            {
                notes.Add($"{group.Dn}: {(name.Length == 0 ? "it has neither mail nor cn" : $"{name} is another group's too")}; the group is left out.");
                continue;
            }

            byDn.TryAdd(group.Dn, name);
            named.Add((group, name));
        }

        return
        [
            .. named.Select(group => new ListRow
            {
                Address = group.Name,
                DisplayName = group.Entry.First("displayName", "cn"),
                Members =
                [
                    .. group.Entry.All("member").Concat(group.Entry.All("uniqueMember")).Select(dn => byDn.GetValueOrDefault(dn))
                        .Concat(group.Entry.All("memberUid").Select(uid => byUid.GetValueOrDefault(uid)))
                        .OfType<string>().Distinct(StringComparer.Ordinal),
                ],
            }),
        ];
    }

    /// <summary>The mailbox's own address first: Exchange's primary one (SMTP: in capitals), else the first mail.</summary>
    private static List<string> Addresses(LdapEntry entry)
    {
        var proxies = entry.All("proxyAddresses").Where(value => value.StartsWith(Smtp, StringComparison.OrdinalIgnoreCase)).ToList();
        var all = proxies.Where(value => value.StartsWith("SMTP:", StringComparison.Ordinal)).Select(value => value[Smtp.Length..])
            .Concat(entry.All("mail"))
            .Concat(proxies.Select(value => value[Smtp.Length..]))
            .Concat(entry.All("mailAlternateAddress"));
        return [.. all.Select(address => address.Trim().ToLowerInvariant()).Where(address => address.IndexOf('@', StringComparison.Ordinal) > 0).Distinct(StringComparer.Ordinal)];
    }
}
