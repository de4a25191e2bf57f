using Weir.Directory.Contracts;

namespace Weir.Server.Demo.Lab;

/// <summary>The organisation as the mail server must know it: the files that <c>lab/mail-lab</c> reads.</summary>
internal static class LabOrganisation
{
    public static void Write(IOrganisation organisation, string folder)
    {
        System.IO.Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "mailboxes"), organisation.People.Select(person => person.Address));
        File.WriteAllLines(Path.Combine(folder, "aliases"), [.. Aliases(organisation), .. Forwarders(organisation), .. Lists(organisation)]);
        // Weir reads the sample's own zone; nobody asks the lab's resolver.
        File.WriteAllText(Path.Combine(folder, "dns"), "");
    }

    private static IEnumerable<string> Aliases(IOrganisation organisation) =>
        organisation.People.SelectMany(person => person.Aliases.Select(alias => $"{alias} {person.Address}"));

    private static IEnumerable<string> Forwarders(IOrganisation organisation) =>
        organisation.People.Where(person => person.ForwardsTo is { Length: > 0 }).Select(person => $"{person.Address} {person.Address} {person.ForwardsTo}");

    private static IEnumerable<string> Lists(IOrganisation organisation) =>
        organisation.Lists.Where(list => list.Members.Count > 0).Select(list => $"{list.Address} {string.Join(' ', list.Members)}");
}
