using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Events.Contracts;
using Weir.Storage.Contracts;

namespace Weir.Response.Remediations;

/// <summary>A run of entries of one action.</summary>
internal sealed record BatchPayload(string ApprovalId, int From, int Count)
{
    public const string Kind = "response.remediation";

    public static BatchPayload Of(LeasedJob job) =>
        JsonSerializer.Deserialize(job.Payload, ResponseJson.Default.BatchPayload) ?? throw new InvalidDataException($"Job {job.Key} has no payload.");

    /// <summary>The jobs that do an action, of at most <paramref name="size"/> entries each.</summary>
    /// <param name="isAgain">Those that ended are begun anew; there is never a second one for the same entries.</param>
    public static IReadOnlyList<NewJob> JobsFor(string approvalId, int entries, int size, string owner, bool isAgain = false) =>
        [.. Enumerable.Range(0, (entries + size - 1) / size).Select(batch => new NewJob(
            Kind,
            $"{approvalId}/{batch}",
            JsonSerializer.Serialize(new BatchPayload(approvalId, batch * size, size), ResponseJson.Default.BatchPayload)) { Owner = owner, IsAgain = isAgain })];
}

[JsonSerializable(typeof(BatchPayload))]
[JsonSerializable(typeof(AlertRaised))]
[JsonSerializable(typeof(AfterDelivery.DecidedLater))]
internal sealed partial class ResponseJson : JsonSerializerContext;
