using Weir.Access;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Directory.Tests.Tags;

public sealed class StoredTagsTests
{
    private static readonly Caller Administrator = new("test", "Test", new HashSet<Permission> { Permission.SecuritySettingsManage, Permission.SecuritySettingsRead, Permission.AuditRead });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_tag_is_on_everybody_its_rule_fits_at_once()
    {
        await using var host = await StartAsync();

        await Tags(host).SaveAsync(
            Administrator, new UserTag { Name = "Finance", Rule = new TagRule(["a.berg@own.example"], ["all@own.example"], ["account*"], [], ["Chief *"]) }, Token);

        Assert.Equal(["anna", "ben", "cara", "dan", "eve"], Having(host, "Finance"));
        Assert.Equal(["Priority account", "Finance"], host.Get<IDirectory>().Current.Find("anna@own.example")!.Tags);
    }

    [Fact]
    public async Task Who_joins_or_leaves_a_list_has_the_tag_or_not_from_the_next_import_on()
    {
        await using var host = await StartAsync();
        await Tags(host).SaveAsync(Administrator, new UserTag { Name = "Board", Rule = TagRule.Nobody with { Lists = ["board@own.example"] } }, Token);
        Assert.Equal(["ben"], Having(host, "Board"));

        await ImportAsync(host, "board@own.example,Board,frank@own.example\nall@own.example,All,board@own.example\n");

        Assert.Equal(["frank"], Having(host, "Board"));
    }

    [Fact]
    public async Task Lists_that_contain_each_other_end()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, "all@own.example,All,board@own.example;ben@own.example\nboard@own.example,Board,all@own.example\n");

        Assert.Equal(["ben@own.example"], Tags(host).Preview(Administrator, TagRule.Nobody with { Lists = ["board@own.example"] }).Select(person => person.Address));
    }

    [Fact]
    public async Task What_the_directory_says_and_what_rules_say_are_listed_together()
    {
        await using var host = await StartAsync();
        await Tags(host).SaveAsync(Administrator, new UserTag { Name = "priority ACCOUNT", Rule = TagRule.Nobody with { People = ["ben@own.example"] } }, Token);

        var tags = await Tags(host).ListAsync(Administrator, Token);

        Assert.Equal([("Priority account", 2, 1, true), ("Night shift", 1, 1, false)], tags.Select(tag => (tag.Name, tag.People, tag.FromDirectory, tag.IsSystem)));
        Assert.Equal(["anna", "ben"], Having(host, UserTag.PriorityAccount));
    }

    [Fact]
    public async Task Two_people_who_change_a_tag_at_once_do_not_lose_anything()
    {
        await using var host = await StartAsync();
        var tag = new UserTag { Name = "Board" };
        await Tags(host).SaveAsync(Administrator, tag, Token);
        var seen = Assert.Single(await Tags(host).ListAsync(Administrator, Token), one => one.Name == "Board").Version;
        await Tags(host).SaveAsync(Administrator, tag with { Description = "mine", Version = seen }, Token);

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => Tags(host).SaveAsync(Administrator, tag with { Description = "hers", Version = seen }, Token).AsTask());
        var twice = await Assert.ThrowsAsync<ArgumentException>(() => Tags(host).SaveAsync(Administrator, tag with { Name = "BOARD" }, Token).AsTask());

        Assert.StartsWith("Test changed “Board” meanwhile", refused.Message, StringComparison.Ordinal);
        Assert.StartsWith("There is a tag “Board” already", twice.Message, StringComparison.Ordinal);
        Assert.Equal("mine", Assert.Single(await Tags(host).ListAsync(Administrator, Token), one => one.Name == "Board").Description);
    }

    [Fact]
    public async Task A_deleted_tag_is_on_nobody_and_the_system_tag_stays()
    {
        await using var host = await StartAsync();
        await Tags(host).SaveAsync(Administrator, new UserTag { Name = "Board", Rule = TagRule.Nobody with { Lists = ["board@own.example"] } }, Token);

        await Tags(host).DeleteAsync(Administrator, "board", Token);

        Assert.Empty(Having(host, "Board"));
        Assert.Contains("comes with Weir", (await Assert.ThrowsAsync<ArgumentException>(() => Tags(host).DeleteAsync(Administrator, "Priority account", Token).AsTask())).Message, StringComparison.Ordinal);
        Assert.Contains("no tag", (await Assert.ThrowsAsync<ArgumentException>(() => Tags(host).DeleteAsync(Administrator, "Night shift", Token).AsTask())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "", "", "needs a name")]
    [InlineData("a;b", "", "", "needs a name")]
    [InlineData("a\nb", "", "", "needs a name")]
    [InlineData("Board", "nobody@own.example", "", "nobody@own.example: nobody’s mailbox here")]
    [InlineData("Board", "", "none@own.example", "none@own.example: no distribution list here")]
    public async Task What_is_wrong_is_said_and_nothing_is_stored(string name, string person, string list, string said)
    {
        await using var host = await StartAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(
            () => Tags(host).SaveAsync(Administrator, new UserTag { Name = name, Rule = TagRule.Nobody with { People = [person], Lists = [list] } }, Token).AsTask());

        Assert.Contains(said, refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Tags(host).ListAsync(Administrator, Token)).Count);
    }

    [Fact]
    public async Task Changing_and_reading_need_their_rights_and_are_audited()
    {
        await using var host = await StartAsync();
        var reader = new Caller("r", "Reader", new HashSet<Permission> { Permission.SecuritySettingsRead });
        var nobody = new Caller("n", "Nobody", new HashSet<Permission>());

        await Assert.ThrowsAsync<AccessDeniedException>(() => Tags(host).SaveAsync(reader, new UserTag { Name = "Board" }, Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Tags(host).DeleteAsync(reader, "Board", Token).AsTask());
        await Assert.ThrowsAsync<AccessDeniedException>(() => Tags(host).ListAsync(nobody, Token).AsTask());
        Assert.Throws<AccessDeniedException>(() => Tags(host).Preview(nobody, TagRule.Nobody));
        await Tags(host).SaveAsync(Administrator, new UserTag { Name = "Board" }, Token);
    }

    private static IUserTags Tags(TestHost host) => host.Get<IUserTags>();

    private static IEnumerable<string> Having(TestHost host, string tag) =>
        host.Get<IDirectory>().Current.People.Where(person => person.Tags.Contains(tag, StringComparer.Ordinal)).Select(person => person.Address.Split('@')[0]);

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(services => services.AddAccess().AddDirectory());
        await ImportAsync(host, "all@own.example,All,board@own.example;cara@own.example\nboard@own.example,Board,ben@own.example\n");
        return host;
    }

    private static async Task ImportAsync(TestHost host, string lists)
    {
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(host.Directory.Path, "csv")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "people.csv"),
            "address,aliases,department,title,tags\nanna@own.example,a.berg@own.example,,,Priority account\nben@own.example,,,,\ncara@own.example,,,,\ndan@own.example,,Accounting,,\neve@own.example,,,Chief Officer,\nfrank@own.example,,Sales,,Night shift\n",
            Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "lists.csv"), "address,displayName,members\n" + lists, Token);
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nown.example,own\n", Token);
        Assert.Empty(await host.Get<IDirectory>().ImportCsvAsync(Administrator, folder, Token));
    }
}
