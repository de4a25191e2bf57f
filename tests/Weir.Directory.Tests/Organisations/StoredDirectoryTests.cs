using Weir.Access;
using Weir.Access.Contracts;
using Weir.Directory.Contracts;

namespace Weir.Directory.Tests.Organisations;

public sealed class StoredDirectoryTests
{
    private static readonly Caller Administrator = new("test", "Test", new HashSet<Permission> { Permission.SecuritySettingsManage });

    [Fact]
    public async Task People_are_found_by_address_and_alias_without_case()
    {
        await using var host = await StartAsync();

        Assert.Empty(await ImportAsync(host, "address,displayName,aliases,protected,tags\nAnna@own.example,\"Berg, Anna\",a.berg@own.example;ab@own.example,true,Priority account\n"));

        var anna = host.Get<IDirectory>().Current.Find("A.BERG@own.example");
        Assert.Equal(("anna@own.example", "Berg, Anna", true), (anna!.Address, anna.DisplayName, anna.IsProtected));
        Assert.Equal(["Priority account"], anna.Tags);
        Assert.True(host.Get<IDirectory>().Current.IsOwnDomain("OWN.example"));
        Assert.Equal(["partner.example"], host.Get<IDirectory>().Current.ProtectedDomains);
        Assert.Equal(["anna@own.example"], host.Get<IDirectory>().Current.FindList("all@own.example")!.Members);
    }

    [Fact]
    public async Task What_was_imported_is_there_after_a_restart()
    {
        await using var host = await StartAsync();
        await ImportAsync(host, "address\nanna@own.example\n");
        await DirectoryModule.LoadAsync(host.Services, TestContext.Current.CancellationToken);

        Assert.NotNull(host.Get<IDirectory>().Current.Find("anna@own.example"));
    }

    [Fact]
    public async Task All_problems_of_all_files_are_told_at_once_and_lists_are_not_required()
    {
        await using var host = await StartAsync();
        var folder = System.IO.Directory.CreateDirectory(Path.Combine(host.Directory.Path, "csv")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nown.example,own\n,own\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), "address\nanna@own.example\n", TestContext.Current.CancellationToken);
        var problems = await host.Get<IDirectory>().ImportCsvAsync(Administrator, folder, TestContext.Current.CancellationToken);
        Assert.Equal(["domains.csv line 3: domain is empty."], problems);

        await File.WriteAllTextAsync(Path.Combine(folder, "lists.csv"), "address,members\nall@own.example,\n", TestContext.Current.CancellationToken);
        problems = await host.Get<IDirectory>().ImportCsvAsync(Administrator, folder, TestContext.Current.CancellationToken);
        Assert.Equal(["domains.csv line 3: domain is empty.", "lists.csv line 2: members is empty."], problems);
    }

    [Theory]
    [InlineData("displayName\nAnna\n", "people.csv has no column address.")]
    [InlineData("address,displayName\n,Anna\n", "people.csv line 2: address is empty.")]
    [InlineData("address,aliases\na@own.example,b@own.example\nb@own.example,\n", "people.csv: b@own.example stands there twice.")]
    [InlineData("address\n\"anna@own.example\n", "people.csv line 2: the quotes do not match.")]
    public async Task A_problem_is_named_with_its_place_and_changes_nothing(string people, string problem)
    {
        await using var host = await StartAsync();
        await ImportAsync(host, "address\nanna@own.example\nbefore@own.example\n");

        Assert.Contains(problem, await ImportAsync(host, people));

        Assert.NotNull(host.Get<IDirectory>().Current.Find("before@own.example"));
    }

    [Fact]
    public async Task A_reader_cannot_import()
    {
        await using var host = await StartAsync();
        var reader = new Caller("r", "Reader", Roles.PermissionsOf([Roles.SecurityReader]));

        await Assert.ThrowsAsync<AccessDeniedException>(async () => await host.Get<IDirectory>().ImportCsvAsync(reader, ".", TestContext.Current.CancellationToken));
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(services => services.AddAccess().AddDirectory());

    private static async Task<IReadOnlyList<string>> ImportAsync(TestHost host, string people)
    {
        var folder = Path.Combine(host.Directory.Path, "csv");
        System.IO.Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.csv"), people, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "lists.csv"), "address,displayName,members\nall@own.example,All,anna@own.example\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "domains.csv"), "domain,kind\nown.example,own\npartner.example,protected\n", TestContext.Current.CancellationToken);
        return await host.Get<IDirectory>().ImportCsvAsync(Administrator, folder, TestContext.Current.CancellationToken);
    }
}
