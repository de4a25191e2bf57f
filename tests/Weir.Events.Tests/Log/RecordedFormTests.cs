using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Weir.Events.Contracts;
using Weir.Events.Log;
using Weir.Events.Tests.Support;

namespace Weir.Events.Tests.Log;

/// <summary>Facts on disk are read for ever: a golden file of every released form stays, and its lines are never edited.</summary>
public sealed class RecordedFormTests
{
    // One released form per file; a new one gets a new file and the old one stays.
    private const string Newest = "facts-5.golden";

    private static string Samples => Path.Combine(AppContext.BaseDirectory, "samples");

    public static TheoryData<string> EveryReleasedForm() =>
        [.. Directory.GetFiles(Samples, "facts-*.golden").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EveryReleasedForm))]
    public void Every_released_form_is_still_read(string file)
    {
        var lines = File.ReadAllLines(Path.Combine(Samples, file));

        // Each kind that there was at the time, once.
        Assert.InRange(lines.Select(Parse).Select(fact => fact.GetType()).Distinct().Count(), 7, Known.Count);
        Assert.Equal(lines.Length, lines.Select(Parse).Select(fact => fact.GetType()).Distinct().Count());
    }

    [Fact]
    public void The_newest_form_is_what_is_written()
    {
        var written = OneOfEach().Select(Write).ToList();

        Assert.Equal(File.ReadAllLines(Path.Combine(Samples, Newest)), written);
        Assert.Equal(written, written.Select(line => Write(Parse(line))));
    }

    [Fact]
    public void The_golden_file_has_every_kind_of_fact()
    {
        Assert.Equal(Known.Order(StringComparer.Ordinal), OneOfEach().Select(fact => fact.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_an_older_record_lacks_has_its_default()
    {
        foreach (var fact in OneOfEach())
        {
            var required = JsonNode.Parse(Write(fact))!.AsObject();
            var properties = fact.GetType().GetProperties();
            foreach (var property in properties.Where(property => property.GetCustomAttribute<RequiredMemberAttribute>() is null))
            {
                required.Remove(JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            }

            required.Add("fromTheFuture", 1);
            var read = Parse(required.ToJsonString());

            var nullability = new NullabilityInfoContext();
            Assert.All(
                properties.Where(property => nullability.Create(property).ReadState == NullabilityState.NotNull),
                property => Assert.True(property.GetValue(read) is not null, $"{fact.GetType().Name}.{property.Name}"));
        }
    }

    private static List<string> Known { get; } = [.. typeof(Fact).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(attribute => attribute.DerivedType.Name)];

    private static Fact[] OneOfEach() =>
    [
        Some.Received(Some.Id(), "anna@firm.example"),
        Some.Judged(Some.Id(), ("anna@firm.example", "Deliver")),
        Some.Seen(),
        Some.Delivered(Some.Id(), "anna@firm.example", originalRecipient: "boss@firm.example"),
        Some.Refused(Some.Id(2)),
        Some.Clicked(Some.Id()),
        Some.Acted(Some.Id(), "anna@firm.example"),
        Some.Alerted(),
        Some.Rejudged(),
        Some.Joined(Some.Id()),
        Some.Campaign(mergedInto: "01900000-0000-7000-8000-00000000000b"),
        Some.Left(Some.Id()),
        Some.Restricted(),
        Some.Released(),
    ];

    private static string Write(Fact fact) => JsonSerializer.Serialize(fact, EventJson.Default.Fact);

    private static Fact Parse(string line) => JsonSerializer.Deserialize(line, EventJson.Default.Fact)!;
}
