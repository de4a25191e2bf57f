using Weir.Directory.Contracts;
using Weir.Server.Demo.Lab;

namespace Weir.Server.Tests.Demo.Lab;

public sealed class LabOrganisationTests : IDisposable
{
    private readonly string _folder = TestRun.NewFolder("organisation");

    [Fact]
    public void The_mail_server_knows_every_mailbox_alias_forward_and_list()
    {
        LabOrganisation.Write(new Firm(), _folder);

        Assert.Equal(["anna@corp.example", "ben@corp.example"], File.ReadAllLines(Path.Combine(_folder, "mailboxes")));
        Assert.Equal(
            ["sales@corp.example anna@corp.example", "ben@corp.example ben@corp.example ben@outside.example", "all@corp.example anna@corp.example ben@corp.example"],
            File.ReadAllLines(Path.Combine(_folder, "aliases")));
        Assert.True(File.Exists(Path.Combine(_folder, "dns")));
    }

    public void Dispose() => System.IO.Directory.Delete(_folder, recursive: true);

    private sealed class Firm : IOrganisation
    {
        public string Name => "Firm";
        public IReadOnlyList<string> OwnDomains => ["corp.example"];
        public IReadOnlyList<string> ProtectedDomains => [];

        public IReadOnlyList<Person> People { get; } =
        [
            new() { ObjectId = "1", DisplayName = "Anna", Address = "anna@corp.example", Aliases = ["sales@corp.example"] },
            new() { ObjectId = "2", DisplayName = "Ben", Address = "ben@corp.example", ForwardsTo = "ben@outside.example" },
        ];

        public IReadOnlyList<DistributionList> Lists { get; } =
            [new("all@corp.example", "All", ["anna@corp.example", "ben@corp.example"]), new("nobody@corp.example", "Nobody", [])];

        public Person? Find(string address) => null;

        public DistributionList? FindList(string address) => null;

        public bool IsOwnDomain(string domain) => false;
    }
}
