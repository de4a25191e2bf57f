using System.Reflection;
using System.Xml.Linq;

namespace Weir.Architecture.Tests;

public sealed class RoomTests
{
    public static TheoryData<string> EveryRoom => [.. Rooms.MayUse.Keys];

    [Fact]
    public void Every_project_is_a_room_of_the_table()
    {
        var projects = System.IO.Directory.GetDirectories(Path.Combine(Rooms.Root, "src")).Select(Path.GetFileName).Where(name => File.Exists(Path.Combine(Rooms.Root, "src", name!, name + ".csproj")));

        Assert.Equal(Rooms.MayUse.Keys.Select(room => $"Weir.{room}").Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal)!);
    }

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void A_room_references_only_what_the_table_allows(string room)
    {
        var project = XDocument.Load(Path.Combine(Rooms.Root, "src", $"Weir.{room}", $"Weir.{room}.csproj"));
        var references = project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)["Weir.".Length..]);

        Assert.Empty(references.Except(Rooms.MayUse[room].Append("Kernel")));
    }

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void The_flow_goes_one_way_in_the_compiled_code_too(string room)
    {
        var used = AssemblyOf(room).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Weir.", StringComparison.Ordinal)).Select(name => name["Weir.".Length..]);

        Assert.Empty(used.Except(Rooms.MayUse[room].Append("Kernel")));
    }

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void Only_the_door_of_a_room_is_public(string room)
    {
        if (Rooms.WithoutDoor.Contains(room))
        {
            return;
        }

        var exposed = AssemblyOf(room).GetExportedTypes()
            .Where(type => !type.IsNested && type.Namespace != $"Weir.{room}.Contracts" && type.FullName != $"Weir.{room}.{room}Module")
            .Select(type => type.FullName);

        Assert.Empty(exposed);
    }

    [Theory]
    [MemberData(nameof(EveryRoom))]
    public void Only_modules_and_the_host_see_the_service_provider(string room)
    {
        if (room is "Server")
        {
            return;
        }

        var locators = AssemblyOf(room).GetTypes()
            .Where(type => !type.Name.EndsWith("Module", StringComparison.Ordinal) && !type.Name.Contains('<', StringComparison.Ordinal))
            .Where(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Any(constructor => constructor.GetParameters().Any(parameter => parameter.ParameterType == typeof(IServiceProvider))))
            .Select(type => type.FullName);

        Assert.Empty(locators);
    }

    [Fact]
    public void Only_Events_talks_to_DuckDB()
    {
        var users = Rooms.MayUse.Keys.Where(room => room is not "Events" && AssemblyOf(room).GetReferencedAssemblies().Any(name => name.Name!.StartsWith("DuckDB", StringComparison.Ordinal)));

        Assert.Empty(users);
    }

    private static Assembly AssemblyOf(string room) => Assembly.Load(room == "Server" ? "weir" : $"Weir.{room}");
}
