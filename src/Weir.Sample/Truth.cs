using System.Text.Json;
using System.Text.Json.Nodes;
using Weir.Sample.Contracts;
using Weir.Sample.Flow;
using Weir.Sample.Stories;

namespace Weir.Sample;

/// <summary>What is true of the history, for tests and for people who check the product: counted from the same plan that makes the events.</summary>
internal static class Truth
{
    public static string Write(SampleSettings settings, IEnumerable<Planned> history, IReadOnlyList<IStory> stories)
    {
        var plans = history.ToList();
        var root = new JsonObject
        {
            ["seed"] = settings.Seed,
            ["now"] = settings.Now.UtcDateTime.ToString("O"),
            ["days"] = settings.Days,
            ["counts"] = Counts(plans),
        };
        var told = new JsonArray();
        foreach (var story in stories)
        {
            var own = plans.Where(plan => plan.Story == story.Letter).ToList();
            told.Add(new JsonObject
            {
                ["letter"] = story.Letter,
                ["title"] = story.Title,
                ["from"] = own.Count == 0 ? null : own[0].At.UtcDateTime.ToString("O"),
                ["to"] = own.Count == 0 ? null : own[^1].At.UtcDateTime.ToString("O"),
                ["promises"] = new JsonObject(story.Promises.Select(promise => KeyValuePair.Create<string, JsonNode?>(promise.Key, promise.Value is int number ? JsonValue.Create(number) : JsonValue.Create(promise.Value.ToString())))),
                ["counts"] = Counts(own),
                ["rows"] = new JsonArray([.. own.SelectMany(plan => plan.Deliveries.Select(delivery => Row(plan, delivery)))]),
                ["clicks"] = new JsonArray([.. own.Where(plan => plan.Kind == "click").Select(plan => Click((SampleClick)plan.Make()))]),
            });
        }

        root["stories"] = told;
        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static JsonObject Counts(List<Planned> plans) => new()
    {
        ["messages"] = plans.Count(plan => plan.Deliveries.Count > 0),
        ["rows"] = plans.Sum(plan => plan.Deliveries.Count),
        ["clicks"] = plans.Count(plan => plan.Kind == "click"),
        ["moves"] = plans.Count(plan => plan.Kind == "move"),
        ["refusals"] = plans.Count(plan => plan.Kind == "refusal"),
        ["failed"] = plans.Sum(plan => plan.Deliveries.Count(delivery => delivery.Outcome == SampleOutcome.Failed)),
        ["messagesByKind"] = new JsonObject(plans.Where(plan => plan.Deliveries.Count > 0).GroupBy(plan => plan.Kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Count()))),
        ["rowsByKind"] = new JsonObject(plans.Where(plan => plan.Deliveries.Count > 0).GroupBy(plan => plan.Kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => KeyValuePair.Create<string, JsonNode?>(group.Key, group.Sum(plan => plan.Deliveries.Count)))),
    };

    private static JsonObject Row(Planned plan, SampleDelivery delivery) => new()
    {
        ["key"] = plan.Key,
        ["at"] = plan.At.UtcDateTime.ToString("O"),
        ["kind"] = plan.Kind,
        ["recipient"] = delivery.Recipient,
        ["originalRecipient"] = delivery.OriginalRecipient,
        ["outcome"] = delivery.Outcome.ToString(),
        ["folder"] = delivery.Folder,
        ["distributionList"] = delivery.DistributionList,
        ["forwardedBy"] = delivery.ForwardedBy,
    };

    private static JsonObject Click(SampleClick click) => new()
    {
        ["key"] = click.MailKey,
        ["at"] = click.At.UtcDateTime.ToString("O"),
        ["account"] = click.Account,
        ["url"] = click.Url,
        ["action"] = click.ActionType,
        ["clickedThrough"] = click.IsClickedThrough,
        ["ip"] = click.IpAddress,
    };
}
