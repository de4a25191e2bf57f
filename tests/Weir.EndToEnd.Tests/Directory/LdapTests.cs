using System.Globalization;
using System.Text;
using Weir.EndToEnd.Tests.Support;

namespace Weir.EndToEnd.Tests.Directory;

/// <summary><c>weir directory sync</c> from a real OpenLDAP over TLS.</summary>
public sealed class LdapTests : IDisposable
{
    private readonly string _data = TestRun.NewFolder("directory");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => System.IO.Directory.Delete(_data, recursive: true);

    [Fact]
    public async Task People_and_groups_come_page_by_page_over_TLS_and_tags_follow_them()
    {
        OpenLdap.Require();
        await using var server = await OpenLdap.StartAsync(Entries(2_345));
        await ConfigureAsync(server);
        Assert.Equal(0, (await WeirProgram.RunAsync("directory", "sync", "--data", _data)).Code);
        Assert.Equal(0, (await WeirProgram.RunAsync("tag", "set", "Admins", "--list", "admins", "--department", "Account*", "--data", _data)).Code);

        var members = await WeirProgram.RunAsync("tag", "members", "admins", "--data", _data);
        var trial = await WeirProgram.RunAsync("directory", "sync", "--try", "--data", _data);

        Assert.Equal(["anna@corp.example", "person7@corp.example"], members.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal("There would be 2346 people and 2 lists; 0 would be new, 0 gone.", trial.Output.Trim());
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_authority_and_a_server_that_is_down_are_told_apart_and_change_nothing()
    {
        OpenLdap.Require();
        await using var server = await OpenLdap.StartAsync(Entries(3));
        await ConfigureAsync(server);
        Assert.Equal(0, (await WeirProgram.RunAsync("directory", "sync", "--data", _data)).Code);

        await ConfigureAsync(server, password: "wrong");
        var refused = await WeirProgram.RunAsync("directory", "sync", "--data", _data);
        await ConfigureAsync(server, authorities: System.IO.Directory.CreateDirectory(Path.Combine(_data, "none")).FullName);
        var stranger = await WeirProgram.RunAsync("directory", "sync", "--data", _data);
        await ConfigureAsync(server);
        await server.DownAsync();
        var down = await WeirProgram.RunAsync("directory", "sync", "--data", _data);

        Assert.Equal((1, $"{server.Address} does not accept {OpenLdap.Administrator} with this password."), (refused.Code, refused.Errors.Trim()));
        Assert.Contains("is not reached, or its certificate is not trusted", stranger.Errors, StringComparison.Ordinal);
        Assert.Contains("is not reached", down.Errors, StringComparison.Ordinal);
        await server.UpAsync();
        Assert.Equal("There would be 4 people and 2 lists; 0 would be new, 0 gone.", (await WeirProgram.RunAsync("directory", "sync", "--try", "--data", _data)).Output.Trim());
    }

    private async Task ConfigureAsync(OpenLdap server, string password = OpenLdap.Password, string? authorities = null)
    {
        var secret = Path.Combine(_data, "ldap-password");
        await File.WriteAllTextAsync(secret, password + "\n", Token);
        await File.WriteAllTextAsync(Path.Combine(_data, "weir.json"), $$"""
            { "directory": { "ldap": { "server": "{{server.Address}}", "trustedCertificates": "{{authorities ?? server.Authorities}}", "bindDn": "{{OpenLdap.Administrator}}", "passwordFile": "{{secret}}", "baseDn": "{{OpenLdap.Base}}" } } }
            """, Token);
    }

    private static string Entries(int count)
    {
        var ldif = new StringBuilder($"""
            dn: {OpenLdap.Base}
            objectClass: dcObject
            objectClass: organization
            o: Corp
            dc: corp

            dn: uid=anna,{OpenLdap.Base}
            objectClass: inetOrgPerson
            uid: anna
            cn: Anna Berg
            sn: Berg
            mail: Anna@corp.example
            mail: a.berg@corp.example
            departmentNumber: Accounts
            title: Clerk

            dn: cn=all,{OpenLdap.Base}
            objectClass: groupOfNames
            objectClass: extensibleObject
            cn: all
            mail: all@corp.example
            member: uid=anna,{OpenLdap.Base}

            dn: cn=admins,{OpenLdap.Base}
            objectClass: groupOfUniqueNames
            cn: Admins
            uniqueMember: uid=person{(count > 7 ? 7 : 0)},{OpenLdap.Base}

            """);
        for (var i = 0; i < count; i++)
        {
            ldif.Append(CultureInfo.InvariantCulture, $"\ndn: uid=person{i},{OpenLdap.Base}\nobjectClass: inetOrgPerson\nuid: person{i}\ncn: Person {i}\nsn: {i}\nmail: person{i}@corp.example\n");
        }

        return ldif.ToString();
    }
}
