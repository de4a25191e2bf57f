using Weir.Directory.Contracts;
using Weir.Directory.Ldap;
using Weir.Directory.Organisations;

namespace Weir.Directory.Tests.Ldap;

public sealed class LdapReadingTests
{
    [Fact]
    public void An_inetOrgPerson_becomes_a_person_with_manager_and_aliases()
    {
        var (people, _, notes) = LdapReading.Of(
            [
                Entry("uid=anna,dc=x", ("entryUUID", ["1"]), ("mail", ["Anna@corp.example", "a.berg@corp.example"]), ("cn", ["Anna Berg"]), ("departmentNumber", ["Accounts"]), ("l", ["Oslo"]), ("title", ["Clerk"]), ("manager", ["UID=ben,dc=x"])),
                Entry("uid=ben,dc=x", ("entryUUID", ["2"]), ("mail", ["ben@corp.example"]), ("displayName", ["Ben C."]), ("cn", ["Ben"])),
            ], [], []);

        Assert.Empty(notes);
        Assert.Equal(("1", "Anna Berg", "anna@corp.example", "Accounts", "Oslo", "Clerk", "ben@corp.example"), (people[0].ObjectId, people[0].DisplayName, people[0].Address, people[0].Department, people[0].Office, people[0].Title, people[0].Manager));
        Assert.Equal(["a.berg@corp.example"], people[0].Aliases);
        Assert.Equal("Ben C.", people[1].DisplayName);
    }

    [Fact]
    public void Of_Active_Directory_the_primary_proxy_address_is_the_mailbox_and_others_are_aliases()
    {
        var (people, _, _) = LdapReading.Of(
            [Entry("cn=anna", ("objectGUID", ["g"]), ("mail", ["old@corp.example"]), ("proxyAddresses", ["smtp:old@corp.example", "SMTP:Anna@Corp.example", "X500:/o=corp", "smtp:anna@corp.invalid"]), ("department", ["IT"]), ("physicalDeliveryOfficeName", ["Oslo"]))], [], []);

        Assert.Equal("anna@corp.example", people[0].Address);
        Assert.Equal(["old@corp.example", "anna@corp.invalid"], people[0].Aliases);
        Assert.Equal(("g", "IT", "Oslo"), (people[0].ObjectId, people[0].Department, people[0].Office));
    }

    [Fact]
    public void Groups_of_every_kind_become_lists_also_of_groups_and_without_an_address()
    {
        var (_, lists, _) = LdapReading.Of(
            [Entry("uid=anna", ("uid", ["anna"]), ("mail", ["anna@corp.example"])), Entry("uid=ben", ("uid", ["ben"]), ("mail", ["ben@corp.example"]))],
            [
                Entry("cn=all", ("cn", ["all"]), ("mail", ["All@corp.example"]), ("member", ["uid=anna", "CN=Admins", "cn=elsewhere"])),
                Entry("cn=admins", ("cn", ["Admins"]), ("memberUid", ["ben", "root"])),
                Entry("cn=unique", ("cn", ["Unique"]), ("uniqueMember", ["uid=ben", "uid=ben"])),
            ], []);

        Assert.Equal(
            ["admins: ben@corp.example", "all@corp.example: anna@corp.example admins", "unique: ben@corp.example"],
            lists.Select(list => $"{list.Address}: {string.Join(' ', list.Members)}"));
    }

    [Fact]
    public void What_the_server_does_not_say_stays_as_it_was()
    {
        var before = new PersonRow { ObjectId = "old", DisplayName = "A", Address = "anna@corp.example", Kind = MailboxKind.Shared, IsProtected = true, Tags = ["Board"], ForwardsTo = "b@corp.example" };

        var person = LdapReading.Of([Entry("uid=anna", ("mail", ["anna@corp.example"]))], [], [before]).People[0];

        Assert.Equal((MailboxKind.Shared, true, "b@corp.example"), (person.Kind, person.IsProtected, person.ForwardsTo));
        Assert.Equal(["Board"], person.Tags);
    }

    [Fact]
    public void An_address_that_two_have_is_told_and_belongs_to_one()
    {
        var (people, _, notes) = LdapReading.Of(
            [
                Entry("uid=a", ("mail", ["anna@corp.example", "office@corp.example"]), ("entryUUID", ["1"])),
                Entry("uid=b", ("mail", ["ben@corp.example", "office@corp.example"]), ("entryUUID", ["1"])),
                Entry("uid=c", ("mail", ["anna@corp.example"])),
                Entry("uid=d", ("mail", ["no address"])),
            ], [], []);

        Assert.Equal(["anna@corp.example office@corp.example", "ben@corp.example "], people.Select(person => $"{person.Address} {string.Join(' ', person.Aliases)}"));
        Assert.Equal(["1", "ben@corp.example"], people.Select(person => person.ObjectId));
        Assert.Equal(["uid=c: anna@corp.example is somebody else's too; the entry is left out.", "uid=b: office@corp.example belongs to somebody else too; it is not counted as an alias."], notes);
    }

    internal static LdapEntry Entry(string dn, params (string Name, string[] Values)[] attributes) =>
        new(dn, attributes.ToDictionary(attribute => attribute.Name, attribute => (IReadOnlyList<string>)attribute.Values, StringComparer.OrdinalIgnoreCase));
}
