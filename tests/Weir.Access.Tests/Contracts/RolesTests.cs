using Weir.Access.Contracts;

namespace Weir.Access.Tests.Contracts;

public sealed class RolesTests
{
    [Theory]
    [InlineData(Roles.GlobalAdministrator)]
    [InlineData(Roles.OrganizationManagement)]
    [InlineData(Roles.SecurityAdministrator)]
    [InlineData(Roles.SecurityOperator)]
    [InlineData(Roles.SecurityReader)]
    [InlineData(Roles.GlobalReader)]
    public void Administrators_operators_and_readers_cannot_read_other_peoples_mail(string role) =>
        Assert.DoesNotContain(Permission.EmailContentRead, Roles.BuiltIn[role]);

    [Fact]
    public void Metadata_content_quarantined_content_and_purge_are_four_separate_rights()
    {
        Permission[] rights = [Permission.EmailMetadataRead, Permission.EmailContentRead, Permission.QuarantineContentRead, Permission.EmailPurge];

        var seen = Roles.BuiltIn.Values.Select(role => string.Concat(rights.Select(right => role.Contains(right) ? '1' : '0'))).ToHashSet(StringComparer.Ordinal);

        Assert.Superset(new HashSet<string>(StringComparer.Ordinal) { "1000", "1010", "1110", "1001", "1111" }, seen);
    }

    [Fact]
    public void Every_permission_is_held_by_some_role() =>
        Assert.Equal(Enum.GetValues<Permission>().Order(), Roles.BuiltIn.Values.SelectMany(role => role).Distinct().Order());

    [Fact]
    public void An_unknown_role_permits_nothing() => Assert.Empty(Roles.PermissionsOf(["Emperor"]));
}
